"""Whether the two are there at the same time: batch or flow, months of the year, days of availability."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.weights import Weights

Floats = npt.NDArray[np.float64]

BATCH_FOR_FLOW = 0.5  # a batch helps a steady need once


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Multiply continuity, shared months and shared days; 0 when one is over before the other begins."""
    same = pairs["have_continuity"].to_numpy(dtype=object) == pairs["want_continuity"].to_numpy(dtype=object)
    found = season(pairs) * np.where(same, 1.0, BATCH_FOR_FLOW)
    return pd.Series(np.where(_meets(pairs), found, 0.0), index=pairs.index, name="time", dtype=float)


def season(pairs: pd.DataFrame) -> Floats:
    """Give the shared months as a share of the shorter season."""
    have, want = (pairs[f"{side}_months"].to_numpy(dtype=np.uint16) for side in ("have", "want"))
    shorter = np.minimum(np.bitwise_count(have), np.bitwise_count(want))
    return np.asarray(np.bitwise_count(have & want) / shorter, dtype=float)


def _meets(pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    begin, end = (
        choose(*(pairs[f"{side}_available_{which}_day"].to_numpy(dtype=float) for side in ("have", "want")))
        for choose, which in ((np.fmax, "from"), (np.fmin, "to"))
    )
    return np.asarray(~(begin > end), dtype=bool)
