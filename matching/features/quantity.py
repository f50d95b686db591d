"""How much of the need the offer covers, and how much of the offer the need takes."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.amounts import ENDS, SIDES, Floats, ranges
from matching.weights import Weights

# A hall may be larger than what is asked of it, and a lorry may carry others' goods too.
SHAREABLE = frozenset({"storage", "capacity", "service", "logistics", "expertise"})


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give the square root of smaller over larger amount, so that a quarter of a need is still half as good as all.

    Of ranges, the mean of what their nearest ends and their middles give. What many can share is not too large for a
    need. NaN where the two have no measure in common.
    """
    told = ranges(pairs)
    low, high = ({side: told[f"{side}_{end}"].to_numpy() for side in SIDES} for end in ENDS)
    shared = pairs["have_type"].isin(SHAREABLE).to_numpy()
    nearest = _share(high["have"] / low["want"], high["want"] / low["have"], shared)
    middles = _share((low["have"] + high["have"]) / (low["want"] + high["want"]), None, shared)
    return pd.Series((nearest + middles) / 2, index=pairs.index, name="quantity", dtype=float)


def _share(served: Floats, taken: Floats | None, shared: npt.NDArray[np.bool_]) -> Floats:
    """Give the root of the share that fits: of the need, and of the offer where the need must take it whole."""
    other = 1 / served if taken is None else taken
    found: Floats = np.sqrt(np.clip(np.where(shared, served, np.minimum(served, other)), 0.0, 1.0))
    return found
