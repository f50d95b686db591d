"""Match everything with everything: the proposals that the store keeps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching import candidates
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import score_pairs
from matching.weights import Weights, defaults

Progress = Callable[[int, int], None]

# Offers scored at a time: bounds memory, some 50,000 pairs at once.
CHUNK = 256
# Best on both sides at once: a need that is everybody's third best would otherwise drown the ones that fit.
TOP = 2


@dataclass(frozen=True)
class Everything:
    """Hold the pairs worth proposing (columns of pipeline.score_pairs) and how many were scored."""

    pairs: pd.DataFrame
    scored: int


def match_all(
    index: MatchIndex,
    hauls: Hauls,
    *,
    top: int = TOP,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> Everything:
    """Give the pairs in which each side is among the other's best `top`, inside the region and outside it apart.

    None below the score that is worth a coordinator's look.
    """
    chosen = weights or defaults()
    offers = np.flatnonzero((index.resources["direction"] == "have").to_numpy())
    kept, scored = [], 0
    for at in range(0, len(offers), CHUNK):
        found = candidates.find(index, offers[at : at + CHUNK], chosen)
        block = score_pairs(index, found, hauls, chosen)
        scored += len(block)
        kept.append(_top(block[block["score"] >= chosen.least_score], "have_id", "want_id", top))
        if progress:
            progress(min(at + CHUNK, len(offers)), len(offers))
    both = _top(pd.concat(kept, ignore_index=True), "want_id", "have_id", top) if kept else pd.DataFrame()
    return Everything(both, scored)


def _top(block: pd.DataFrame, side: str, tie: str, top: int) -> pd.DataFrame:
    ordered = block.sort_values([side, "score", tie], ascending=[True, False, True])
    return ordered[ordered.groupby([side, "inside"]).cumcount() < top]
