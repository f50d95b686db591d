"""How far the waste codes of the two agree: evidence, since the code names the source and not the material."""

import numpy as np
import pandas as pd

from matching.weights import Weights

AGREEMENT = ((6, 1.0), (4, 0.6), (2, 0.2))  # digits in common: the same waste, sub-chapter, chapter


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1, 0.6, 0.2 or 0 by the leading digits in common; NaN where a side has no code."""
    have, want = pairs["have_ewc_code"].astype(str), pairs["want_ewc_code"].astype(str)
    found = pd.Series(0.0, index=pairs.index, name="ewc")
    for digits, worth in reversed(AGREEMENT):
        found[(have.str[:digits] == want.str[:digits]) & (have.str.len() >= digits)] = worth
    return found.mask((have == "") | (want == ""), np.nan)
