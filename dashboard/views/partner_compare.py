"""Up to three partners side by side: what each is, what the haul costs, and why it fits; pure, no Streamlit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from config.texts import Language
from dashboard import wording
from dashboard.palette import Palette
from dashboard.views import partner_terms
from dashboard.views.partner_terms import Terms
from dashboard.views.partners import Row

_SHEET = """
.cmp{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
.cmp th,.cmp td{padding:6px 12px 6px 0;border-bottom:1px solid LINE;text-align:left;vertical-align:top}
.cmp thead th{font-weight:600}.cmp tbody th{font-weight:400;color:SECONDARY;width:22%}
.cmp td.best{font-weight:600}.cmp thead small{display:block;font-weight:400;color:SECONDARY}
"""
LEAST = ("km", "minutes", "eur_per_tonne", "co2e_kg_per_tonne")


@dataclass(frozen=True)
class Line:
    """Hold one line of the comparison: its name, a cell a partner, and which of them is the best (-1: none)."""

    name: str
    cells: tuple[str, ...]
    best: int = -1


def lines(rows: Sequence[Row], terms: Terms, reasons: Sequence[str], language: Language) -> tuple[Line, ...]:
    """Compare partners; among distances, costs and emissions the least is the best, else the most."""

    def line(key: str, cells: Sequence[str], column: str = "") -> Line:
        best = _best([row.match for row in rows], column) if column else -1
        return Line(wording.t(f"partners.{key}", language), tuple(cells), best)

    breaks = [_break_even(row, terms, language) for row in rows]
    return (
        line("compare_detail", [row.detail for row in rows]),
        line("compare_fit", [wording.percent(row.score, language) for row in rows], "fit"),
        line("compare_km", [row.distance for row in rows], "km"),
        line("compare_minutes", [row.minutes for row in rows], "minutes"),
        line("compare_euros", [_with(row.euros, "€/t") for row in rows], "eur_per_tonne"),
        line("compare_co2e", [_with(row.co2e, "kg CO₂e/t") for row in rows], "co2e_kg_per_tonne"),
        line("compare_coverage", [row.coverage or wording.UNKNOWN for row in rows], "coverage"),
        line("compare_taken", [_share(row.match.get("taken"), language) for row in rows], "taken"),
        line("compare_break_even", breaks),
        line("compare_reasons", [one or wording.UNKNOWN for one in reasons]),
    )


def _share(share: object, language: Language) -> str:
    return wording.percent(share, language) if isinstance(share, float) and wording.known(share) else wording.UNKNOWN


def _with(figure: str, unit: str) -> str:
    return figure if figure == wording.UNKNOWN else f"{figure}{wording.SPACE}{unit}"


def _break_even(row: Row, terms: Terms, language: Language) -> str:
    way = partner_terms.haul(row.match, terms)
    limit_km = None if way is None else partner_terms.break_even_km(way, terms)
    return wording.quantity(limit_km, "km", language)


def _best(matches: Sequence[Mapping[str, Any]], column: str) -> int:
    known = {place: float(one[column]) for place, one in enumerate(matches) if wording.known(one.get(column))}
    if len(known) < 2 or len(set(known.values())) == 1:  # noqa: PLR2004 - one alone is not the best of anything
        return -1
    best = min if column in LEAST else max
    return best(known, key=known.__getitem__)


def sheet(colours: Palette) -> str:
    """Give the style sheet of the table."""
    return f"<style>{_SHEET.replace('SECONDARY', colours.secondary).replace('LINE', colours.line)}</style>"


def html(rows: Sequence[Row], compared: Sequence[Line], language: Language) -> str:
    """Write the comparison as a table; the best cell is bold and says so to who hears the page."""
    heads = "".join(f'<th scope="col">{escape(_name(row, language))}</th>' for row in rows)
    body = "".join(_line(one, language) for one in compared)
    head = f"<thead><tr><td></td>{heads}</tr></thead>"
    return f'<table class="cmp">{head}<tbody>{body}</tbody></table>'


def _line(line: Line, language: Language) -> str:
    best = escape(wording.t("partners.compare_best", language))
    cells = "".join(
        f'<td class="best" aria-label="{escape(cell)}, {best}">{escape(cell)}</td>'
        if place == line.best
        else f"<td>{escape(cell)}</td>"
        for place, cell in enumerate(line.cells)
    )
    return f'<tr><th scope="row">{escape(line.name)}</th>{cells}</tr>'


def _name(row: Row, language: Language) -> str:
    return f"{row.number}. {row.name or wording.t('frame.unnamed', language)}"
