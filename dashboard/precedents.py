"""Past synergies that speak for a match: completed, and about the same on both sides; pure, no Streamlit."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching import chain_steps
from matching.columns import Rows, cosine
from matching.index import READ, MatchIndex

ALIKE = 0.5  # cosine of concepts from which two listings are about the same; read on 40 pairs of the demo data
SIDES = ("have", "want")

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def count(index: MatchIndex, matches: pd.DataFrame, completed: pd.DataFrame) -> Counts:
    """Count for each match the completed synergies of its kind like it; `completed` has have_id and want_id.

    A match is no precedent of itself, and a synergy whose listings are gone can't be compared.
    """
    found = np.zeros(len(matches), dtype=np.int64)
    known = _known(index, completed)
    if known.empty or matches.empty:
        return found
    pairs = matches[[f"{side}_row" for side in SIDES]].set_axis(list(SIDES), axis=1).reset_index(drop=True)
    # The side that asks: one row of it, where somebody has asked for the partners of one resource.
    asked, other = sorted(SIDES, key=lambda side: pairs[side].nunique())
    for row, group in pairs.groupby(asked):
        alike = known[_alike(index, int(str(row)), known[asked].to_numpy())]
        if len(alike):
            itself = (alike[asked] == row).to_numpy()
            found[group.index] = _counted(index, group[other].to_numpy(), alike[other].to_numpy(), itself)
    return found


def _known(index: MatchIndex, completed: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of both sides of the synergies of which neither is gone."""
    ids = np.unique(completed[["have_id", "want_id"]].to_numpy(np.int64))
    rows = index.rows(ids)
    row_of = pd.Series(rows, index=index.take(rows, ["id"])["id"].to_numpy())
    told = pd.DataFrame({side: completed[f"{side}_id"].map(row_of) for side in SIDES})
    return told.dropna().astype(np.intp)


def _alike(index: MatchIndex, row: int, others: Rows) -> Flags:
    """Tell which of others are of a resource's own kind and about the same, by the index instead of their texts."""
    one = np.array([row])
    part, _ = next(index.by_part(one))
    letters, concepts = index.vectors(part, one)
    held = index.side(part).row
    at = np.searchsorted(held, others).clip(0, len(held) - 1)
    sums = index.dots(part, (chain_steps.blank(letters, 1), concepts))[1][0]
    return np.asarray((held[at] == others) & (cosine(sums[at]) >= ALIKE))


def _counted(index: MatchIndex, partners: Rows, done: Rows, itself: Flags) -> Counts:
    """Count for each partner those of the other sides that are about the same, without the pair itself."""
    (ours, at), (theirs, to) = (np.unique(rows, return_inverse=True) for rows in (partners, done))
    first, second = (index.take(rows, [*READ, "family"]) for rows in (ours, theirs))
    space = index.concept_space
    good = (space.vectors(first) @ space.vectors(second).T).toarray() >= ALIKE
    good &= first["family"].to_numpy()[:, None] == second["family"].to_numpy()[None, :]
    same = itself[None, :] & (partners[:, None] == done[None, :])
    return np.asarray((good[at][:, to] & ~same).sum(axis=1), dtype=np.int64)


def value(counts: Counts) -> npt.NDArray[np.float64]:
    """Turn counts into 0..1: one is half, three are three quarters."""
    return np.asarray(counts / (counts + 1.0))
