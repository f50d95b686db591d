"""Whether a store is kept as warm, or as cold, as what is to lie in it needs; by words, where degrees are not told."""

import pandas as pd

from matching import serving
from matching.parsed import ROOMS
from matching.weights import Weights

# What a store of one kind is worth where another is asked for; what is not here is worth `OTHER`.
SERVES = {
    ("warm", "half_warm"): 1.0,
    ("warm", "cold"): 0.5,  # good for machines, at the price of heating; not for food
    ("half_warm", "warm"): 0.5,
    ("half_warm", "cold"): 0.7,
    ("chilled", "cold"): 1.0,  # who writes cold may mean a chilled store or one without heating
    ("cold", "chilled"): 0.3,
    ("cold", "half_warm"): 0.3,
}
OTHER = 0.05


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1 where a store is kept as the need asks, less where it has to be made so; NaN where a side doesn't tell."""
    found = serving.worth(pairs, "room", ROOMS, SERVES, OTHER)
    return pd.Series(found, index=pairs.index, name="warmth", dtype=float)
