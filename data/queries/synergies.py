"""Synergies for the overview: read once as narrow facts, summed up in memory for every choice.

Summing 250,000 of them in the database takes one to two seconds, nearly all of it for joining each with its two
resources and sites. That join is the same for every filter, so its result is read once after a change of the data
(10 MB at that size), and a filter is answered from it in a tenth of a second.
"""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Engine, text

from data import queries
from data.model import ROLLUP, Rollup, Stage
from data.queries.scope import Scope
from data.store import refusals
from data.viewer import counting

_FACTS = """
COPY (
    SELECT s.id, extract(year FROM s.created_at)::int AS year, h.type, s.stage,
        coalesce(s.tonnes_per_year, 0)::float AS tonnes, s.road_km AS km, (s.method = 'estimate')::int AS estimated,
        (s.demo OR h.demo OR w.demo)::int AS demo, (hs.region_code = ws.region_code)::int AS same_region,
        (hs.municipality_code = ws.municipality_code)::int AS same_municipality,
        hs.region_code AS from_region, hs.municipality_code AS from_municipality, hs.organisation_id AS from_company,
        ws.region_code AS to_region, ws.municipality_code AS to_municipality, ws.organisation_id AS to_company
    FROM shown_synergy s
    JOIN shown_resource h ON h.id = s.have_id AND h.visibility IN ('public', 'network')
    JOIN shown_resource w ON w.id = s.want_id AND w.visibility IN ('public', 'network')
    JOIN shown_site hs ON hs.id = h.site_id
    JOIN shown_site ws ON ws.id = w.site_id
    WHERE s.deleted_at IS NULL
) TO STDOUT (FORMAT csv, HEADER)
"""
# What a synergy was at the end of a year: the stage it left by its first change after it.
_LEFT = """
SELECT DISTINCT ON (synergy_id) synergy_id AS id, from_stage AS stage FROM synergy_history
WHERE changed_at >= CAST(:after AS date) AND from_stage IS NOT NULL ORDER BY synergy_id, changed_at, id
"""
_CODES = ("type", "stage", "from_region", "from_municipality", "to_region", "to_municipality")
_COLUMNS = ["kind", "source", "target", "synergies", "identified", "advanced", "completed", "crossing", "tonnes"]
_COLUMNS += ["inside_tonnes", "identified_tonnes", "advanced_tonnes", "completed_tonnes", "km", "estimated_km"]
_COLUMNS += ["few", "demo"]


@dataclass(frozen=True)
class Facts:
    """Hold every synergy that may be shown, lapsed ones too, one row each."""

    rows: pd.DataFrame


def facts(engine: Engine) -> Facts:
    """Read all synergies with what the overview counts of them."""
    out = BytesIO()
    with counting(), refusals(), engine.connect() as connection:
        connection.execute(text("SET LOCAL work_mem = '64MB'"))
        with connection.connection.cursor() as cursor, cursor.copy(_FACTS) as copy:  # type: ignore[attr-defined]
            for block in copy:
                out.write(block)
    out.seek(0)
    # As text first: read as categories, 01 would become 1.
    rows = pd.read_csv(out, dtype=dict.fromkeys(_CODES, "str"), keep_default_na=False, na_values=[""])
    rows = rows.astype(dict.fromkeys(_CODES, "category"))
    ids, _ = pd.factorize(np.concatenate([rows["from_company"], rows["to_company"]]))
    one, other = ids[: len(rows)].astype(np.int64), ids[len(rows) :].astype(np.int64)
    rows = rows.assign(company=one).drop(columns=["from_company", "to_company"])
    # The lowest, the highest, the sum and the squares of company numbers tell whether a cell has fewer than three.
    rows = rows.assign(lowest=np.minimum(one, other), highest=np.maximum(one, other))
    return Facts(rows.assign(total=one + other, squares=one**2 + other**2, km=rows["km"].astype(float)))


def left_after(engine: Engine, year: int) -> pd.DataFrame:
    """Read which synergies have changed since the end of a year, and the stage they were in then."""
    with counting():
        return queries.frame(engine, _LEFT, {"after": f"{year + 1}-01-01"}, large=True)


