"""The tables of a yearly report: the page, the paper and the workbook show these very rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from config.texts import Language
from dashboard import palette
from dashboard.views.records import Record, records
from dashboard.views.report_figures import IN_YEAR, MEASURES, SITUATION, Chosen, Frames, figures, of, of_region, targets
from dashboard.wording import capital, t
from data.exporters.cells import Value
from data.exporters.report import FEW, Chart, Column, Kind, Sheet
from data.model import ROLLUP, Activation, Basis, Channel, Metric, Rollup
from geo import regions

SHARE = "crossing_share"
_COLOURS = palette.of("light")
_REGIONAL = ("companies", "resources", "synergies", "crossing", "completed", "workshops")
_BENEFITS = (Metric.LANDFILL_DIVERTED, Metric.CO2E_REDUCED, Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES)


def _sheet(
    key: str,
    heads: Sequence[tuple[str, Kind]],
    rows: Sequence[Sequence[Value]],
    language: Language,
    chart: Chart | None,
) -> Sheet:
    columns = [Column(t(f"report.col_{name}", language), kind) for name, kind in heads]
    return Sheet(key, t(f"report.sheet_{key}", language), columns, rows, chart=chart)


def measure_name(name: str, language: Language) -> str:
    """Name a measure: a count of ours, or a benefit metric with its unit."""
    own = name in SITUATION or name in IN_YEAR or name == SHARE
    return capital(t(f"report.measure_{name}" if own else f"metric.{name}", language))


def summary(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """List every figure beside its target."""
    told, aims = figures(frames, chosen), targets(frames, chosen)
    rows: list[list[Value]] = []
    for name in MEASURES:
        value, aim = told[name], aims.get(name)
        share = value / aim if aim and value is not None else None
        rows.append([measure_name(name, language), FEW if value is None else value, aim, share])
        if name == "crossing":
            rows.append([measure_name(SHARE, language), _percent(told), None, None])
    heads: list[tuple[str, Kind]] = [
        ("measure", "text"),
        ("figure", "amount"),
        ("target", "amount"),
        ("reached", "share"),
    ]
    return _sheet("summary", heads, rows, language, None)


def _percent(told: Mapping[str, float | None]) -> float | None:
    whole, crossing = told["synergies"], told["crossing"]
    return round(100 * crossing / whole, 1) if whole and crossing is not None else None


def stages(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """Count synergies by stage, each with the class in which it is reported on."""
    found = frames.synergies
    found = found[(found["kind"] == "stage") & (found["source"] == chosen.region)] if len(found) else found
    counts = {str(one["target"]): one for one in records(found)}
    rows: list[list[Value]] = []
    for stage in ROLLUP:
        one = counts.get(str(stage), {})
        names = (capital(t(f"stage.{stage}", language)), t(f"rollup.{ROLLUP[stage]}", language))
        rows.append([*names, float(one.get("synergies") or 0), float(one.get("tonnes") or 0)])
    heads: list[tuple[str, Kind]] = [
        ("stage", "text"),
        ("rollup", "text"),
        ("synergies", "count"),
        ("tonnes", "amount"),
    ]
    chart = Chart((2,), _COLOURS.stages, points=True)
    sheet = _sheet("stages", heads, rows, language, chart)
    whole = of(frames.synergies, chosen, "source")
    sums = [float(whole[name].sum()) if len(whole) else 0.0 for name in ("synergies", "tonnes")]
    return _with_total(sheet, [t("report.total", language), "", *sums])


def rollups(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """Count synergies in the three classes of the national report."""
    whole = of(frames.synergies, chosen, "source")

    def summed(column: str) -> float:
        return float(whole[column].sum()) if len(whole) else 0.0

    every = summed("synergies")
    rows: list[list[Value]] = [
        [
            capital(t(f"rollup.{name}", language)),
            summed(str(name)),
            summed(str(name)) / every if every else None,
            summed(f"{name}_tonnes"),
        ]
        for name in Rollup
    ]
    heads: list[tuple[str, Kind]] = [
        ("rollup", "text"),
        ("synergies", "count"),
        ("part", "share"),
        ("tonnes", "amount"),
    ]
    chart = Chart((1,), tuple(_COLOURS.rollup.values()), points=True)
    sheet = _sheet("rollups", heads, rows, language, chart)
    return _with_total(sheet, [t("report.total", language), every, 1.0 if every else None, summed("tonnes")])


def channels(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """Count resources by the channel that they came by."""
    found = of(frames.resources, chosen)
    by_channel = {str(one["channel"]): one for one in records(found)}
    rows = [
        [capital(t(f"channel.{channel}", language)), *_pair(by_channel[str(channel)])]
        for channel in Channel
        if str(channel) in by_channel
    ]
    heads: list[tuple[str, Kind]] = [("channel", "text"), ("resources", "count"), ("new", "count")]
    sheet = _sheet("channels", heads, rows, language, Chart((1, 2), (_COLOURS.amount[3], _COLOURS.amount[4])))
    return _with_total(sheet, [t("report.total", language), *_pair(by_channel.get("", {}))])


def _pair(one: Record) -> list[Value]:
    return [float(one.get("resources") or 0), None if one.get("new_resources") is None else float(one["new_resources"])]


def yearly(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """Sum the yearly benefits by metric, parted by how sure they are, beside what they were a year before."""
    sums = {str(one["metric"]): one for one in records(of(frames.benefits, chosen))}
    parts = _parts(frames, chosen, yearly=True)
    rows: list[list[Value]] = [
        [
            capital(t(f"metric.{metric}", language)),
            float(sums[metric]["amount"]),
            *(float(parts[metric][str(basis)]) for basis in Basis),
            float(sums[metric]["before"]),
            float(sums[metric]["figures"]),
        ]
        for metric in map(str, Metric)
        if metric in sums
    ]
    heads: list[tuple[str, Kind]] = [("metric", "text"), ("all", "amount")]
    heads += [(str(basis), "amount") for basis in Basis]
    chart = Chart((2, 3, 4), basis_colours(), shares=True)
    return _sheet("yearly", [*heads, ("before", "amount"), ("figures", "count")], rows, language, chart)


def _parts(frames: Frames, chosen: Chosen, *, yearly: bool) -> dict[str, Record]:
    found = of(frames.sums, chosen)
    return {str(one["metric"]): one for one in records(found[found["yearly"] == yearly])} if len(found) else {}


def basis_colours() -> tuple[str, ...]:
    """Give the colours of declared, estimated and verified: the surer, the darker."""
    light, middle, dark = _COLOURS.rollup.values()
    return middle, light, dark


def once(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """Sum what came once in the year; it is added to nothing."""
    rows: list[list[Value]] = [
        [
            # What came once has no year in its unit.
            capital(t(f"metric.{one['metric']}", language).removesuffix("/a")),
            float(one["total"]),
            *(float(one[str(basis)]) for basis in Basis),
            float(one["figures"]),
        ]
        for one in _parts(frames, chosen, yearly=False).values()
    ]
    heads: list[tuple[str, Kind]] = [("metric", "text"), ("all", "amount")]
    heads += [(str(basis), "amount") for basis in Basis]
    return _sheet("once", [*heads, ("figures", "count")], rows, language, None)


def occasions(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """List the workshops, visits and surveys of the year."""
    names = regions.load().regions
    rows: list[list[Value]] = [
        [
            capital(t(f"event_kind.{one['kind']}", language)),
            str(one["name"]),
            one["held_on"],
            str(one["place"] or ""),
            names[str(one["code"])].name(language) if one["code"] else "",
        ]
        for one in records(of_region(frames.events, chosen))
    ]
    heads: list[tuple[str, Kind]] = [("occasion", "text"), ("name", "text"), ("day", "day"), ("place", "text")]
    return _sheet("occasions", [*heads, ("region", "text")], rows, language, None)


def activation(frames: Frames, chosen: Chosen, language: Language) -> Sheet:
    """Count companies by how far they have come into the network, as of today."""
    counts = {str(one["activation"]): one["companies"] for one in records(of(frames.activation, chosen))}
    rows: list[list[Value]] = [
        [capital(t(f"activation.{one}", language)), float(counts.get(str(one), 0))] for one in Activation
    ]
    chart = Chart((1,), (_COLOURS.amount[4],))
    return _sheet("activation", [("activation", "text"), ("companies", "count")], rows, language, chart)


def by_region(frames: Frames, language: Language, year: int) -> Sheet:
    """Line up the regions with the figures that their own reports have, and the country's below."""
    names = {code: place.name(language) for code, place in regions.load().regions.items()}
    rows = [
        [names[code], *_line(frames, Chosen(year, code), language)] for code in sorted(names, key=names.__getitem__)
    ]
    heads = [Column(t("report.col_region", language), "text", 1.7)]
    heads += [Column(measure_name(name, language)) for name in _REGIONAL]
    heads += [Column(measure_name(str(name), language), "amount") for name in _BENEFITS]
    chart = Chart((3, 5), (_COLOURS.rollup[Rollup.IDENTIFIED], _COLOURS.rollup[Rollup.COMPLETED]))
    total = [t("report.whole_country", language), *_line(frames, Chosen(year), language)]
    name, note = t("report.sheet_regions", language), t("report.note_regions", language)
    return Sheet("regions", name, heads, rows, total, note, chart)


def _line(frames: Frames, chosen: Chosen, _language: Language) -> list[Value]:
    told = figures(frames, chosen)
    return [FEW if told[name] is None else told[name] for name in (*_REGIONAL, *map(str, _BENEFITS))]


def _with_total(sheet: Sheet, total: Sequence[Value]) -> Sheet:
    return replace(sheet, total=total)
