"""What the overview counts: its choice, its frames, and the figures of every place of a level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd

from data.model import Metric
from geo import crs, regions
from geo.regions import Regions

FEW_COMPANIES = 3
BENEFITS: Mapping[str, tuple[Metric, ...]] = {
    "landfill": (Metric.LANDFILL_DIVERTED,),
    "co2e": (Metric.CO2E_REDUCED,),
    "money": (Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES),
}
KINDS = {"regions": "region", "municipalities": "municipality"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """Hold what the user has chosen; every field is a parameter of the link."""

    year: int
    measure: str = "synergies"
    amount: str = "count"
    benefit: str = "co2e"
    types: tuple[str, ...] = ()
    direction: str = ""
    region: str = ""
    show: str = "areas"
    level: str = "regions"
    layers: tuple[str, ...] = ("flows", "names")
    table: str = "flows"


@dataclass(frozen=True)
class Frames:
    """Hold what data.queries.overview answers for the choice; a question that was not asked is an empty frame."""

    resources: pd.DataFrame = field(default_factory=pd.DataFrame)
    synergies: pd.DataFrame = field(default_factory=pd.DataFrame)
    benefits: pd.DataFrame = field(default_factory=pd.DataFrame)


@cache
def spots(places: Regions, level: str) -> pd.DataFrame:
    """List the places of a level with the point in degrees where their dot stands, by code."""
    listed = list((places.regions if level == "regions" else places.municipalities).values())
    lon, lat = crs.to_wgs84([one.easting for one in listed], [one.northing for one in listed])
    table = pd.DataFrame({"code": [one.code for one in listed], "lon": lon.round(5), "lat": lat.round(5)})
    for language in regions.LANGUAGES:
        table[language] = [one.name(language) for one in listed]
    table["region"] = [one.region for one in listed]
    return table.set_index("code", drop=False)


def records(frame: pd.DataFrame) -> list[Row]:
    """Give the rows as dictionaries."""
    return [{str(name): value for name, value in one.items()} for one in frame.to_dict("records")]


def row(frame: pd.DataFrame, kind: str, code: str = "", column: str = "code") -> Row | None:
    """Give the one row of a kind and code; None when there is none."""
    found = frame[(frame["kind"] == kind) & (frame[column] == code)] if len(frame) else frame
    return records(found)[0] if len(found) else None


def by_metric(frames: Frames, kind: str) -> pd.DataFrame:
    """Spread the benefits of a kind over columns, by code.

    Columns: landfill, co2e, money (€), each also with `_before` for the year before; companies, figures, verified.
    """
    rows = frames.benefits[frames.benefits["kind"] == kind] if len(frames.benefits) else frames.benefits
    codes = list(dict.fromkeys(rows["code"])) if len(rows) else []
    table = pd.DataFrame(index=pd.Index(codes, name="code"))
    for name, metrics in BENEFITS.items():
        chosen = rows[rows["metric"].isin([str(one) for one in metrics])].groupby("code") if len(rows) else None
        table[name] = chosen["amount"].sum() if chosen is not None else None
        table[f"{name}_before"] = chosen["before"].sum() if chosen is not None else None
    if len(rows):
        table["companies"] = rows.groupby("code")["companies"].max()
        table["figures"] = rows.groupby("code")["figures"].sum()
        table["verified"] = rows.groupby("code")["verified"].sum()
    return table


def counts(frames: Frames, chosen: Chosen, level: str, places: Regions) -> pd.DataFrame:
    """Line up every place of a level with its figures for the measure: zeros where nothing is known of."""
    kind = KINDS[level]
    table = spots(places, level)
    if chosen.measure == "resources":
        told = frames.resources[frames.resources["kind"] == kind].set_index("code")
        columns = ["resources", "companies", "have_tonnes", "want_tonnes"]
        table = table.join(told[columns]).fillna(dict.fromkeys(columns, 0))
        return table.assign(few=table["companies"].between(1, FEW_COMPANIES - 1))
    if chosen.measure == "benefits":
        table = table.join(by_metric(frames, kind))
        named = [*BENEFITS, "companies"] if "companies" in table else list(BENEFITS)
        table = table.fillna(dict.fromkeys(named, 0)).infer_objects()
        return table.assign(few=table["companies"].between(1, FEW_COMPANIES - 1) if "companies" in table else False)
    told = frames.synergies
    columns = ["synergies", "identified", "advanced", "completed", "tonnes", "inside_tonnes", "few"]
    table = table.join(told[told["kind"] == kind].set_index("source")[columns])
    table["in_tonnes"] = told[told["kind"] == f"into_{kind}"].set_index("source")["tonnes"]
    table["few"] = table["few"].eq(True)  # noqa: FBT003 - NaN where there are none
    table = table.fillna(dict.fromkeys([*columns[:-1], "in_tonnes"], 0))
    return table.assign(out_tonnes=table["tonnes"] - table["inside_tonnes"])


def valued(chosen: Chosen) -> str:
    """Name the figure that colours the areas."""
    if chosen.measure == "resources":
        if chosen.amount == "count":
            return "resources"
        return "want_tonnes" if chosen.direction == "want" else "have_tonnes"
    return chosen.benefit if chosen.measure == "benefits" else "synergies"
