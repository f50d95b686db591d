"""Whether what is offered is hot enough for its use, or cold enough."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.parsed import CARRIERS
from matching.weights import Weights

WITHOUT = [CARRIERS.index(name) for name in ("electricity", "gas", "fuel")]
COLD_C = 15.0  # a store that is kept below it is a cold one

Floats = npt.NDArray[np.float64]


def value(pairs: pd.DataFrame, weights: Weights) -> pd.Series:
    """Give 1 where the offer's best end serves the need's easiest, less the further it has to be lifted or chilled.

    Heat in falls from `lifted` to nothing at `most_c` degrees of lift. NaN where a side tells no temperature.
    """
    missing_c, lift = gap_c(pairs), weights.lift
    steps = np.array([0.0, lift["easy_c"], lift["easy_c"] + 1e-9, lift["most_c"], lift["most_c"] + 1e-9])
    worth = np.array([1.0, (1 + lift["lifted"]) / 2, lift["lifted"], 2 * lift["beyond"], lift["beyond"]])
    warm = np.interp(missing_c, steps, worth)
    chill = np.select([missing_c <= 0, missing_c <= lift["cold_slack_c"]], [1.0, lift["lifted"]], lift["beyond"])
    found = np.where(np.isnan(missing_c), np.nan, np.where(is_cold(pairs), chill, warm))
    # Of a hall nobody says that it is as warm as halls are, and power and fuel have no temperature.
    silent = np.isnan(_of(pairs, "have_high")) & np.isnan(_of(pairs, "want_high"))
    silent &= pairs["have_type"].to_numpy() == "storage"
    found[silent | np.isin(pairs["have_carrier"].to_numpy(), WITHOUT)] = 1.0
    return pd.Series(found, index=pairs.index, name="temperature", dtype=float)


def gap_c(pairs: pd.DataFrame) -> Floats:
    """Give the degrees by which the offer misses the need, 0 or less where it serves; NaN where a side doesn't tell."""
    have, want = ((_of(pairs, f"{side}_low"), _of(pairs, f"{side}_high")) for side in ("have", "want"))
    return np.where(is_cold(pairs), have[0] - want[1], want[0] - have[1])


def is_cold(pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell the pairs in which cold is needed: cooling, or a store below `COLD_C`."""
    cooling = pairs["want_carrier"].to_numpy() == CARRIERS.index("cooling")
    store = pairs["have_type"].to_numpy(dtype=object) == "storage"
    return np.asarray(cooling | (store & (_of(pairs, "want_high") <= COLD_C)), dtype=bool)


def _of(pairs: pd.DataFrame, what: str) -> Floats:
    side, _, end = what.partition("_")
    return pairs[f"{side}_temperature_{end}"].to_numpy(dtype=float)
