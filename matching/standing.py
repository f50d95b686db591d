"""Score again the proposals that are there already but no longer among the best."""

import numpy as np
import pandas as pd

from matching import pairs
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import score_pairs
from matching.weights import Weights

FADE = 0.8  # of the least score of a proposal: one that just misses it does not come and go with every refresh
CHUNK = 2_000  # pairs at a time: bounds memory


def again(index: MatchIndex, known: pd.DataFrame, hauls: Hauls, weights: Weights) -> pd.DataFrame:
    """Score pairs (have_id, want_id) of which both sides can still be matched.

    Returns
    -------
    DataFrame
        The columns of pipeline.score_pairs, and `weak`: nobody would be shown it, by a wide enough margin, or it is
        hazardous waste that the need can't take.
    """
    there = known[known["have_id"].isin(index.ids) & known["want_id"].isin(index.ids)]
    blocks = [_scored(index, there.iloc[at : at + CHUNK], hauls, weights) for at in range(0, len(there), CHUNK)]
    if not blocks:
        return pd.DataFrame()
    found = pd.concat(blocks, ignore_index=True)
    # Whether a pair is worth a look at all is not learned.
    faded = found["default"] < FADE * weights.least_score
    return found.assign(weak=faded | pairs.barred(found))


def _scored(index: MatchIndex, known: pd.DataFrame, hauls: Hauls, weights: Weights) -> pd.DataFrame:
    have, want = (
        np.array([index.position(int(one)) for one in known[side]], dtype=np.intp) for side in ("have_id", "want_id")
    )
    letters, concepts = index.alike(have, want)
    regions = [index.take(rows, ["region"])["region"].to_numpy() for rows in (have, want)]
    inside = regions[0] == regions[1]
    found = pd.DataFrame({"row": have, "other": want, "inside": inside, "characters": letters, "concepts": concepts})
    return score_pairs(index, found, hauls, weights)
