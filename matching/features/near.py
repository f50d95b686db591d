"""Whether it is near enough for somebody to come to it: a store, a machine, a canteen."""

import numpy as np
import pandas as pd

from matching.weights import Weights

LOCAL = "local"  # what people walk or drive to in their day, of whatever type


def value(pairs: pd.DataFrame, weights: Weights) -> pd.Series:
    """Give 1 / (1 + (km / half)²), with the half-way km of the offer's type; NaN for other types and without a way.

    Unlike the haul of goods, which costs more with each kilometre, there is a distance that one goes and one that
    nobody does.
    """
    codes, kinds = pd.factorize(pairs["have_type"].to_numpy(dtype=object))
    half_km = np.array([weights.near.get(str(kind), np.nan) for kind in kinds], dtype=float)[codes]
    local = (pairs["have_local"].to_numpy() > 0) | (pairs["want_local"].to_numpy() > 0)
    half_km = np.where(local & ~np.isnan(half_km), weights.near[LOCAL], half_km)
    found = 1 / (1 + (pairs["km"].to_numpy(dtype=float) / half_km) ** 2)
    return pd.Series(found, index=pairs.index, name="near", dtype=float)
