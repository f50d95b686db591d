"""How much of the need the offer covers, and how much of the offer the need takes."""

import pandas as pd

from matching.amounts import ranges
from matching.weights import Weights

# A hall may be larger than what is asked of it, and a lorry may carry others' goods too.
SHAREABLE = frozenset({"storage", "capacity", "service", "logistics", "expertise"})


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give the square root of smaller over larger amount, so that a quarter of a need is still half as good as all.

    Of ranges, the mean of what their nearest ends and their middles give. What many can share is not too large for a
    need. NaN where the two have no measure in common.
    """
    told = ranges(pairs)
    have, want = ((told[f"{side}_low"] + told[f"{side}_high"]) / 2 for side in ("have", "want"))
    nearest = pd.concat([told["have_high"] / told["want_low"], told["want_high"] / told["have_low"]], axis=1).min(
        axis=1
    )
    middles = pd.concat([have / want, want / have], axis=1).min(axis=1)
    shared = pairs["have_type"].isin(SHAREABLE)
    nearest = nearest.where(~shared, told["have_high"] / told["want_low"])
    middles = middles.where(~shared, have / want)
    found = (nearest.clip(0.0, 1.0).pow(0.5) + middles.clip(0.0, 1.0).pow(0.5)) / 2
    return found.where(told["measure"] != "").astype(float).rename("quantity")
