"""Whether the water is clean enough for its use."""

import numpy as np
import pandas as pd

from matching.weights import Weights

BY_CLASSES_SHORT = (1.0, 0.6, 0.3, 0.1, 0.05)  # one class can be filtered, two take a treatment plant


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1 where the water is clean enough, less for each class that it falls short; NaN where untold."""
    have, want = (pairs[f"{side}_water"].to_numpy(dtype=int) for side in ("have", "want"))
    short = np.clip(want - have, 0, len(BY_CLASSES_SHORT) - 1)
    told = (have >= 0) & (want >= 0)
    worth = np.array(BY_CLASSES_SHORT)[short]
    return pd.Series(np.where(told, worth, np.nan), index=pairs.index, name="purity", dtype=float)