def standing(known: Facts, left: pd.DataFrame, scope: Scope, region: str = "") -> pd.DataFrame:
    """List the synergies that were completed or moving ahead at the end of a year, of a region or the country.

    Columns: id, stage (of then), tonnes; the farthest first, then the largest.
    """
    told = _told(known.rows, left, scope)
    told = told[(told["completed"] == 1) | (told["advanced"] == 1)]
    told = told[told["from_region"] == region] if region else told
    order = told.assign(place=told["stage"].cat.codes)
    order = order.sort_values(["place", "tonnes", "id"], ascending=[False, False, True])
    return order[["id", "stage", "tonnes"]].astype({"stage": str}).reset_index(drop=True)


def summed(known: Facts, left: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Count synergies of the country, its regions and municipalities, of the flows between regions, and by stage.

    `kind` tells what a row is: country, region, municipality (`source` offers), into_region, into_municipality
    (what comes in from elsewhere), flow (from `source` to `target`), stage (`target`, of the country or a region).
    `few` are cells of fewer than three companies.
    """
    told = _told(known.rows, left, scope)
    if told.empty:
        return pd.DataFrame(columns=_COLUMNS).astype({"few": bool, "demo": bool})
    crossing = told[told["crossing"] == 1]
    outward = told[told["same_municipality"] == 0]
    parts = [
        _counted(told.assign(all=""), ["all"], "country"),
        _counted(told, ["from_region"], "region"),
        _counted(told.assign(inside=told["inside_municipality"]), ["from_municipality"], "municipality"),
        _counted(crossing, ["to_region"], "into_region"),
        _counted(outward, ["to_municipality"], "into_municipality"),
        _flows(crossing),
        _counted(told.assign(all=""), ["all", "stage"], "stage"),
        _counted(told, ["from_region", "stage"], "stage"),
    ]
    return pd.concat(parts, ignore_index=True).reindex(columns=_COLUMNS)


def _told(rows: pd.DataFrame, left: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    there = rows["year"] <= scope.year
    if scope.types:
        there &= rows["type"].isin(scope.types)
    told = rows[there]
    stage = told["stage"].cat.set_categories([str(one) for one in Stage])
    if len(left):
        then = left.set_index("id")["stage"].reindex(told["id"]).to_numpy()
        stage = pd.Series(pd.Categorical(then, stage.cat.categories), told.index).fillna(stage)
    told = told.assign(stage=stage)[stage != Stage.LAPSED]
    number = told["stage"].cat.codes.to_numpy()
    columns: dict[str, npt.NDArray[np.float64]] = {}
    for name in Rollup:
        within = np.array([ROLLUP.get(one) == name for one in Stage])[number].astype(float)
        columns |= {str(name): within, f"{name}_tonnes": told["tonnes"].to_numpy() * within}
    columns["crossing"] = 1.0 - told["same_region"].to_numpy()
    columns["inside"] = (told["tonnes"] * told["same_region"]).to_numpy()
    columns["inside_municipality"] = (told["tonnes"] * told["same_municipality"]).to_numpy()
    return told.assign(**columns)


def _counted(told: pd.DataFrame, keys: list[str], kind: str) -> pd.DataFrame:
    groups = told.groupby(keys, observed=True)
    sums = ["identified", "advanced", "completed", "crossing", "tonnes", "inside", "total", "squares"]
    sums += ["identified_tonnes", "advanced_tonnes", "completed_tonnes"]
    table = groups[sums].sum().rename(columns={"inside": "inside_tonnes"})
    whole = ["identified", "advanced", "completed", "crossing"]
    table[whole] = table[whole].astype(int)
    table["synergies"] = groups.size()
    lowest, highest = groups["lowest"].min(), groups["highest"].max()
    # All numbers x are the lowest or the highest exactly when the sum of (x - lowest)(highest - x) is 0.
    spread = -table["squares"] + (lowest + highest) * table["total"] - 2 * table["synergies"] * lowest * highest
    table["few"] = spread == 0
    table["demo"] = groups["demo"].max().astype(bool)
    listed = table.reset_index()
    target = listed[keys[1]].astype(str) if len(keys) > 1 else ""
    return listed.assign(kind=kind, source=listed[keys[0]].astype(str), target=target)


def _flows(crossing: pd.DataFrame) -> pd.DataFrame:
    ends = ["from_region", "to_region"]
    table = _counted(crossing, ends, "flow")
    for name, flag in (("km", 0), ("estimated_km", 1)):
        medians = crossing[crossing["estimated"] == flag].groupby(ends, observed=True)["km"].median().rename(name)
        table = table.merge(medians.reset_index(), on=ends, how="left")
    return table
