"""The flows in words: the sentence, the matrix as a chart, the table of ways and of the pairs behind one; pure."""

from functools import partial
from math import floor, log10
from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd

from config.texts import Language
from dashboard import legends
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.palette import Palette
from dashboard.views.ecosystem_balance_words import said
from dashboard.views.ecosystem_flows import MEASURES, Asked, Flows, told
from dashboard.views.overview_counts import spots
from dashboard.views.overview_tables import Say, Table
from dashboard.wording import capital, hundreds, km, number, percent, t
from geo import regions

CELL = "cell"
ROWS_MOST = 40
THOUSANDS_FROM = 10_000.0  # figures as large are told in thousands, since a cell holds four signs
SIDE_PX = 24
SHORT = 3
DECIMALS_BELOW = 100


def sentence(flows: Flows, choice: Choice, asked: Asked, language: Language) -> str:
    """Answer in words: how much crosses a border, and what the chosen region gives and gets."""
    if flows.empty or flows.crossing is None:
        return said("flows.none", choice, language, year=str(choice.year))
    crossing = percent(flows.crossing, language)
    if not choice.region:
        return said("flows.country", choice, language, crossing=crossing)
    out, into = (told(value, asked.measure, language) for value in (flows.out, flows.into))
    return said("flows.region", choice, language, crossing=crossing, out=out, into=into)


def left_out(flows: Flows, language: Language) -> str:
    """Say how many ways are held back; empty where none is."""
    count = int(flows.cells["tonnes"].isna().sum())
    if not count:
        return ""
    every = number(len(flows.cells), language)
    return t("flows.left_out", language, count=number(count, language), every=every)


def order() -> list[str]:
    """List the regions in the order of rows and columns."""
    return list(regions.load().regions)


def short(name: str) -> str:
    """Shorten a region's name for the head of a column: Pohjois-Savo -> P-Sav, Uusimaa -> Uus."""
    first, dash, second = name.replace(" ", "-").partition("-")
    return f"{first[:1]}-{second[:SHORT]}" if dash else name[:SHORT]


