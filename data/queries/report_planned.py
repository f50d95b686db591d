"""What a planner is told of resources by channel: sums, and none from which a company could be told.

The totals of all channels are those of the overview, so what it hides is hidden here too; then as much more as it
takes that no channel can be subtracted back.
"""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import Engine

from data.queries import planned
from data.queries.scope import Scope
from data.queries.suppression import FEW_COMPANIES, Sum, hidden

_NEW = ("new_resources", "new_companies")


def suppressed(told: pd.DataFrame, engine: Engine, year: int) -> pd.DataFrame:
    """Empty the cells that may not be shown and mark them as `few`; what is new in the year is not told at all."""
    table = told.reset_index(drop=True)
    overview = planned.resources(engine, Scope(year))
    gone = set(overview[overview["companies"].between(1, FEW_COMPANIES - 1)]["code"])
    few = table["companies"].between(1, FEW_COMPANIES - 1) | ((table["channel"] == "") & table["code"].isin(gone))
    size = table["resources"].to_numpy(dtype=float)
    out = hidden(few.to_numpy(), size, list(_sums(table)))
    table.loc[out, ["resources", "companies"]] = 0
    # A year's newcomers are a part of the whole that no rule above reckons with.
    return table.assign(few=out, **dict.fromkeys(_NEW, float("nan")))


def _sums(table: pd.DataFrame) -> Iterator[Sum]:
    """Give every sum there is among the cells: over regions and over channels."""
    where = {cell: number for number, cell in enumerate(zip(table["code"], table["channel"], strict=True))}
    for axis in (0, 1):
        parts: dict[int, list[int]] = {}
        for cell, number in where.items():
            whole = ("", cell[1]) if axis == 0 else (cell[0], "")
            if cell[axis]:
                parts.setdefault(where[whole], []).append(number)
        for whole_cell, listed in parts.items():
            yield Sum(whole_cell, listed)
