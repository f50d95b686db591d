"""Which partners are on the page: within the limit, by side of the region border, best first; pure, no Streamlit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal, cast

import pandas as pd

Scope = Literal["all", "own", "other"]
SCOPES: tuple[Scope, ...] = ("all", "own", "other")
BEST = 10  # on each side of the region border
FAR = 20  # of those beyond the limit, the nearest are drawn
TRUCK_KMH = 80.0  # no truck goes farther in an hour

Unit = Literal["km", "min"]
UNITS: tuple[Unit, ...] = ("km", "min")
COLUMN: Mapping[Unit, str] = {"km": "km", "min": "minutes"}
MOST: Mapping[Unit, int] = {"km": 500, "min": 480}
DEFAULT: Mapping[Unit, int] = {"km": 300, "min": 240}
STEP = 10

Rows = Sequence[Mapping[str, Any]]
Pair = tuple[int, int]  # one's own resource and the partner's


@dataclass(frozen=True)
class Limit:
    """Hold how far a partner may be: so many km or minutes by road, one way."""

    amount: int = DEFAULT["km"]
    unit: Unit = "km"

    @property
    def column(self) -> str:
        """Name the column of matches that is limited."""
        return COLUMN[self.unit]

    @property
    def most_km(self) -> float:
        """Give the km within which all lie that are within the limit."""
        return float(self.amount) if self.unit == "km" else self.amount / 60 * TRUCK_KMH

    def reaching(self, value: float) -> int | None:
        """Give the step of the slider that reaches as far as `value`; None where it ends before."""
        wanted = ceil(value / STEP) * STEP
        return wanted if wanted <= MOST[self.unit] else None


@dataclass(frozen=True)
class Picked:
    """Hold the partners within the limit by scope (best first, unreachable ones last) and those beyond it."""

    within: Mapping[Scope, Rows]
    beyond: Mapping[Scope, Rows]  # the nearest of them
    beyond_counts: Mapping[Scope, int]


def pick(matches: pd.DataFrame, limit: Limit, hidden: Collection[Pair] = (), *, nearest: bool = False) -> Picked:
    """Cut weighed matches by the limit and keep the best of each side; what has no way at all counts as within.

    `hidden` are pairs (`own_id`, `partner_id`) that somebody has rejected: they are not shown again. A partner that
    answers several of one's own resources stands there once, with the one it fits best. `nearest`: nothing fits well,
    so only nearness ranks.
    """
    column, matches = limit.column, _shown(matches, hidden)
    by = ["cut", column, "partner_id"] if nearest else ["cut", "fit", "partner_id"]
    ranked = matches.assign(cut=matches["km"].isna()).sort_values(by, ascending=[True, nearest, True])
    once = ranked.drop_duplicates("partner_id")
    near = once[~(once[column] > limit.amount)]
    far = once[once[column] > limit.amount].sort_values([column, "partner_id"])
    best = near[near.groupby("inside").cumcount() < BEST]
    inside = far["inside"].astype(bool)
    nearest_far = far[far.groupby("inside").cumcount() < FAR]
    counts: dict[Scope, int] = {"all": len(far), "own": int(inside.sum()), "other": int((~inside).sum())}
    within = {scope: _reachable(rows, counts["all"]) for scope, rows in _by_scope(best).items()}
    return Picked(within, _by_scope(nearest_far), counts)


def _shown(matches: pd.DataFrame, hidden: Collection[Pair]) -> pd.DataFrame:
    if not hidden or matches.empty:
        return matches
    pairs = pd.MultiIndex.from_frame(matches[["own_id", "partner_id"]])
    return matches[~pairs.isin(list(hidden))]


def _reachable(rows: Rows, beyond: int) -> Rows:
    """Keep those without any way only below one that can be reached, or where there is nothing else at all."""
    return () if rows and pd.isna(rows[0]["km"]) and beyond else rows


def _by_scope(frame: pd.DataFrame) -> Mapping[Scope, Rows]:
    every = cast("Rows", frame.to_dict("records"))
    own = [row for row in every if row["inside"]]
    return {"all": every, "own": own, "other": [row for row in every if not row["inside"]]}
