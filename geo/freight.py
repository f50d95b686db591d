"""What a haul costs and emits per tonne; every figure behind it has unit, source and year in config.

Cost is time and distance, the form of Väylävirasto's cost model (report 48/2020). Emissions follow ISO 14083: vehicle
operation (tank-to-wheel) and energy provision (well-to-tank) apart, empty trips included, road and ferry as elements
of one transport chain.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from config import factors
from geo.vehicles import Vehicle, load_t

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Truck:
    """Hold the price of a truck; the defaults are assumptions that a user should replace."""

    payload_t: float
    eur_per_km: float
    eur_per_hour: float
    handling_eur_per_tonne: float
    empty_return: float  # share of the way back that is driven empty and paid by this haul


@dataclass(frozen=True)
class Emissions:
    """Hold kg CO2e per tonne of goods, by element of the chain and stage; arrays of one shape."""

    road_tank_to_wheel: Floats
    road_well_to_tank: Floats
    ferry_tank_to_wheel: Floats
    ferry_well_to_tank: Floats

    @property
    def tank_to_wheel(self) -> Floats:
        """Give what vehicle and ship emit under way."""
        return self.road_tank_to_wheel + self.ferry_tank_to_wheel

    @property
    def well_to_wheel(self) -> Floats:
        """Give all of it, the making of the fuel included."""
        return self.tank_to_wheel + self.road_well_to_tank + self.ferry_well_to_tank


def default_truck() -> Truck:
    """Give the truck of config/factors.toml: bulk in a 76 t combination."""
    return Truck(
        payload_t=factors.value("truck.payload"),
        eur_per_km=factors.value("truck.per_km"),
        eur_per_hour=factors.value("truck.per_hour"),
        handling_eur_per_tonne=factors.value("truck.handling"),
        empty_return=factors.value("truck.empty_return"),
    )


def truck(vehicle: Vehicle, density_kg_m3: float | None = None) -> Truck:
    """Give the price of a vehicle that carries goods of a density, loaded as its load factor says."""
    return Truck(
        payload_t=float(load_t(vehicle, density_kg_m3)),
        eur_per_km=vehicle.value("eur_per_km"),
        eur_per_hour=vehicle.value("eur_per_hour"),
        handling_eur_per_tonne=vehicle.value("handling_eur_per_t"),
        empty_return=vehicle.value("empty_return"),
    )


def eur_per_tonne(
    km: npt.ArrayLike, minutes: npt.ArrayLike, truck: Truck | None = None, ferry_km: npt.ArrayLike = 0.0
) -> Floats:
    """Give the cost of a haul in EUR per tonne; NaN where there is no way.

    (road km * EUR/km + ferry km * fare + hours * EUR/h) * (1 + empty return) / payload + handling. Without `ferry_km`
    a ferry leg in `km` counts as road.
    """
    chosen = truck or default_truck()
    water = np.asarray(ferry_km, dtype=float)
    driven = (np.asarray(km, dtype=float) - water) * chosen.eur_per_km + water * factors.value("ferry.fare")
    timed = np.asarray(minutes, dtype=float) / 60 * chosen.eur_per_hour
    return np.asarray((driven + timed) * (1 + chosen.empty_return) / chosen.payload_t + chosen.handling_eur_per_tonne)


def co2e_kg_per_tonne(km: npt.ArrayLike, ferry_km: npt.ArrayLike = 0.0) -> Floats:
    """Give the well-to-wheel emissions of a haul in kg CO2e per tonne; NaN where there is no way.

    The road's factor is that of an average load, with the empty running of the fleet in it. Without `ferry_km` a ferry
    leg in `km` counts as road.
    """
    water = np.asarray(ferry_km, dtype=float)
    road = factors.value("co2e.tank_to_wheel") + factors.value("co2e.well_to_tank")
    ferry = factors.value("co2e.ferry_tank_to_wheel") + factors.value("co2e.ferry_well_to_tank")
    return np.asarray((np.asarray(km, dtype=float) - water) * road + water * ferry)


def tank_to_wheel_per_tkm(vehicle: Vehicle, density_kg_m3: npt.ArrayLike | None = None) -> Floats:
    """Give the emission intensity of a vehicle's operation on the road, kg CO2e per tonne-km, empty return included.

    DEFRA's figures of an articulated truck at half and full load fix what driving itself burns (`empty`) and what each
    tonne adds (`tonne`), per tonne of largest load: half = tonne + 2 * empty, full = tonne + empty. Other vehicles burn
    in proportion to their figure at average load. So full out and empty back emits what half loads both ways do.
    """
    half, full = factors.value("co2e.tank_to_wheel_half"), factors.value("co2e.tank_to_wheel_full")
    empty, tonne = half - full, 2 * full - half
    share = load_t(vehicle, density_kg_m3) / vehicle.value("payload_t")
    curve = tonne + empty * (1 + vehicle.value("empty_return")) / share
    return np.asarray(curve * vehicle.value("tank_to_wheel") / factors.value("co2e.tank_to_wheel"))


def emissions(
    road_km: npt.ArrayLike,
    ferry_km: npt.ArrayLike,
    vehicle: Vehicle,
    density_kg_m3: npt.ArrayLike | None = None,
) -> Emissions:
    """Give the emissions per tonne of ways by a vehicle; NaN where there is no way.

    Well-to-tank rises with the fuel burned, from GLEC's figure at DEFRA's average load. The ferry's figure is one of
    cargo carried: the empty return over water is not in it.
    """
    road, ferry = np.asarray(road_km, dtype=float), np.asarray(ferry_km, dtype=float)
    burned = road * tank_to_wheel_per_tkm(vehicle, density_kg_m3)
    made = factors.value("co2e.well_to_tank") / factors.value("co2e.tank_to_wheel")
    return Emissions(
        road_tank_to_wheel=burned,
        road_well_to_tank=burned * made,
        ferry_tank_to_wheel=ferry * factors.value("co2e.ferry_tank_to_wheel"),
        ferry_well_to_tank=ferry * factors.value("co2e.ferry_well_to_tank"),
    )


def break_even_km(
    value_eur_per_tonne: npt.ArrayLike,
    vehicle: Vehicle,
    *,
    density_kg_m3: float | None = None,
    speed_kmh: float | None = None,
) -> Floats:
    """Give the km by road at which a haul eats the value of the goods; 0 where handling alone does.

    The speed is that of the whole way, by default the speed limit of lorries: real ways are slower and reach less far.
    """
    price = truck(vehicle, density_kg_m3)
    hourly_km = speed_kmh or factors.value("speed.truck_limit")
    per_km = (price.eur_per_km + price.eur_per_hour / hourly_km) * (1 + price.empty_return) / price.payload_t
    left = np.asarray(value_eur_per_tonne, dtype=float) - price.handling_eur_per_tonne
    return np.asarray(np.maximum(left, 0.0) / per_km)
