"""Rounds that one truck makes past small offers to a need: which stops, in which order, at what cost."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo import vehicles
from geo.vehicles import Vehicle
from matching.loads import FETCHED_A_YEAR, FULL, SMALLER, Floats, Group

STOPS = 6  # more would take longer than a driver's day
STOP_MINUTES = 20.0  # of the driver at each stop after the first; an assumption
MOST_KM = 300.0  # of the whole round
ADDED_KM = 40.0  # by one stop: who is farther from the others is no neighbour
DETOUR = 0.6  # of its own way to the need: a stop that adds more saves little
OF_GROUP = 3  # rounds of one group


@dataclass(frozen=True)
class Stop:
    """Hold one offer on the round: its row, its id, and the tonnes that it gives each time."""

    row: int
    id: int
    tonnes: float


@dataclass(frozen=True)
class Pool:
    """Hold a round: its stops in the order in which they are passed, and what it costs beside fetching each alone.

    Attributes
    ----------
    material : the concept that all stops have in common.
    filled : share of the largest load.
    km : of the round, `alone_km` of one way from each stop together.
    times_a_year : 12 for what comes all the year, 1 for batches.
    eur_per_tonne, alone_eur_per_tonne : with the empty way back; alone by the cheapest vehicle that holds the load.
    """

    want_row: int
    want_id: int
    stops: tuple[Stop, ...]
    material: str
    vehicle: str
    filled: float
    km: float
    alone_km: float
    times_a_year: int
    eur_per_tonne: float
    alone_eur_per_tonne: float

    @property
    def tonnes(self) -> float:
        """Give the tonnes of one round."""
        return sum(stop.tonnes for stop in self.stops)

    @property
    def saved_trips(self) -> int:
        """Count the trips that nobody makes, a year or once."""
        return (len(self.stops) - 1) * self.times_a_year

    @property
    def saving_eur(self) -> float:
        """Give what all stops save together, a year or once."""
        return (self.alone_eur_per_tonne - self.eur_per_tonne) * self.tonnes * self.times_a_year


def of(group: Group, truck: Vehicle) -> Iterator[Pool]:
    """Give the rounds of a group that save most, each offer in one; only full ones, and only where they save."""
    left = set(np.flatnonzero(np.isfinite(group.km[-1, :-1])).tolist())  # what a road leads from
    for _ in range(OF_GROUP):
        tried = [_pool(group, truck, _grown(group, truck, seed, left)) for seed in sorted(left)]
        good = [(pool, places) for pool, places in tried if _is_worth(pool, group)]
        if not good:
            return
        pool, places = max(good, key=lambda one: one[0].saving_eur)
        left -= set(places)
        yield pool


def _is_worth(pool: Pool, group: Group) -> bool:
    taken = pool.tonnes * pool.times_a_year <= group.asked_tonnes
    return taken and pool.filled >= FULL and pool.km <= MOST_KM and pool.saving_eur > 0


def _grown(group: Group, truck: Vehicle, seed: int, left: set[int]) -> list[int]:
    """Begin at one offer and take in, as long as the truck holds it, the one that adds the least way."""
    share = group.tonnes / group.most[truck.name]
    need = len(group.rows)
    stops, load = [seed], float(share[seed])
    while len(stops) < STOPS:
        fitting = [one for one in sorted(left - set(stops)) if load + share[one] <= 1.0]
        ways = [(*_inserted(group.km, [*stops, need], one), one) for one in fitting]
        length = float(group.km[stops, [*stops[1:], need]].sum())
        most = min(ADDED_KM, MOST_KM - length)
        ways = [way for way in ways if way[0] <= min(most, DETOUR * group.km[way[2], need])]
        if not ways:
            break
        _, place, one = min(ways)
        stops.insert(place, one)
        load += float(share[one])
    return stops


def _inserted(km: Floats, way: list[int], one: int) -> tuple[float, int]:
    """Give how much a stop adds to a way, and the place at which it adds least."""
    before, after = np.array(way[:-1]), np.array(way[1:])
    between = km[before, one] + km[one, after] - km[before, after]
    added = np.append(km[one, way[0]], between)
    place = int(np.argmin(added))
    return float(added[place]), place


def _pool(group: Group, truck: Vehicle, stops: list[int]) -> tuple[Pool, list[int]]:
    need = len(group.rows)
    tonnes = group.tonnes[stops]
    onwards = [*stops[1:], need]
    km, minutes = float(group.km[stops, onwards].sum()), float(group.minutes[stops, onwards].sum())
    minutes += STOP_MINUTES * (len(stops) - 1)
    first = stops[0]
    back = truck.value("empty_return") * _driven(truck, float(group.km[need, first]), float(group.minutes[need, first]))
    together = (_driven(truck, km, minutes) + back) / tonnes.sum() + truck.value("handling_eur_per_t")
    alone = [_alone(group, truck, one) for one in stops]
    pool = Pool(
        want_row=group.want_row,
        want_id=group.want_id,
        stops=tuple(Stop(int(group.rows[at]), int(group.ids[at]), float(group.tonnes[at])) for at in stops),
        material=group.material,
        vehicle=truck.name,
        filled=float((tonnes / group.most[truck.name][stops]).sum()),
        km=km,
        alone_km=float(group.km[stops, need].sum()),
        times_a_year=FETCHED_A_YEAR if group.continuous else 1,
        eur_per_tonne=float(together),
        alone_eur_per_tonne=float(np.average(alone, weights=tonnes)),
    )
    return pool, stops


def _alone(group: Group, truck: Vehicle, one: int) -> float:
    """Give EUR/t of fetching one offer by itself, there and back, with the cheapest vehicle that holds it."""
    need = len(group.rows)
    km, minutes, tonnes = group.km[one, need], group.minutes[one, need], group.tonnes[one]
    kinds = {name: vehicles.load()[name] for name in SMALLER} | {truck.name: truck}
    prices = [
        _driven(kind, km, minutes) * (1 + kind.value("empty_return")) / tonnes + kind.value("handling_eur_per_t")
        for name, kind in kinds.items()
        if tonnes <= group.most[name][one]
    ]
    return float(min(prices))


def _driven(vehicle: Vehicle, km: float, minutes: float) -> float:
    return km * vehicle.value("eur_per_km") + minutes / 60 * vehicle.value("eur_per_hour")
