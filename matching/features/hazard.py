"""Whether a need for hazardous waste is offered such; the other way round no pair comes here: see candidates."""

import numpy as np
import pandas as pd

from matching.weights import Weights

HARMLESS = 0.5  # who is there to burn or treat what is dangerous can take it, but has others to serve first


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1 where both are hazardous, less where only the need is; NaN where the need is not."""
    have, want = (pairs[f"{side}_hazardous"].to_numpy(dtype=bool) for side in ("have", "want"))
    found = np.where(want, np.where(have, 1.0, HARMLESS), np.nan)
    return pd.Series(found, index=pairs.index, name="hazard", dtype=float)
