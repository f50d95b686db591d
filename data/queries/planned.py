"""What planners are told of resources that are not public: sums, and none from which a company could be told.

A sum is a cell: a place (the country, a region, a municipality), a type or all of them, a direction or both. All cells
of a year are reckoned together, so that what one question hides, another with a type or direction more can't give back.
"""

from collections.abc import Hashable, Iterator
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.queries.scope import Scope
from data.queries.suppression import FEW_COMPANIES, Sum, hidden
from data.viewer import SYSTEM, viewing

_TOLD = """
SELECT r.type, r.direction, s.region_code AS region, s.municipality_code AS municipality, s.organisation_id AS company,
    s.id AS site, count(*)::int AS resources, bool_or(r.demo) AS demo,
    coalesce(sum(coalesce(y.tonnes, (r.tonnes_low + r.tonnes_high) / 2)) FILTER (WHERE r.continuity = 'continuous'), 0)
        AS tonnes
FROM shown_resource r
LEFT JOIN (
    SELECT DISTINCT ON (resource_id) resource_id, tonnes FROM resource_year WHERE year <= :year
    ORDER BY resource_id, year DESC
) y ON y.resource_id = r.id
JOIN shown_site s ON s.id = r.site_id AND s.deleted_at IS NULL
JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
WHERE r.deleted_at IS NULL AND r.visibility IN ('public', 'network')
    AND coalesce(r.source_date, r.created_at::date) <= CAST(:end AS date)
    AND (r.expires_on IS NULL OR r.expires_on >= CAST(:begin AS date))
GROUP BY r.type, r.direction, s.region_code, s.municipality_code, s.organisation_id, s.id
"""
_PLACES = {"country": "", "region": "region", "municipality": "municipality"}
_CELL = ["kind", "code", "type", "direction"]
_COLUMNS = ["kind", "code", "resources", "sites", "companies", "have_tonnes", "want_tonnes", "demo"]
# What stands in a hidden cell: the same in each, and few enough that every view takes it for hidden.
_NOTHING = {"resources": 1, "sites": 1, "companies": 1, "have_tonnes": 0.0, "want_tonnes": 0.0}


class _Cells(NamedTuple):
    """Hold the cells of a year with what they may not tell, and the rows that they sum up."""

    cells: pd.DataFrame
    told: pd.DataFrame


def _cells(engine: Engine, year: int) -> _Cells:
    """Read a year and reckon which of its cells must not be shown."""
    with viewing(SYSTEM):
        told = queries.frame(engine, _TOLD, Scope(year).values(), large=True)
    told = told.assign(
        have_tonnes=told["tonnes"].where(told["direction"] == "have", 0.0),
        want_tonnes=told["tonnes"].where(told["direction"] == "want", 0.0),
    )
    every = pd.concat([told, told.assign(type="")], ignore_index=True)
    every = pd.concat([every, every.assign(direction="")], ignore_index=True)
    table = pd.concat([_summed(every, kind, ["type", "direction"]) for kind in _PLACES], ignore_index=True)
    if table.empty:
        return _Cells(table.assign(hidden=False), told)
    above = told.drop_duplicates("municipality").set_index("municipality")["region"].to_dict()
    few = (table["companies"] < FEW_COMPANIES).to_numpy()
    out = hidden(few, table["resources"].to_numpy(dtype=float), list(_sums(table, above)))
    return _Cells(table.assign(hidden=out), told)


def resources(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Give what `overview.resources` gives, with nothing in the cells that may not be shown."""
    known = _cells(engine, scope.year)
    told = known.told
    if scope.types:
        told = told[told["type"].isin(scope.types)]
    if scope.direction:
        told = told[told["direction"] == scope.direction]
    table = pd.concat([_summed(told, kind, []) for kind in _PLACES], ignore_index=True)
    chosen = known.cells[known.cells["direction"] == scope.direction]
    # Several types are shown where each of them is: their sum tells no more than they do.
    chosen = chosen[chosen["type"].isin(scope.types or ("",)) & chosen["hidden"]]
    gone = set(zip(chosen["kind"], chosen["code"], strict=True))
    rows = [place in gone for place in zip(table["kind"], table["code"], strict=True)]
    table.loc[rows, list(_NOTHING)] = list(_NOTHING.values())
    return table[_COLUMNS]


def _summed(told: pd.DataFrame, kind: str, keys: list[str]) -> pd.DataFrame:
    column = _PLACES[kind]
    placed = told.assign(kind=kind, code=told[column] if column else "")
    groups = placed.groupby(["kind", "code", *keys], sort=True)
    table = groups.agg(
        resources=("resources", "sum"),
        sites=("site", "nunique"),
        companies=("company", "nunique"),
        have_tonnes=("have_tonnes", "sum"),
        want_tonnes=("want_tonnes", "sum"),
        demo=("demo", "any"),
    )
    return table.reset_index()


def _sums(table: pd.DataFrame, above: dict[Hashable, str]) -> Iterator[Sum]:
    """Give every sum there is among the cells: over places, over types and over directions."""
    cells = list(table[_CELL].itertuples(index=False, name=None))
    where = {cell: number for number, cell in enumerate(cells)}

    def whole(cell: tuple[str, str, str, str], axis: str) -> tuple[str, str, str, str] | None:
        kind, code, type_, direction = cell
        if axis == "place":
            place = {"region": ("country", ""), "municipality": ("region", above.get(code, ""))}.get(kind)
            return None if place is None else (*place, type_, direction)
        if axis == "type":
            return (kind, code, "", direction) if type_ else None
        return (kind, code, type_, "") if direction else None

    for axis in ("place", "type", "direction"):
        parts = sorted(
            (where[of], number) for number, cell in enumerate(cells) if (of := whole(cell, axis)) is not None
        )
        for of, group in groupby(parts, key=lambda pair: pair[0]):
            yield Sum(of, np.array([number for _, number in group]).tolist())
