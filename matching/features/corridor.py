"""Whether the load lies on the way of the offered transport."""

import numpy as np
import pandas as pd

from matching.routes import detour_km, length_km
from matching.weights import Weights

HALF_SHARE = 0.4  # a detour of so much of the way halves its value
SHORTEST_KM = 25.0  # on a round in town a few kilometres are no detour


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1 / (1 + detour / (0.4 x way)); NaN where the offer names no route.

    A load the other way round is a detour of twice the way.
    """
    way_km = np.maximum(length_km(pairs), SHORTEST_KM)
    found = 1 / (1 + detour_km(pairs) / (HALF_SHARE * way_km))
    return pd.Series(found, index=pairs.index, name="corridor", dtype=float)
