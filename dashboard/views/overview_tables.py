"""The tables of the overview: the map's equals, sorted as numbers and shown as the language writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from config.texts import Language
from dashboard.views.overview_counts import KINDS, Chosen, Frames, counts, valued
from dashboard.views.overview_flows import flows
from dashboard.wording import capital, hundreds, km, number, t
from data.model import ROLLUP, Stage
from geo import regions
from geo.regions import Regions

FLOWS_MOST = 50
# Stands in a cell of fewer than three companies: sorts between 0 and 1, and no count or rounded sum is equal to it.
FEW = 0.5
Say = Callable[[Any], str]
# The columns of a measure: heading, figure, and how it is told.
COLUMNS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "synergies": (
        ("col_all", "synergies", "count"),
        ("col_identified", "identified", "count"),
        ("col_advanced", "advanced", "count"),
        ("col_completed", "completed", "count"),
        ("col_out", "out_tonnes", "sum"),
        ("col_in", "in_tonnes", "sum"),
        ("col_inside", "inside_tonnes", "sum"),
    ),
    "resources": (
        ("col_companies", "companies", "count"),
        ("col_resources", "resources", "count"),
        ("col_have", "have_tonnes", "sum"),
        ("col_want", "want_tonnes", "sum"),
    ),
    "benefits": (
        ("col_landfill", "landfill", "sum"),
        ("col_co2e", "co2e", "sum"),
        ("col_money", "money", "millions"),
    ),
}


@dataclass(frozen=True)
class Table:
    """Hold a table ready to show: its rows, what each stands for, and how each column is told.

    The rows that `marked` names are told by `marked_says` where it has the column.
    """

    name: str
    frame: pd.DataFrame
    ids: tuple[str, ...]
    says: Mapping[str, Say]
    marked: tuple[bool, ...] = ()
    marked_says: Mapping[str, Say] = field(default_factory=dict)

    def style(self) -> Styler:
        """Give the rows for the screen: sorted as numbers, shown as words."""
        style = self.frame.style.format(dict(self.says))
        for column, say in self.marked_says.items():
            style = style.format(say, subset=(self.frame.index[list(self.marked)], column))
        return style

    def plain(self, fewer: str) -> pd.DataFrame:
        """Give the rows for a file: numbers as numbers, and no more than the screen shows."""
        shown = self.frame.copy()
        for column in self.says:
            few = shown[column] == FEW
            shown[column] = shown[column].round(1).astype(object).where(~few, fewer)
        return shown


def tables(chosen: Chosen) -> list[str]:
    """List the tables that go with a choice, the first being the one shown unless another is chosen."""
    regional = ["regions", *(["municipalities"] if chosen.level == "municipalities" else [])]
    first = {"synergies": ["flows", *regional, "stages"], "benefits": [*regional, "flows"], "resources": regional}
    return [*(["sites"] if chosen.show == "sites" else []), *first[chosen.measure]]


def table(frames: Frames, chosen: Chosen, language: Language, places: Regions | None = None) -> Table:
    """Build the table that is chosen."""
    places = places or regions.load()
    if chosen.table == "flows":
        return _flows(frames, chosen, language, places)
    if chosen.table == "stages":
        return _stages(frames, chosen, language)
    return _places(frames, chosen, language, places)


def _say(how: str, language: Language) -> Say:
    few = t("frame.fewer", language)
    said: Mapping[str, Say] = {
        "count": partial(number, language=language),
        "sum": partial(hundreds, language=language),
        "millions": lambda value: number(value / 1e6, language, 1),
        "km": lambda value: number(value, language, 1),
    }
    return lambda value: few if value == FEW else said[how](value)


def _flows(frames: Frames, chosen: Chosen, language: Language, places: Regions) -> Table:
    rows = flows(frames, chosen, language, places).head(FLOWS_MOST).reset_index(drop=True)
    heads = [t(f"overview.col_{name}", language) for name in ("from", "to", "tonnes", "synergies", "km", "stage")]
    shown = rows[["from", "to", "tonnes", "synergies", "km", "stage"]].set_axis(heads, axis=1)
    for head in heads[2:4]:
        shown[head] = shown[head].astype(float).round().where(~rows["few"], FEW)
    shown[heads[4]] = shown[heads[4]].astype(float)
    return Table(
        "flows",
        shown,
        tuple(rows["code"]),
        {heads[2]: _say("sum", language), heads[3]: _say("count", language), heads[4]: _say("km", language)},
        tuple(rows["estimated"].astype(bool)),
        {heads[4]: lambda value: km(value, language, "estimate").removesuffix("\u00a0km")},
    )


def _places(frames: Frames, chosen: Chosen, language: Language, places: Regions) -> Table:
    level = chosen.table if chosen.table in KINDS else "regions"
    rows = counts(frames, chosen, level, places)
    if level == "municipalities":
        rows = rows[rows["region"] == chosen.region] if chosen.region else rows
    key = valued(chosen)
    rows = rows.sort_values(["few", key, language], ascending=[True, False, True]).reset_index(drop=True)
    heading = t(f"overview.col_{KINDS[level]}", language)
    shown = pd.DataFrame({heading: rows[language]})
    says: dict[str, Say] = {}
    for head, column, how in COLUMNS[chosen.measure]:
        said = t(f"overview.{head}", language)
        shown[said] = rows[column].astype(float).round().where(~rows["few"], FEW)
        says[said] = _say(how, language)
    return Table(level, shown, tuple(rows["code"]), says)


def _stages(frames: Frames, chosen: Chosen, language: Language) -> Table:
    told = frames.synergies
    told = told[(told["kind"] == "stage") & (told["source"] == chosen.region)].set_index("target")
    rows = told.reindex([str(stage) for stage in ROLLUP])
    few = rows["few"].eq(True).to_numpy()  # noqa: FBT003 - NaN where there are none
    heads = [t(f"overview.col_{name}", language) for name in ("stage", "synergies", "tonnes", "rollup")]
    shown = pd.DataFrame(
        {
            heads[0]: [capital(t(f"stage.{stage}", language)) for stage in ROLLUP],
            heads[1]: rows["synergies"].astype(float).fillna(0).where(~few, FEW).to_numpy(),
            heads[2]: rows["tonnes"].astype(float).fillna(0).round().where(~few, FEW).to_numpy(),
            heads[3]: [t(f"rollup.{ROLLUP[Stage(stage)]}", language) for stage in ROLLUP],
        }
    )
    says = {heads[1]: _say("count", language), heads[2]: _say("sum", language)}
    return Table("stages", shown, tuple(str(stage) for stage in ROLLUP), says)
