"""What a haul costs and emits per tonne; every figure behind it has unit, source and year in config/factors.toml."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from config import factors

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Truck:
    """Hold the price of a truck; the defaults are assumptions that a user should replace."""

    payload_t: float
    eur_per_km: float
    eur_per_hour: float
    handling_eur_per_tonne: float
    empty_return: float  # share of the way back that is driven empty and paid by this haul


def default_truck() -> Truck:
    """Give the truck of config/factors.toml: bulk in a 76 t combination."""
    return Truck(
        payload_t=factors.value("truck.payload"),
        eur_per_km=factors.value("truck.per_km"),
        eur_per_hour=factors.value("truck.per_hour"),
        handling_eur_per_tonne=factors.value("truck.handling"),
        empty_return=factors.value("truck.empty_return"),
    )


def eur_per_tonne(km: npt.ArrayLike, minutes: npt.ArrayLike, truck: Truck | None = None) -> Floats:
    """Give the cost of a haul in EUR per tonne; NaN where there is no way.

    (km * EUR/km + hours * EUR/h) * (1 + empty return) / payload + handling: time and distance, the form of
    Väylävirasto's cost model (report 48/2020).
    """
    chosen = truck or default_truck()
    driven = (
        np.asarray(km, dtype=float) * chosen.eur_per_km + np.asarray(minutes, dtype=float) / 60 * chosen.eur_per_hour
    )
    return np.asarray(driven * (1 + chosen.empty_return) / chosen.payload_t + chosen.handling_eur_per_tonne)


def co2e_kg_per_tonne(km: npt.ArrayLike) -> Floats:
    """Give the well-to-wheel emissions of a haul in kg CO2e per tonne; NaN where there is no way.

    The factor is that of an average load, with the empty running of the fleet in it. A ferry leg counts as road.
    """
    per_tkm = factors.value("co2e.tank_to_wheel") + factors.value("co2e.well_to_tank")
    return np.asarray(np.asarray(km, dtype=float) * per_tkm)
