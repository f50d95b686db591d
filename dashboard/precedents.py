"""Past synergies that speak for a match: completed, and about the same on both sides; pure, no Streamlit."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.index import MatchIndex

ALIKE = 0.5  # cosine of concepts from which two listings are about the same; read on 40 pairs of the demo data


def count(index: MatchIndex, matches: pd.DataFrame, completed: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Count for each match the completed synergies of its kind like it; `completed` has have_id and want_id.

    A match is no precedent of itself, and a synergy whose listings are gone can't be compared.
    """
    resources = index.resources
    known = completed[completed["have_id"].isin(index.ids) & completed["want_id"].isin(index.ids)]
    if known.empty or matches.empty:
        return np.zeros(len(matches), dtype=np.int64)
    alike = np.ones((len(matches), len(known)), dtype=bool)
    same = np.ones_like(alike)
    for side in ("have", "want"):
        row, at = np.unique(matches[f"{side}_row"].to_numpy(dtype=int), return_inverse=True)
        done, to = np.unique([index.position(int(one)) for one in known[f"{side}_id"]], return_inverse=True)
        ours, theirs = resources.iloc[row], resources.iloc[done]
        cosine = (index.concept_space.vectors(ours) @ index.concept_space.vectors(theirs).T).toarray()
        kin = ours["family"].to_numpy()[:, None] == theirs["family"].to_numpy()[None, :]
        alike &= ((cosine >= ALIKE) & kin)[at][:, to]
        same &= row[at][:, None] == done[to][None, :]
    return np.asarray((alike & ~same).sum(axis=1), dtype=np.int64)


def value(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Turn counts into 0..1: one is half, three are three quarters."""
    return np.asarray(counts / (counts + 1.0))
