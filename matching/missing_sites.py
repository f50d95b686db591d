"""Where a processor that is missing would best stand: by p-median over places, with what each would take and cost."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import distance, freight, swapping
from geo.distance import DistanceEngine, Distances
from geo.siting import Task, aggregated, p_median
from matching.columns import Rows
from matching.pairs import POINT

TOP = 3
APART_KM = 30.0  # another proposal nearer than this would be the same one
JOINED_FROM = 400  # demands; from here on those around one place are joined for the solver
UNKNOWN_TONNES = 1.0  # an offer of an unknown amount is one to be fetched all the same
TIME_LIMIT_S = 15.0
MOST_OFFERS = 5_000  # the largest: the rest would hardly move a site

Floats = npt.NDArray[np.float64]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """Hold what a processor is to be: the tonnes a year that it takes (None: all), its longest haul, how many."""

    capacity_t: float | None
    longest_km: float
    sites: int = 1


@dataclass(frozen=True)
class Site:
    """Hold one proposed site.

    Attributes
    ----------
    place : its position among the places.
    chosen : whether it is one of those that the plan opens; else it is the next best in its stead.
    offers : positions of the offers that it would take, and `share` how much of each.
    tonnes, mean_km, ferry_km, eur_per_tonne, co2e_kg_per_tonne : a year, and means by tonnes.
    """

    place: int
    chosen: bool
    offers: Rows
    share: Floats
    tonnes: float
    mean_km: float
    ferry_km: float
    eur_per_tonne: float
    co2e_kg_per_tonne: float

    @property
    def exchanges(self) -> int:
        """Count what it would unlock."""
        return len(self.offers)


@dataclass(frozen=True)
class Proposal:
    """Hold the sites, the best first; how many places were compared, and how far from the best they can be."""

    sites: tuple[Site, ...]
    places: int
    gap: float


def propose(
    offers: pd.DataFrame, places: Floats, roads: DistanceEngine, plan: Plan, *, time_limit_s: float = TIME_LIMIT_S
) -> Proposal:
    """Propose sites for offers (POINT, tonnes) among (n, 2) TM35FIN places; without time by swapping alone."""
    largest = offers.assign(at=np.arange(len(offers))).nlargest(MOST_OFFERS, "tonnes", keep="first")
    kept = largest["at"].to_numpy() if len(offers) > MOST_OFFERS else np.arange(len(offers))
    points = offers[list(POINT)].to_numpy(float)[kept]
    near = _within(places, points, plan.longest_km)
    if not len(near) or not len(kept):
        return Proposal((), 0, 0.0)
    found = distance.matrix(points, places[near], roads)
    weight = np.nan_to_num(offers["tonnes"].to_numpy(float)[kept], nan=UNKNOWN_TONNES)
    task = Task(found.km, np.maximum(weight, UNKNOWN_TONNES), plan.longest_km, plan.capacity_t)
    chosen, gap = _chosen(task, _joined(points, places[near]), plan.sites, time_limit_s)
    shares = swapping.assign(task.saved, task.weight, task.capacity, chosen.tolist()).T
    sites = [_site(task, found, (int(at), True), share) for at, share in zip(chosen, shares, strict=True)]
    sites.sort(key=lambda one: (-one.tonnes, one.place))
    sites += _others(task, found, [one.place for one in sites], places[near])
    return Proposal(tuple(_named(one, near, kept) for one in sites if one.exchanges), len(near), gap)


def _within(places: Floats, points: Floats, longest_km: float) -> Rows:
    """Give the places that any offer is near enough to by straight line: a road is never shorter."""
    apart = (
        np.hypot(*(places[:, None] - points[None]).transpose(2, 0, 1))
        if len(points)
        else np.full((len(places), 1), np.inf)
    )
    return np.flatnonzero((apart <= 1000.0 * longest_km).any(axis=1))


def _joined(points: Floats, places: Floats) -> npt.NDArray[np.intp] | None:
    """Give the group of each offer, those around one place together; None where there are few enough."""
    if len(points) < JOINED_FROM:
        return None
    nearest = np.hypot(*(points[:, None] - places[None]).transpose(2, 0, 1)).argmin(axis=1)
    return np.unique(nearest, return_inverse=True)[1].astype(np.intp)


def _chosen(task: Task, groups: npt.NDArray[np.intp] | None, sites: int, time_limit_s: float) -> tuple[Rows, float]:
    if groups is not None:
        km, weight = aggregated(task.km, task.weight, groups)
        task = Task(km, weight, task.longest_km, task.capacity)
    found = p_median(task, sites, time_limit_s=time_limit_s)
    return found.opened, found.gap


def _site(task: Task, ways: Distances, place: tuple[int, bool], share: Floats) -> Site:
    offers = np.flatnonzero(share > 0)
    tonnes = task.weight[offers] * share[offers]
    way = ways[offers, place[0]]
    ferry = np.nan_to_num(way.ferry_km)
    figures = (
        way.km,
        ferry,
        freight.eur_per_tonne(way.km, way.minutes, ferry_km=ferry),
        freight.co2e_kg_per_tonne(way.km, ferry),
    )
    means = [float(np.average(one, weights=tonnes)) if len(offers) else float("nan") for one in figures]
    return Site(place[0], place[1], offers, share[offers], float(tonnes.sum()), *means)


def _others(task: Task, ways: Distances, taken: list[int], places: Floats) -> list[Site]:
    """Find what would be best in the stead of those that are proposed, each away from all before."""
    found: list[Site] = []
    worth = swapping.alone(task.saved, task.weight, task.capacity)
    for at in np.argsort(-worth, kind="stable"):
        if len(taken) >= TOP or not worth[at] > 0:
            break
        apart = np.hypot(*(places[taken] - places[at]).T)
        if (apart >= 1000.0 * APART_KM).all():
            share = swapping.assign(task.saved, task.weight, task.capacity, [int(at)])[:, 0]
            found.append(_site(task, ways, (int(at), False), share))
            taken.append(int(at))
    return found


def _named(site: Site, places: Rows, offers: Rows) -> Site:
    """Give a site and its offers the caller's numbers."""
    figures = (site.tonnes, site.mean_km, site.ferry_km, site.eur_per_tonne, site.co2e_kg_per_tonne)
    return Site(int(places[site.place]), site.chosen, offers[site.offers], site.share, *figures)
