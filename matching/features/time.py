"""Whether the two are there at the same time: batch or flow, months of the year, days of availability."""

import numpy as np
import pandas as pd

from matching.weights import Weights

BATCH_FOR_FLOW = 0.5  # a batch helps a steady need once


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Multiply continuity, shared months and shared days; 0 when one is over before the other begins."""
    same = pairs["have_continuity"] == pairs["want_continuity"]
    together = season(pairs).where(same, season(pairs) * BATCH_FOR_FLOW)
    return together.where(_meets(pairs), 0.0).rename("time")


def season(pairs: pd.DataFrame) -> pd.Series:
    """Give the shared months as a share of the shorter season."""
    have, want = pairs["have_months"].to_numpy(dtype=np.uint16), pairs["want_months"].to_numpy(dtype=np.uint16)
    shorter = np.minimum(np.bitwise_count(have), np.bitwise_count(want))
    return pd.Series(np.bitwise_count(have & want) / shorter, index=pairs.index)


def _meets(pairs: pd.DataFrame) -> pd.Series:
    begin = pairs[["have_available_from_day", "want_available_from_day"]].max(axis=1)
    end = pairs[["have_available_to_day", "want_available_to_day"]].min(axis=1)
    return ~(begin > end)
