"""What carries a haul: rigid truck to 76 t combination; each figure has its source in config/vehicles.toml."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from config import factors
from config.errors import GeoProblem
from config.factors import Factor

Floats = npt.NDArray[np.float64]

FILE = factors.FILE.with_name("vehicles.toml")
DEFAULT = "combination_76"
USER = "Set by the user"
KG_PER_TONNE = 1000.0


@dataclass(frozen=True)
class Vehicle:
    """Hold the figures of a kind of vehicle by name, each with its source.

    Attributes
    ----------
    gross_t : largest weight with load.
    payload_t, volume_m3 : largest load.
    eur_per_km, eur_per_hour, handling_eur_per_t : price.
    load_factor : share of the possible load that is carried, above 0, at most 1.
    empty_return : share of the way back that is driven empty and paid by this haul; 0 when a back-haul is found.
    tank_to_wheel : kg CO2e per tonne-km at average load.
    """

    name: str
    figures: Mapping[str, Factor]

    def __post_init__(self) -> None:
        """Refuse figures that make no sense."""
        for name, factor in self.figures.items():
            most = 1.0 if name in {"load_factor", "empty_return"} else math.inf
            least_ok = factor.value >= 0 if name == "empty_return" else factor.value > 0
            if not (least_ok and factor.value <= most and math.isfinite(factor.value)):
                raise GeoProblem("freight.bad_figure", name=name, value=factor.value)

    def value(self, name: str) -> float:
        """Give a figure; KeyError when there is none of that name."""
        return self.figures[name].value

    def adjusted(self, year: int, **values: float) -> "Vehicle":
        """Give the vehicle with a user's own figures in place of the defaults, each marked as set by the user."""
        own = {
            name: Factor(value=value, unit=self.figures[name].unit, source=USER, year=year, assumption=False)
            for name, value in values.items()
        }
        return Vehicle(self.name, {**self.figures, **own})


@cache
def load() -> Mapping[str, Vehicle]:
    """Read all vehicles by name, as the file lists them."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Vehicle(name, {figure: Factor(**entry) for figure, entry in figures.items()})
        for name, figures in tables.items()
    }


def payload_t(vehicle: Vehicle, density_kg_m3: npt.ArrayLike | None = None) -> Floats:
    """Give the largest load in tonnes, limited by weight and, where the density is known, by volume."""
    most = vehicle.value("payload_t")
    if density_kg_m3 is None:
        return np.asarray(most)
    density = np.asarray(density_kg_m3, dtype=float)
    if (density <= 0).any():
        raise GeoProblem("freight.bad_density", value=float(density.min()))
    return np.asarray(np.minimum(most, vehicle.value("volume_m3") * density / KG_PER_TONNE))


def load_t(vehicle: Vehicle, density_kg_m3: npt.ArrayLike | None = None) -> Floats:
    """Give the tonnes that a load really has: the largest load times the load factor."""
    return np.asarray(payload_t(vehicle, density_kg_m3) * vehicle.value("load_factor"))


def loads_per_year(tonnes_per_year: npt.ArrayLike, tonnes_per_load: npt.ArrayLike) -> Floats:
    """Give the number of loads a year, the last one begun counted whole."""
    wanted = np.asarray(tonnes_per_year, dtype=float) / np.asarray(tonnes_per_load, dtype=float)
    # 0.3 t in loads of 0.1 t are three loads, whatever the last binary digit says.
    return np.asarray(np.ceil(wanted - 1e-9))
