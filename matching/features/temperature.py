"""Whether what is offered is hot enough for its use, or cold enough."""

import numpy as np
import pandas as pd

from matching.parsed import CARRIERS
from matching.weights import Weights

WITHOUT = [CARRIERS.index(name) for name in ("electricity", "gas", "fuel")]
COLD_C = 15.0  # a need below it is of cold: a cold store, cooling


def value(pairs: pd.DataFrame, weights: Weights) -> pd.Series:
    """Give 1 where the offer's best end serves the need's easiest, less the further it has to be lifted or chilled.

    Heat in falls from `lifted` to nothing at `most_c` degrees of lift. NaN where a side tells no temperature.
    """
    missing_c = gap_c(pairs)
    lift = weights.lift
    steps = np.array([0.0, lift["easy_c"], lift["easy_c"] + 1e-9, lift["most_c"], lift["most_c"] + 1e-9])
    worth = np.array([1.0, (1 + lift["lifted"]) / 2, lift["lifted"], 2 * lift["beyond"], lift["beyond"]])
    warm = np.interp(missing_c.clip(lower=0.0), steps, worth)
    chill = np.where(missing_c <= lift["cold_slack_c"], 1.0, lift["beyond"])
    chill = np.where(missing_c <= 0, 1.0, np.where(missing_c <= lift["cold_slack_c"], lift["lifted"], chill))
    found = pd.Series(np.where(is_cold(pairs), chill, warm), index=pairs.index, name="temperature", dtype=float)
    found = found.where(missing_c.notna())
    # Of a hall nobody says that it is as warm as halls are, and power and fuel have no temperature.
    silent = pairs[[f"{side}_temperature_high" for side in ("have", "want")]].isna().all(axis=1)
    return found.mask((silent & (pairs["have_type"] == "storage")) | pairs["have_carrier"].isin(WITHOUT), 1.0)


def gap_c(pairs: pd.DataFrame) -> "pd.Series[float]":
    """Give the degrees by which the offer misses the need, 0 or less where it serves; NaN where a side doesn't tell."""
    have, want = ((_of(pairs, f"{side}_low"), _of(pairs, f"{side}_high")) for side in ("have", "want"))
    return (have[0] - want[1]).where(is_cold(pairs), want[0] - have[1])


def is_cold(pairs: pd.DataFrame) -> "pd.Series[bool]":
    """Tell the pairs in which cold is needed: cooling, or a need below `COLD_C` other than of heat."""
    asked = pairs["want_carrier"]
    cooling = asked == CARRIERS.index("cooling")
    kept_cold = (pairs["have_type"] == "storage") & (_of(pairs, "want_high") <= COLD_C)
    return cooling | kept_cold


def _of(pairs: pd.DataFrame, what: str) -> "pd.Series[float]":
    side, _, end = what.partition("_")
    return pairs[f"{side}_temperature_{end}"].astype(float)
