"""Indicators over time: sums of the balance and the flows by region and year, as small charts and a table; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

import altair as alt
import pandas as pd

from config.texts import Language
from dashboard import legends
from dashboard.ecosystems.choice import Choice
from dashboard.palette import Palette
from dashboard.views import ecosystem_balance, ecosystem_flows
from dashboard.views.ecosystem_balance_words import said
from dashboard.views.ecosystem_flows import STAGES
from dashboard.views.overview_counts import spots
from dashboard.views.overview_tables import Say, Table
from dashboard.wording import hundreds, known, number, percent, t
from data.model import ROLLUP, Rollup, Stage
from data.queries.balance import this_year
from geo import regions

INDICATORS = (
    "companies",
    "resources",
    "identified",
    "advanced",
    "completed",
    "tonnes",
    "eur",
    "co2e_tonnes",
    "crossing",
)
COUNTRY = ""
_SIGNS: Mapping[Language, dict[str, str]] = {
    "fi": {"decimal": ",", "thousands": "\u00a0"},
    "sv": {"decimal": ",", "thousands": "\u00a0"},
    "en": {"decimal": ".", "thousands": ","},
}
WIDTH_PX, HEIGHT_PX = 112, 74
AXIS_PX = 42  # as wide as the figures of an axis may be, so that the panels stand under each other
UNFINISHED = "*"  # after a year that is not over yet


@dataclass(frozen=True)
class Frames:
    """Hold what is read for each year: companies by region, and the atoms of balance and flows."""

    companies: pd.DataFrame
    balance: Mapping[int, pd.DataFrame]
    flows: Mapping[int, pd.DataFrame]


@dataclass(frozen=True)
class Indicators:
    """Hold the figures: region (empty: the country), year, and a column for each indicator."""

    rows: pd.DataFrame
    demo: bool


def build(frames: Frames, choice: Choice) -> Indicators:
    """Sum up every year that was read, for the country and every region."""
    rows: list[dict[str, object]] = []
    demo = False
    everywhere = [COUNTRY, *regions.load().regions]
    for year, atoms in frames.balance.items():
        then = Choice(year, COUNTRY, choice.concept, choice.types)
        told = ecosystem_balance.chosen(atoms, then)
        ways = ecosystem_flows.chosen(frames.flows[year], then, STAGES)
        demo |= bool(told["demo"].any())
        rows += [
            {"region": region, "year": year, **_resources(told, region), **_ways(ways, region)} for region in everywhere
        ]
    table = pd.DataFrame(rows).merge(frames.companies, on=["region", "year"], how="left")
    return Indicators(table.fillna({"companies": 0}), demo)


def _resources(told: pd.DataFrame, region: str) -> dict[str, float]:
    here = told[told["regions"] == region] if region else told
    return {"resources": float(here["resources"].sum())}


def _ways(ways: pd.DataFrame, region: str) -> dict[str, float]:
    """Sum up the synergies that a region offers; the share that crosses is of those."""
    here = ways[ways["source"] == region] if region else ways
    counts = here.groupby(here["stage"].map({str(one): str(ROLLUP.get(one, "")) for one in Stage}))["synergies"].sum()
    whole = float(here["synergies"].sum())
    crossing = float(here.loc[here["source"] != here["target"], "synergies"].sum())
    done = here[here["stage"] == str(Stage.COMPLETED)]
    return {
        **{str(one): float(counts.get(str(one), 0)) for one in Rollup},
        **{name: float(done[name].sum()) for name in ("tonnes", "eur", "co2e_tonnes")},
        "crossing": crossing / whole if whole else float("nan"),
        "crossing_of": whole,
    }


def sentence(view: Indicators, choice: Choice, language: Language) -> str:
    """Answer in words: how many synergies are completed now, and how many were at the beginning."""
    rows = view.rows[view.rows["region"] == choice.region].sort_values("year")
    first, last = rows.iloc[0], rows.iloc[-1]
    if len(rows) == 1:  # what was a year ago nobody has told
        return said("indicators.sentence_first", choice, language, now=number(float(last["completed"]), language))
    values = {
        "now": number(float(last["completed"]), language),
        "then": number(float(first["completed"]), language),
        "year": str(int(first["year"])),
    }
    return said("indicators.sentence", choice, language, **values)


def year_name(year: int) -> str:
    """Name a year; one that is not over yet has a mark, which the note explains."""
    return f"{year}{UNFINISHED}" if year >= this_year() else str(year)


def told(value: float, indicator: str, language: Language, of: float | None = None) -> str:
    """Give a figure as its indicator is told, a share with the number of synergies that it is `of`."""
    if not known(value):
        return number(None, language)
    if indicator == "crossing":
        return percent(value, language) + ("" if of is None else f" ({number(of, language)})")
    return hundreds(value, language) if indicator in ("tonnes", "eur", "co2e_tonnes") else number(value, language)


def charts(view: Indicators, choice: Choice, indicator: str, language: Language, colours: Palette) -> alt.FacetChart:
    """Draw small charts: of one region its indicators, each on a scale of its own; else an indicator of all regions."""
    if choice.region:
        rows = view.rows[view.rows["region"] == choice.region]
        long = rows.melt(["region", "year", "crossing_of"], list(INDICATORS), "indicator", "value")
        panels = {one: _scaled(rows[one], one, language) for one in INDICATORS}
        names = {one: name for one, (name, _) in panels.items()}
        long = long.assign(panel=long["indicator"].map(names), by=[panels[one][1] for one in long["indicator"]])
        return _multiples(long, list(names.values()), language, colours)
    names = {str(code): str(name) for code, name in spots(regions.load(), "regions")[language].items()}
    rows = view.rows[view.rows["region"] != COUNTRY]
    _, by = _scaled(rows[indicator], indicator, language)
    long = rows.assign(value=rows[indicator], indicator=indicator, panel=rows["region"].map(names), by=by)
    return _multiples(long, sorted(names.values()), language, colours, alike=True)


def heading(view: Indicators, indicator: str, language: Language) -> str:
    """Name an indicator of all regions with the unit that its axes are in, and the mark of the unfinished year."""
    rows = view.rows[view.rows["region"] != COUNTRY]
    return _scaled(rows[indicator], indicator, language)[0]


def _scaled(values: pd.Series, indicator: str, language: Language) -> tuple[str, float]:
    """Name an indicator, and tell how its figures are multiplied to stand on an axis: percent, or large sums by 1 000.

    An axis has room for four digits.
    """
    name = t(f"indicators.{indicator}", language)
    if indicator == "crossing":
        return name, 100.0
    words, (top,) = legends.scaled(name, (max(float(values.max()), 1.0),), language)
    return words, top / max(float(values.max()), 1.0)


def _multiples(
    rows: pd.DataFrame, panels: list[str], language: Language, colours: Palette, *, alike: bool = False
) -> alt.FacetChart:
    told_of = zip(rows["value"], rows["indicator"], rows["crossing_of"], strict=True)
    newest = int(rows["year"].max())
    over = newest if newest < this_year() else newest - 1  # the last year that is over
    rows = rows.assign(
        drawn=rows["value"] * rows["by"],
        said=[told(value, indicator, language, of) for value, indicator, of in told_of],
        least=(rows.groupby("panel")["value"].transform("max") == 0).astype(float),  # or 0 would stand in the middle
        over=rows["year"] <= over,
        late=rows["year"] >= over,
        year=rows["year"].map(year_name),
    )
    x = alt.X(
        "year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelColor=colours.text, domain=True)
    )
    axis = alt.Axis(
        tickCount=3, labelColor=colours.text, grid=True, format=",.2~f", minExtent=AXIS_PX, maxExtent=AXIS_PX
    )
    y = alt.Y("drawn:Q", title=None, axis=axis)
    tooltip = [alt.Tooltip("panel:N", title=" "), alt.Tooltip("year:N", title=" "), alt.Tooltip("said:N", title=" ")]
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=tooltip)
    blue = colours.accent
    finished = base.transform_filter("datum.over")
    drawn = (
        base.mark_point(opacity=0).encode(y=alt.Y("least:Q", title=None, axis=axis), tooltip=alt.value(None))
        + finished.mark_area(color=colours.accent, opacity=0.12)
        + finished.mark_line(color=blue, strokeWidth=2)
        + base.transform_filter("datum.late").mark_line(color=blue, strokeWidth=2, strokeDash=[3, 3])
        + finished.mark_point(filled=True, size=18, color=colours.accent, opacity=1)
        + base.transform_filter("!datum.over").mark_point(
            filled=True, size=26, stroke=colours.accent, strokeWidth=1.5, color=colours.page, opacity=1
        )
    )
    header = alt.Header(
        title=None, labelColor=colours.text, labelFontSize=12, labelAnchor="start", labelLimit=WIDTH_PX + 20
    )
    facet = alt.Facet("panel:N", sort=panels, header=header)
    chart: alt.FacetChart = drawn.properties(width=WIDTH_PX, height=HEIGHT_PX).facet(
        facet, columns=4, spacing={"row": 14, "column": 10}
    )
    spoken = alt.Locale(number=alt.NumberLocale(**_SIGNS[language], grouping=[3], currency=["", ""]))
    scaled: alt.FacetChart = chart.resolve_scale(y="shared" if alike else "independent").resolve_axis(
        x="independent", y="independent"
    )
    return cast("alt.FacetChart", scaled.configure(locale=spoken))


def table(view: Indicators, choice: Choice, indicator: str, language: Language) -> Table:
    """List the same figures: of one region its indicators, else one of all regions, a column a year."""
    years = sorted(view.rows["year"].unique())
    if choice.region:
        rows = view.rows[view.rows["region"] == choice.region].set_index("year")
        lines = []
        for one in INDICATORS:
            both = zip(rows[one].reindex(years), rows["crossing_of"].reindex(years), strict=True)
            figures = [told(float(value), one, language, float(of)) for value, of in both]
            lines.append([t(f"indicators.{one}", language), *figures])
        heads = [t("indicators.indicator", language), *map(year_name, years)]
        return Table("indicators", pd.DataFrame(lines, columns=heads), INDICATORS, {})
    wide = view.rows.pivot_table(index="region", columns="year", values=indicator, dropna=False).astype(float)
    names = {COUNTRY: t("overview.whole_country", language), **spots(regions.load(), "regions")[language].to_dict()}
    codes = [COUNTRY, *sorted(regions.load().regions, key=lambda code: str(names[code]))]
    shown = wide.reindex(codes)
    if indicator == "crossing":  # a share of few is told with how many they are
        of = view.rows.pivot_table(index="region", columns="year", values="crossing_of").reindex(codes)
        pairs = {year: zip(shown[year], of[year], strict=True) for year in years}
        shown = pd.DataFrame({year: [told(a, indicator, language, b) for a, b in both] for year, both in pairs.items()})
    shown = shown.rename(columns=year_name)
    shown.insert(0, t("balance.col_regions", language), [str(names[code]) for code in codes])
    say: Say = partial(told, indicator=indicator, language=language)
    says = {} if indicator == "crossing" else {year_name(year): say for year in years}
    return Table("indicators", shown.reset_index(drop=True), tuple(codes), says)
