"""How near the two are, by the measure of what is moved."""

import pandas as pd

from matching.weights import Weights


def value(pairs: pd.DataFrame, weights: Weights) -> pd.Series:
    """Give 1 / (1 + km / half), with the half-way km of the offer's type; NaN where there is no connection."""
    half_km = pairs["have_type"].map(weights.half_km).astype(float)
    return (1 / (1 + pairs["km"].astype(float) / half_km)).rename("haul")
