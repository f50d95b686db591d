"""How near the two are, by the measure of what is moved."""

import numpy as np
import pandas as pd

from matching.parsed import CARRIERS
from matching.routes import detour_km
from matching.weights import Weights


def value(pairs: pd.DataFrame, weights: Weights) -> pd.Series:
    """Give 1 / (1 + km / half), with the half-way km of the offer's type; NaN where there is no connection.

    Energy has that of its carrier, and nothing is left of it beyond its reach. A transport is as far as it goes out of
    its way. Knowledge is everywhere.
    """
    km = pairs["km"].astype(float)
    types = pairs["have_type"].astype(object)
    half_km = types.map(weights.half_km).astype(float)
    energy = types == "energy"
    half_km = half_km.where(~energy, _of_carrier(pairs, weights, "half_km"))
    detour = detour_km(pairs).where(types == "logistics")
    found = 1 / (1 + detour.fillna(km) / half_km)
    found = found.mask(energy & (nearest_km(pairs) > reach_km(pairs, weights)), 0.0)
    everywhere = types.isin(weights.anywhere) | np.isinf(half_km)
    return found.mask(everywhere, 1.0).astype(float).rename("haul")


def reach_km(pairs: pd.DataFrame, weights: Weights) -> "pd.Series[float]":
    """Give how far the energy of each pair can be moved at all; a large source of heat bears a longer pipe."""
    reach = _of_carrier(pairs, weights, "reach_km")
    power = pairs[["have_power_high", "want_power_high"]].astype(float).min(axis=1).fillna(0.0)
    most = weights.large_heat["reach_km_most"]
    by_power = (power * weights.large_heat["reach_km_per_mw"]).clip(upper=most)
    return reach.where(carrier(pairs) != CARRIERS.index("heat"), np.maximum(reach, by_power))


def nearest_km(pairs: pd.DataFrame) -> "pd.Series[float]":
    """Give the least that the way can be: an estimate must not rule out what may be next door."""
    return pairs["low_km"].astype(float).where(pairs["method"] == "estimate").fillna(pairs["km"].astype(float))


def carrier(pairs: pd.DataFrame) -> "pd.Series[int]":
    """Give the carrier of each pair, the offer's word before the need's; heat where neither tells."""
    have, want = (pairs[f"{side}_carrier"].astype(int) for side in ("have", "want"))
    return have.where(have >= 0, want).clip(lower=0)


def _of_carrier(pairs: pd.DataFrame, weights: Weights, what: str) -> "pd.Series[float]":
    table = np.array([weights.energy[name][what] for name in CARRIERS])
    return pd.Series(table[carrier(pairs).to_numpy()], index=pairs.index)
