"""Find the partners of a resource: candidates, their hauls, their features, their score."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from matching import candidates, features, pairs
from matching.index import MatchIndex
from matching.judged import scored as judge
from matching.pairs import Hauls
from matching.weights import Weights, defaults


def find_matches(
    index: MatchIndex, resource_id: int, hauls: Hauls, k: int | None = 10, weights: Weights | None = None
) -> pd.DataFrame:
    """Rank the partners of a resource, the best `k` of its own region and the best `k` of the others.

    Returns
    -------
    DataFrame
        Best first: the columns of `score_pairs`, and `partner_id`, `partner_row`. `k=None` gives all that were
        scored, for a list that the user then cuts by distance.
    """
    chosen = weights or defaults()
    row = index.position(resource_id)
    found = candidates.find(index, np.array([row]), chosen)
    scored = score_pairs(index, found, hauls, chosen)
    offered = index.resources["direction"].iloc[row] == "have"
    partner = "want" if offered else "have"
    scored = scored.assign(partner_id=scored[f"{partner}_id"], partner_row=scored[f"{partner}_row"])
    return best(drop_noise(scored, chosen), "partner_id", k)


def find_for(
    index: MatchIndex, ids: Sequence[int], hauls: Hauls, k: int | None, weights: Weights
) -> "dict[int, pd.DataFrame]":
    """Rank the partners of several resources, each as `find_matches` does; one that is not here is left out.

    Most of what a ranking takes is the same for one resource as for twenty, so who has many asks for them at once.
    """
    rows = index.rows(np.unique(np.asarray(ids, dtype=np.int64)))
    found = candidates.find(index, rows, weights)
    scored = score_pairs(index, found, hauls, weights).assign(row=found["row"].to_numpy())
    offered = scored["have_row"].to_numpy() == scored["row"].to_numpy()
    for side in ("id", "row"):
        scored[f"partner_{side}"] = np.where(offered, scored[f"want_{side}"], scored[f"have_{side}"])
    own = index.take(rows, ["id"])["id"].to_numpy()
    parts = dict(iter(scored.groupby("row", sort=False)))
    none = scored.iloc[:0]
    ranked = {int(one): parts.get(row, none).drop(columns="row") for one, row in zip(own, rows, strict=True)}
    return {one: best(drop_noise(part, weights), "partner_id", k) for one, part in ranked.items()}


def score_pairs(index: MatchIndex, found: pd.DataFrame, hauls: Hauls, weights: Weights) -> pd.DataFrame:
    """Lay out, measure and score candidate pairs: the columns of pairs.lay_out, pairs.measure and score.score."""
    measured = pairs.measure(index, pairs.lay_out(index, found), hauls)
    values = features.values(measured, weights)
    shown = values.rename(columns={name: f"value_{name}" for name in values})
    return measured.join(shown).join(judge(values, measured["have_type"], weights))


def drop_noise(scored: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """Leave out what has little to do with it, measured against the best, and what no pipe reaches.

    No list fills up for its own sake.
    """
    least = weights.least_share * scored["substance"].max() if len(scored) else 0.0
    beyond = scored["have_type"].isin(weights.bound) & ~(scored["haul"] > 0)
    return scored[(scored["substance"] >= least) & ~beyond]


def best(scored: pd.DataFrame, tie: str, k: int | None) -> pd.DataFrame:
    """Sort by score, equal ones by id, and keep the best `k` inside and outside the region."""
    ordered = scored.sort_values(["score", tie], ascending=[False, True], ignore_index=True)
    if k is None:
        return ordered
    return ordered[ordered.groupby("inside", sort=False).cumcount() < k].reset_index(drop=True)
