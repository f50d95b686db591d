"""How alike the two texts are in their letters."""

import pandas as pd

from matching.weights import Weights


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Take the cosine of character n-grams as it is."""
    return pairs["characters"].astype(float).rename("characters")
