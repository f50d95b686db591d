"""Whether the energy comes in the form in which it is needed: heat, steam, cooling, electricity, gas or fuel."""

import numpy as np
import pandas as pd

from matching import serving
from matching.parsed import CARRIERS
from matching.weights import Weights

# What one form is worth where another is needed; what is not here is worth `OTHER`.
SERVES = {
    ("steam", "heat"): 0.9,  # steam gives heat, at the price of steam
    ("heat", "steam"): 0.3,  # only the hottest, or with a pump that lifts far
    ("gas", "heat"): 0.6,  # burnt in a boiler
    ("gas", "steam"): 0.7,
    ("gas", "fuel"): 0.8,
    ("fuel", "heat"): 0.6,
    ("fuel", "steam"): 0.6,
    ("electricity", "heat"): 0.3,
    ("heat", "cooling"): 0.2,  # by absorption
}
OTHER = 0.05


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1 for the same form, less for one that has to be turned into it; NaN where a side doesn't tell."""
    found = serving.worth(pairs, "carrier", CARRIERS, SERVES, OTHER)
    energy = (pairs["have_type"] == "energy").to_numpy(dtype=bool)
    return pd.Series(np.where(energy, found, np.nan), index=pairs.index, name="carrier", dtype=float)
