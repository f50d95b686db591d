"""One haul reckoned out: load, cost and emissions per tonne, and the source of each figure."""

import math
from dataclasses import dataclass

from config import factors
from config.errors import GeoProblem
from config.factors import Factor
from geo import freight
from geo.freight import Emissions
from geo.vehicles import Vehicle, load_t, loads_per_year

USED = (
    "co2e.tank_to_wheel",
    "co2e.tank_to_wheel_half",
    "co2e.tank_to_wheel_full",
    "co2e.well_to_tank",
)
USED_AT_SEA = ("ferry.fare", "co2e.ferry_tank_to_wheel", "co2e.ferry_well_to_tank")


@dataclass(frozen=True)
class Haul:
    """Hold a way and what it is driven with; all else follows.

    Attributes
    ----------
    km : over road and sea; `ferry_km` of them over water.
    minutes : truck time, ferries and their waits included.
    density_kg_m3 : of the goods, None where it isn't known: then only weight limits the load.
    """

    vehicle: Vehicle
    km: float
    minutes: float
    ferry_km: float = 0.0
    density_kg_m3: float | None = None

    def __post_init__(self) -> None:
        """Refuse a way that is none."""
        finite = math.isfinite(self.km) and math.isfinite(self.minutes)
        if not (finite and 0 <= self.ferry_km <= self.km and self.minutes >= 0):
            raise GeoProblem("freight.bad_way", km=self.km, ferry_km=self.ferry_km, minutes=self.minutes)
        load_t(self.vehicle, self.density_kg_m3)  # refuses a density that makes no sense

    @property
    def load_t(self) -> float:
        """Give the tonnes of one load."""
        return float(load_t(self.vehicle, self.density_kg_m3))

    @property
    def parts_eur_per_tonne(self) -> dict[str, float]:
        """Give the cost in EUR per tonne by part: distance, time, ferry, handling."""
        per_load = (1 + self.vehicle.value("empty_return")) / self.load_t
        return {
            "distance": (self.km - self.ferry_km) * self.vehicle.value("eur_per_km") * per_load,
            "time": self.minutes / 60 * self.vehicle.value("eur_per_hour") * per_load,
            "ferry": self.ferry_km * factors.value("ferry.fare") * per_load,
            "handling": self.vehicle.value("handling_eur_per_t"),
        }

    @property
    def eur_per_tonne(self) -> float:
        """Give the cost in EUR per tonne."""
        return sum(self.parts_eur_per_tonne.values())

    @property
    def emissions(self) -> Emissions:
        """Give kg CO2e per tonne by element and stage."""
        return freight.emissions(self.km - self.ferry_km, self.ferry_km, self.vehicle, self.density_kg_m3)

    def left_eur_per_tonne(self, value_eur_per_tonne: float) -> float:
        """Give what is left of the value of a tonne after the haul; negative when the haul eats it."""
        return value_eur_per_tonne - self.eur_per_tonne

    def loads(self, tonnes_per_year: float) -> int:
        """Give the number of loads a year."""
        return int(loads_per_year(tonnes_per_year, self.load_t))

    def summary(self) -> dict[str, float]:
        """Give the figures of the haul, their units in their names."""
        burned = self.emissions
        parts = {f"{name}_eur_per_tonne": value for name, value in self.parts_eur_per_tonne.items()}
        return {
            "km": self.km,
            "ferry_km": self.ferry_km,
            "minutes": self.minutes,
            "load_t": self.load_t,
            "eur_per_tonne": self.eur_per_tonne,
            **parts,
            "co2e_tank_to_wheel_kg_per_tonne": float(burned.tank_to_wheel),
            "co2e_well_to_wheel_kg_per_tonne": float(burned.well_to_wheel),
        }

    def sources(self) -> dict[str, Factor]:
        """Give every figure that the summary rests on, with unit, source, year and whether it is an assumption."""
        own = {f"{self.vehicle.name}.{name}": factor for name, factor in self.vehicle.figures.items()}
        names = USED + (USED_AT_SEA if self.ferry_km else ())
        return own | {name: factors.load()[name] for name in names}
