"""Indicators over time: sums of the balance and the flows by region and year, as small charts and a table; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import altair as alt
import pandas as pd

from config.texts import Language
from dashboard.ecosystems.choice import Choice
from dashboard.palette import Palette
from dashboard.views import ecosystem_balance, ecosystem_flows
from dashboard.views.ecosystem_balance_words import said
from dashboard.views.ecosystem_flows import STAGES
from dashboard.views.overview_counts import spots
from dashboard.views.overview_tables import Say, Table
from dashboard.wording import hundreds, known, number, percent, t
from data.model import ROLLUP, Rollup, Stage
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
WIDTH_PX, HEIGHT_PX = 128, 74


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
    }


def sentence(view: Indicators, choice: Choice, language: Language) -> str:
    """Answer in words: how many synergies are completed now, and how many were at the beginning."""
    rows = view.rows[view.rows["region"] == choice.region].sort_values("year")
    first, last = rows.iloc[0], rows.iloc[-1]
    values = {
        "now": number(float(last["completed"]), language),
        "then": number(float(first["completed"]), language),
        "year": str(int(first["year"])),
    }
    return said("indicators.sentence", choice, language, **values)


def told(value: float, indicator: str, language: Language) -> str:
    """Give a figure as its indicator is told."""
    if not known(value):
        return number(None, language)
    if indicator == "crossing":
        return percent(value, language)
    return hundreds(value, language) if indicator in ("tonnes", "eur", "co2e_tonnes") else number(value, language)


def charts(view: Indicators, choice: Choice, indicator: str, language: Language, colours: Palette) -> alt.FacetChart:
    """Draw small charts: of one region its indicators, each on a scale of its own; else an indicator of all regions."""
    if choice.region:
        rows = view.rows[view.rows["region"] == choice.region]
        long = rows.melt(["region", "year"], list(INDICATORS), "indicator", "value")
        names = {one: t(f"indicators.{one}", language) for one in INDICATORS}
        return _multiples(long.assign(panel=long["indicator"].map(names)), list(names.values()), language, colours)
    names = {str(code): str(name) for code, name in spots(regions.load(), "regions")[language].items()}
    rows = view.rows[view.rows["region"] != COUNTRY]
    long = rows.assign(value=rows[indicator], indicator=indicator, panel=rows["region"].map(names))
    return _multiples(long, sorted(names.values()), language, colours, alike=True)


def _multiples(
    rows: pd.DataFrame, panels: list[str], language: Language, colours: Palette, *, alike: bool = False
) -> alt.FacetChart:
    percent_too = rows["value"].where(rows["indicator"] != "crossing", rows["value"] * 100)
    rows = rows.assign(
        drawn=percent_too,
        said=[
            told(value, indicator, language) for value, indicator in zip(rows["value"], rows["indicator"], strict=True)
        ],
        year=rows["year"].astype(str),
    )
    x = alt.X(
        "year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelColor=colours.text, domain=True)
    )
    y = alt.Y(
        "drawn:Q", title=None, axis=alt.Axis(tickCount=3, labelColor=colours.text, grid=True, format="~s", minExtent=30)
    )
    tooltip = [alt.Tooltip("panel:N", title=" "), alt.Tooltip("year:N", title=" "), alt.Tooltip("said:N", title=" ")]
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=tooltip)
    area = base.mark_area(color=colours.accent, opacity=0.12)
    drawn = area + base.mark_line(color=colours.accent, strokeWidth=2, point={"size": 18, "color": colours.accent})
    header = alt.Header(
        title=None, labelColor=colours.text, labelFontSize=12, labelAnchor="start", labelLimit=WIDTH_PX + 20
    )
    facet = alt.Facet("panel:N", sort=panels, header=header)
    chart: alt.FacetChart = drawn.properties(width=WIDTH_PX, height=HEIGHT_PX).facet(
        facet, columns=4, spacing={"row": 14, "column": 10}
    )
    scaled: alt.FacetChart = chart.resolve_scale(y="shared" if alike else "independent")
    return scaled


def table(view: Indicators, choice: Choice, indicator: str, language: Language) -> Table:
    """List the same figures: of one region its indicators, else one of all regions, a column a year."""
    years = sorted(view.rows["year"].unique())
    if choice.region:
        rows = view.rows[view.rows["region"] == choice.region].set_index("year")
        lines = []
        for one in INDICATORS:
            figures = [told(float(value), one, language) for value in rows[one].reindex(years)]
            lines.append([t(f"indicators.{one}", language), *figures])
        heads = [t("indicators.indicator", language), *map(str, years)]
        return Table("indicators", pd.DataFrame(lines, columns=heads), INDICATORS, {})
    wide = view.rows.pivot_table(index="region", columns="year", values=indicator, dropna=False).astype(float)
    names = {COUNTRY: t("overview.whole_country", language), **spots(regions.load(), "regions")[language].to_dict()}
    codes = [COUNTRY, *sorted(regions.load().regions, key=lambda code: str(names[code]))]
    shown = wide.reindex(codes).rename(columns=str)
    shown.insert(0, t("balance.col_regions", language), [str(names[code]) for code in codes])
    say: Say = partial(told, indicator=indicator, language=language)
    return Table("indicators", shown.reset_index(drop=True), tuple(codes), {str(year): say for year in years})
