"""How much the two speak of the same materials and uses, in whatever language."""

import pandas as pd

from matching.weights import Weights


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Take the cosine of concepts as it is."""
    return pairs["concepts"].astype(float).rename("concepts")