def matrix(flows: Flows, choice: Choice, asked: Asked, language: Language, colours: Palette) -> alt.LayerChart:
    """Draw the regions against each other, from the rows to the columns, in five classes of a log scale."""
    rows = _matrix_rows(flows, asked, language, colours)
    names = spots(regions.load(), "regions")[language]
    heads = [short(names[code]) for code in order()]
    tall = [str(names[code]) for code in order()]
    axis: dict[str, Any] = {
        "labelColor": colours.text,
        "ticks": False,
        "domain": False,
        "labelOverlap": False,
        "title": None,
    }
    x = alt.X("column:N", sort=heads, scale=alt.Scale(domain=heads, paddingInner=0.06), axis=alt.Axis(
        orient="top", labelAngle=-50, labelPadding=4, **axis))  # fmt: skip
    y = alt.Y("row:N", sort=tall, scale=alt.Scale(domain=tall, paddingInner=0.06), axis=alt.Axis(
        labelLimit=140, labelPadding=6, **axis))  # fmt: skip
    base = alt.Chart(rows).encode(x=x, y=y)
    picked = alt.selection_point(name=CELL, fields=["code"], empty=False)
    cells = (
        base.mark_rect(cursor="pointer", strokeWidth=2)
        .encode(
            color=alt.Color("fill:N", scale=None, legend=None),
            stroke=alt.Stroke("edge:N", scale=None, legend=None),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title=" ")],
        )
        .add_params(picked)
    )
    figures = base.mark_text(fontSize=11, font="Source Sans").encode(
        text="figure:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    layered = [cells, figures]
    if choice.region in names.index:
        framed = alt.Chart(pd.DataFrame({"row": [names[choice.region]]}))
        layered.append(framed.mark_rect(filled=False, stroke=colours.text, strokeWidth=1.5).encode(y=y))
    height = SIDE_PX * len(tall)
    drawn = alt.layer(*layered).properties(height=height)
    return cast("alt.LayerChart", drawn.configure_view(stroke=None).configure_axis(grid=False))


def _matrix_rows(flows: Flows, asked: Asked, language: Language, colours: Palette) -> pd.DataFrame:
    names = spots(regions.load(), "regions")[language]
    cells = flows.cells[flows.cells[asked.measure] > 0].copy()
    number_of = np.searchsorted(np.array(flows.limits), cells[asked.measure].to_numpy(dtype=float), side="right")
    inside = (cells["source"] == cells["target"]).to_numpy()
    cells["fill"] = np.where(inside, colours.line, np.array(colours.matrix)[number_of])
    light = colours.theme == "light"
    dark_fill = number_of >= (3 if light else 99)
    cells["ink"] = np.where(dark_fill & ~inside, colours.page, colours.text)
    if not light:
        cells["ink"] = np.where((number_of >= 2) & ~inside, colours.page, colours.text)  # noqa: PLR2004 - light fills
    cells["edge"] = np.where(cells["code"] == asked.cell, colours.text, "transparent")
    cells["row"] = cells["from"]
    cells["column"] = [short(str(names[code])) for code in cells["target"]]
    cells["figure"] = [
        _figure(float(value), scale(flows, asked), asked.measure, language) for value in cells[asked.measure]
    ]
    cells["name"] = cells["from"] + " → " + cells["to"]
    cells["said"] = [told(float(value), asked.measure, language) for value in cells[asked.measure]]
    return cells[["row", "column", "code", "fill", "ink", "edge", "figure", "name", "said"]]


def scale(flows: Flows, asked: Asked) -> float:
    """Tell what one in the matrix stands for: thousands where the figures are large."""
    return 1_000.0 if max(flows.top, float(flows.cells[asked.measure].max())) >= THOUSANDS_FROM else 1.0


def key(flows: Flows, asked: Asked, language: Language, colours: Palette) -> str:
    """Explain the matrix in one line: unit, classes and their limits, as HTML."""
    one = scale(flows, asked)
    edges = [number(limit / one, language, max(0, -floor(log10(limit / one) + 1e-9))) for limit in flows.limits]
    unit = t(f"flows.unit_{asked.measure}", language)
    many = unit if one == 1 else t("flows.thousands", language, unit=unit)
    inside = (colours.line, t("flows.inside", language))
    return legends.key(colours.matrix, many, " – ".join(edges), inside, colours)


def _figure(value: float, one: float, measure: str, language: Language) -> str:
    scaled = value / one
    if scaled < 1:
        return ""
    whole = measure == "synergies" or scaled >= DECIMALS_BELOW
    return number(scaled, language, 0 if whole else 1)


def table(flows: Flows, choice: Choice, asked: Asked, language: Language) -> Table:
    """List the ways, the matrix's equal: the largest first, of one region where it is chosen."""
    rows = flows.cells[flows.cells[asked.measure] > 0]
    if choice.region:
        rows = rows[(rows["source"] == choice.region) | (rows["target"] == choice.region)]
    rows = rows.reset_index(drop=True)
    heads = {one: t(f"flows.col_{one}", language) for one in ("from", "to", *MEASURES)}
    shown = rows[list(heads)].rename(columns=heads)
    count: Say = partial(number, language=language)
    summed: Say = partial(hundreds, language=language)
    says = {heads[one]: count if one == "synergies" else _known(summed) for one in MEASURES}
    return Table("flows", shown, tuple(rows["code"]), says)


def _known(say: Say) -> Say:
    # No benefit recorded is unknown, and unknown is never 0.
    return lambda value: say(value) if value else number(None, "fi")


def pairs(rows: pd.DataFrame, choice: Choice, asked: Asked, language: Language) -> Table:
    """List the synergies behind a way, of the choice's material, types and stages."""
    within = materials.tree().within(choice.concept)
    there = rows["rollup"].isin(asked.stages)
    if choice.concept:
        there &= rows["concept"].isin(within)
    if choice.types:
        there &= rows["type"].isin(choice.types)
    kept = rows[there].head(ROWS_MOST).reset_index(drop=True)
    unnamed = t("frame.unnamed", language)
    heads = {
        one: t(f"flows.col_{one}", language) for one in ("have", "want", "giver", "taker", "stage", "tonnes", "km")
    }
    shown = pd.DataFrame(
        {
            heads["have"]: kept["have"],
            heads["want"]: kept["want"],
            heads["giver"]: kept["giver"].fillna(unnamed),
            heads["taker"]: kept["taker"].fillna(unnamed),
            heads["stage"]: [capital(t(f"stage.{one}", language)) for one in kept["stage"]],
            heads["tonnes"]: kept["tonnes"].astype(float),
            heads["km"]: _far(kept, language),
        }
    )
    return Table(
        "pairs", shown, tuple(str(one) for one in kept["id"]), {heads["tonnes"]: partial(hundreds, language=language)}
    )


def _far(rows: pd.DataFrame, language: Language) -> list[str]:
    def far(row: dict[Any, Any]) -> str:
        return number(None, language) if pd.isna(row["km"]) else km(float(row["km"]), language, str(row["method"]))

    return [far(row) for row in rows.to_dict("records")]
