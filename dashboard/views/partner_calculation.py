"""One haul reckoned out for the dialog: way, load, cost, emissions, and the source of every figure; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from config.factors import Factor
from config.texts import Language
from dashboard import wording
from dashboard.palette import Palette
from dashboard.views import partner_figures as figures
from dashboard.views import partner_terms
from dashboard.views.partner_terms import SHARES, VALUE, Terms
from geo.haul import Haul

FINE_BELOW = 10  # sums of a year below it have a decimal
UNITS = {"EUR": "€", "CO2e": "CO₂e", "m3": "m³"}
_SHEET = """
.calc{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
.calc th,.calc td{padding:3px 0;border:0;vertical-align:top;font-weight:400;text-align:left}
.calc td.v{text-align:right;white-space:nowrap;padding-left:16px}
.calc tr.sum td,.calc tr.sum th{font-weight:600;border-top:1px solid LINE}
.calc tr.part th{font-weight:600;font-size:13px;color:SECONDARY;padding-top:10px}
.calc.src{font-size:13px}
.calc.src td,.calc.src thead th{padding-right:12px;border-bottom:1px solid LINE}
.calc.src thead th{color:SECONDARY}
.calc.src td.v{padding-left:0}
.calc .src{color:SECONDARY}
.calc .mark{white-space:nowrap}
.calc .mark b{font-weight:600;color:WANT}
.calc .mark b.own{color:ACCENT}
"""

Line = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """Hold a group of lines, each a label and a value; `total` closes it where there is one."""

    title: str
    lines: tuple[Line, ...]
    total: Line | None = None


def sheet(colours: Palette) -> str:
    """Give the style sheet of the dialog."""
    rules = _SHEET.replace("SECONDARY", colours.secondary).replace("LINE", colours.line)
    return f"<style>{rules.replace('WANT', colours.want_text).replace('ACCENT', colours.accent)}</style>"


def parts(match: Mapping[str, Any], terms: Terms, tonnes: float | None, language: Language) -> tuple[Part, ...]:
    """Reckon a match out, with what a year comes to where it is known how many tonnes move; nothing without a way."""
    way = partner_terms.haul(match, terms)
    if way is None:
        return ()
    return (
        Part(wording.t("calc.way", language), tuple(_way(match, way, tonnes, language))),
        _cost(way, tonnes, language),
        _emissions(way, tonnes, language),
        Part(wording.t("calc.worth", language), tuple(_worth(way, terms, language))),
    )


def _way(match: Mapping[str, Any], way: Haul, tonnes: float | None, language: Language) -> Iterator[Line]:
    yield wording.t("calc.distance", language), figures.distance(match, language)
    if way.ferry_km > 0:
        yield wording.t("calc.over_water", language), wording.quantity(way.ferry_km, "km", language, 1)
    yield wording.t("calc.minutes", language), wording.minutes(way.minutes, language)
    yield wording.t("calc.load", language), wording.quantity(way.load_t, "t", language, 1)
    if tonnes is not None:
        loads = wording.number(way.loads(tonnes), language)
        yield wording.t("calc.loads_year", language), f"{loads} ({wording.quantity(tonnes, 't/a', language)})"


def _cost(way: Haul, tonnes: float | None, language: Language) -> Part:
    lines = [
        (wording.t(f"calc.cost_{name}", language), wording.quantity(value, "€/t", language, 1))
        for name, value in way.parts_eur_per_tonne.items()
        if name != "ferry" or way.ferry_km > 0
    ]
    each = wording.quantity(way.eur_per_tonne, "€/t", language, 1)
    total = (wording.t("calc.total", language), each + _a_year(tonnes, way.eur_per_tonne, "€/a", language))
    return Part(wording.t("calc.cost", language), tuple(lines), total)


def _a_year(tonnes: float | None, per_tonne: float, unit: str, language: Language) -> str:
    if tonnes is None:
        return ""
    told = wording.significant(per_tonne * tonnes)
    return f" · {wording.quantity(told, unit, language, 0 if abs(told) >= FINE_BELOW else 1)}"


def _emissions(way: Haul, tonnes: float | None, language: Language) -> Part:
    burned, unit = way.emissions, "kg CO₂e/t"
    tank = float(burned.tank_to_wheel)
    whole = float(burned.well_to_wheel)
    lines = (
        (wording.t("calc.tank_to_wheel", language), wording.quantity(tank, unit, language, 1)),
        (wording.t("calc.well_to_tank", language), wording.quantity(whole - tank, unit, language, 1)),
    )
    each = wording.quantity(whole, unit, language, 1)
    yearly = _a_year(tonnes, whole / 1000, "t CO₂e/a", language)
    return Part(
        wording.t("calc.emissions", language), lines, (wording.t("calc.well_to_wheel", language), each + yearly)
    )


def _worth(way: Haul, terms: Terms, language: Language) -> Iterator[Line]:
    yield wording.t("calc.value", language), wording.quantity(terms.value_eur_per_t, "€/t", language, 1)
    left = way.left_eur_per_tonne(terms.value_eur_per_t)
    yield wording.t("calc.left", language), wording.quantity(left, "€/t", language, 1)
    limit_km = partner_terms.break_even_km(way, terms)
    if limit_km is not None:
        yield wording.t("calc.break_even", language), wording.quantity(limit_km, "km", language)


def table(reckoned: tuple[Part, ...]) -> str:
    """Write the parts as a table."""
    rows = []
    for part in reckoned:
        rows.append(f'<tr class="part"><th colspan="2" scope="rowgroup">{escape(part.title)}</th></tr>')
        rows += [_row(line) for line in part.lines]
        if part.total:
            rows.append(_row(part.total, "sum"))
    return f'<table class="calc">{"".join(rows)}</table>'


def _row(line: Line, kind: str = "") -> str:
    return f'<tr class="{kind}"><th scope="row">{escape(line[0])}</th><td class="v">{escape(line[1])}</td></tr>'


def sources(match: Mapping[str, Any], terms: Terms, worth: Factor, language: Language) -> str:
    """List every figure behind the reckoning with its source and year; assumptions and one's own are marked."""
    way = partner_terms.haul(match, terms)
    used = {} if way is None else {name.removeprefix(f"{terms.vehicle.name}."): f for name, f in way.sources().items()}
    rows = [_source(name, factor, language, own=name in terms.own) for name, factor in used.items()]
    rows.append(_source(VALUE, worth, language, own=VALUE in terms.own))
    heads = "".join(
        f'<th scope="col">{escape(wording.t(f"calc.head_{name}", language))}</th>'
        for name in ("figure", "value", "source", "year")
    )
    return f'<table class="calc src"><thead><tr>{heads}<th></th></tr></thead><tbody>{"".join(rows)}</tbody></table>'


def cited(name: str, factor: Factor, language: Language, *, own: bool) -> tuple[str, str, str, str, str]:
    """Give a figure's label, value, source, year and what it is where it is no published one."""
    label = wording.t(f"calc.figure_{name.replace('.', '_')}", language)
    mark = wording.t("calc.own" if own else "calc.assumption", language) if own or factor.assumption else ""
    # The mark beside it says that it is an assumption.
    source = wording.figure_source(factor.source.removeprefix(wording.OWN_PREFIX), language)
    return label, _valued(name, factor, language), "" if own else wording.capital(source), str(factor.year), mark


def _source(name: str, factor: Factor, language: Language, *, own: bool) -> str:
    label, value, source, year, mark = (escape(one) for one in cited(name, factor, language, own=own))
    kind = ' class="own"' if own else ""
    marked = f"<b{kind}>{mark}</b>" if mark else ""
    return (
        f"<tr><td>{label}</td><td class='v'>{value}</td>"
        f"<td class='src' lang='en'>{source}</td><td>{year}</td><td class='mark'>{marked}</td></tr>"
    )


def _valued(name: str, factor: Factor, language: Language) -> str:
    if name in SHARES:
        return wording.percent(factor.value, language)
    unit = factor.unit
    for plain, written in UNITS.items():
        unit = unit.replace(plain, written)
    return f"{plainly(factor.value, language)}{wording.SPACE}{unit}"


def plainly(value: float, language: Language) -> str:
    """Write a figure with as many decimals as it has, at most four."""
    decimals = next((count for count in range(4) if value == round(value, count)), 4)
    return wording.number(value, language, decimals)
