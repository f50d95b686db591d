"""How near the two are, by the measure of what is moved."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.parsed import CARRIERS
from matching.routes import Floats, detour_km
from matching.weights import Weights


def value(pairs: pd.DataFrame, weights: Weights) -> pd.Series:
    """Give 1 / (1 + km / half), with the half-way km of the offer's type; NaN where there is no connection.

    Energy has that of its carrier, and nothing is left of it beyond its reach. A transport is as far as it goes out of
    its way. Knowledge is everywhere.
    """
    km = pairs["km"].to_numpy(dtype=float)
    codes, kinds = pd.factorize(pairs["have_type"].to_numpy(dtype=object))
    energy = (kinds == "energy")[codes]
    half_km = np.array([weights.half_km[kind] for kind in kinds], dtype=float)[codes]
    half_km = np.where(energy, _of_carrier(pairs, weights, "half_km"), half_km)
    detour = detour_km(pairs)
    found = 1 / (1 + np.where(np.isnan(detour), km, detour) / half_km)
    found[energy & (nearest_km(pairs) > reach_km(pairs, weights))] = 0.0
    found[np.isinf(half_km) | np.isin(kinds, list(weights.anywhere))[codes]] = 1.0
    return pd.Series(found, index=pairs.index, name="haul", dtype=float)


def reach_km(pairs: pd.DataFrame, weights: Weights) -> Floats:
    """Give how far the energy of each pair can be moved at all; a large source of heat bears a longer pipe."""
    reach = _of_carrier(pairs, weights, "reach_km")
    power = np.fmin(*(pairs[f"{side}_power_high"].to_numpy(dtype=float) for side in ("have", "want")))
    by_power = np.minimum(power * weights.large_heat["reach_km_per_mw"], weights.large_heat["reach_km_most"])
    return np.where(carrier(pairs) == CARRIERS.index("heat"), np.fmax(reach, by_power), reach)


def nearest_km(pairs: pd.DataFrame) -> Floats:
    """Give the least that the way can be: an estimate must not rule out what may be next door."""
    km, low = (pairs[name].to_numpy(dtype=float) for name in ("km", "low_km"))
    return np.where((pairs["method"].to_numpy() == "estimate") & ~np.isnan(low), low, km)


def carrier(pairs: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Give the carrier of each pair, the offer's word before the need's; heat where neither tells."""
    have, want = (pairs[f"{side}_carrier"].to_numpy(dtype=int) for side in ("have", "want"))
    return np.maximum(np.where(have >= 0, have, want), 0)


def _of_carrier(pairs: pd.DataFrame, weights: Weights, what: str) -> Floats:
    found: Floats = np.array([weights.energy[name][what] for name in CARRIERS])[carrier(pairs)]
    return found
