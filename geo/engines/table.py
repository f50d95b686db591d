"""Distances over a road network: the fastest way by minutes, its metres summed, access legs added at both ends."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from config import factors
from config.settings import Settings
from geo import main_roads
from geo.estimate import ACCESS_RATIO, from_straight, straight_km
from geo.land import AT_SEA, landmass
from geo.paths import FERRY_METRES, METRES, TRUCK_MINUTES, Network, Starts
from geo.results import ESTIMATE, NONE, ROAD, ROAD_FERRY, Distances, Floats
from geo.road_graph import RoadGraph
from geo.snap import Snapped, Snapper

FAR_KM = 5.0  # beyond this an access leg decides too much: the value is an estimate
LOST_KM = 40.0  # beyond this the network says nothing
ACCESS_LOW_RATIO, ACCESS_HIGH_RATIO = 1.0, 1.88

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Ends:
    """Hold snapped points with the sums from the spot on the link to the link's two ends: (3, k, 2)."""

    snapped: Snapped
    sums: Floats
    minutes: Floats
    nodes: npt.NDArray[np.int64]
    access_km: Floats
    usable: Bools
    land: npt.NDArray[np.int64]


class TableEngine:
    """Know the ways of one road network; where it doesn't reach, estimate on land and say none over water."""

    def __init__(self, graph: RoadGraph) -> None:
        self._graph = graph

    @cached_property
    def _snapper(self) -> Snapper:
        return Snapper(self._graph)

    @cached_property
    def _network(self) -> Network:
        return Network(self._graph)

    def matrix(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each origin to each destination."""
        start, end = self._ends(origins), self._ends(destinations)
        sums = self._along(start, end)
        return _combine(start, end, sums, straight_km(origins, destinations))

    def route(self, start: Floats, end: Floats) -> Floats:
        """Give the points of the way, access legs as straight lines at both ends."""
        method = str(self.matrix(start[None], end[None]).method[0, 0])
        if method not in {ROAD, ROAD_FERRY}:
            return np.empty((0, 2)) if method == NONE else np.vstack([start, end])
        return self._line(self._ends(start[None]), self._ends(end[None]), start, end)

    def _ends(self, points: Floats) -> _Ends:
        snapped, graph = self._snapper.snap(points), self._graph
        link = np.maximum(snapped.link, 0)
        share = np.column_stack([snapped.share, 1.0 - snapped.share])
        sums = np.zeros((3, len(points), 2))
        sums[METRES] = share * graph.metres[link, None]
        sums[TRUCK_MINUTES] = share * graph.truck_minutes[link, None]
        access_km = snapped.access_m * ACCESS_RATIO / 1000.0
        near = snapped.access_m <= FAR_KM * 1000.0
        land = landmass(points)
        # A far site reaches the road only over its own piece of land.
        far = np.flatnonzero(~near & (snapped.access_m <= LOST_KM * 1000.0))
        usable = near.copy()
        usable[far] = (land[far] == landmass(snapped.xy[far])) & (land[far] != AT_SEA)
        minutes = share * graph.route_minutes[link, None]
        return _Ends(snapped, sums, minutes, graph.ends[link].astype(np.int64), access_km, usable, land)

    def _along(self, start: _Ends, end: _Ends) -> Floats:
        """Give metres, truck minutes and ferry metres between the spots on the road, (3, n, m); inf where no way."""
        ways = self._network.ways(Starts(start.nodes, start.minutes))
        totals = ways.minutes[:, end.nodes] + end.minutes  # (n, m, 2)
        side = np.argmin(totals, axis=2)
        pick = np.arange(len(end.nodes))
        node = end.nodes[pick, side]
        rows = np.arange(len(start.nodes))[:, None]
        # The way knows its first node; the leg before it is that of the start's end which lies there.
        first = ways.first[rows, node]
        leave = (start.nodes[:, None, 1] == first).astype(np.int64)
        both = start.nodes[:, 0] == start.nodes[:, 1]
        leave[both] = np.argmin(start.minutes[both], axis=1)[:, None]
        sums = ways.sums[:, rows, node] + start.sums[:, rows, leave] + end.sums[:, pick, side]
        best = np.take_along_axis(totals, side[..., None], axis=2)[..., 0]
        sums[:, ~np.isfinite(best)] = np.inf
        return self._same_link(start, end, sums)

    def _same_link(self, start: _Ends, end: _Ends, sums: Floats) -> Floats:
        same = start.snapped.link[:, None] == end.snapped.link[None, :]
        apart = np.abs(start.snapped.share[:, None] - end.snapped.share[None, :])
        link = np.broadcast_to(np.maximum(start.snapped.link, 0)[:, None], same.shape)
        direct = np.stack(
            [apart * self._graph.metres[link], apart * self._graph.truck_minutes[link], np.zeros(same.shape)]
        )
        shorter = same & (direct[METRES] <= sums[METRES])
        return np.where(shorter, direct, sums)

    def _line(self, start: _Ends, end: _Ends, first: Floats, last: Floats) -> Floats:
        link, target = int(start.snapped.link[0]), int(end.snapped.link[0])
        ways = self._network.ways(Starts(start.nodes, start.minutes))
        side = int(np.argmin(ways.minutes[0, end.nodes[0]] + end.minutes[0]))
        path = self._network.trace(ways, 0, int(end.nodes[0, side]))
        share, reach = float(start.snapped.share[0]), float(end.snapped.share[0])
        direct_m = abs(share - reach) * self._graph.metres[link]
        if link == target and direct_m <= self._along(start, end)[METRES, 0, 0]:
            return np.vstack([first, _part(self._graph.line(link), share, reach), last])
        leave = int(path[0] != self._graph.ends[link, 0])
        pieces = [_part(self._graph.line(link), share, float(leave))]
        for one, other in pairwise(path):
            between = int(self._network.link_between(np.array([one]), np.array([other]))[0])
            line = self._graph.line(between)
            pieces.append(line if self._graph.ends[between, 0] == one else line[::-1])
        pieces.append(_part(self._graph.line(target), float(side), reach))
        return np.vstack([first, *pieces, last])


def _part(line: Floats, start: float, end: float) -> Floats:
    """Cut a line between two shares of its length; backwards when the end comes first."""
    whole = shapely.LineString(line)
    low, high = sorted((start, end))
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T))] / max(whole.length, 1e-9)
    inner = line[(along > low) & (along < high)]
    spots = shapely.get_coordinates(shapely.line_interpolate_point(whole, [low, high], normalized=True))
    part = np.vstack([spots[:1], inner, spots[1:]])
    return part if start <= end else part[::-1]


def _combine(start: _Ends, end: _Ends, sums: Floats, straight: Floats) -> Distances:
    """Choose road or estimate for each pair and add the access legs."""
    joined = (start.land[:, None] == end.land[None, :]) & (start.land[:, None] != AT_SEA)
    guess = from_straight(straight)
    access = start.access_km[:, None] + end.access_km[None, :]
    by_road = start.usable[:, None] & end.usable[None, :] & np.isfinite(sums[METRES])
    # Between neighbours that both lie off the known roads the network knows less than the straight line.
    beside = joined & (straight * ACCESS_RATIO < access) | (straight == 0.0)
    network = by_road & ~beside
    far = np.maximum(start.access_km[:, None], end.access_km[None, :]) > FAR_KM * ACCESS_RATIO
    crow = ~network & joined
    unknown = ~network & ~crow
    road_km = np.where(network, sums[METRES], 0.0) / 1000.0
    ferry_km = np.where(network, sums[FERRY_METRES], 0.0) / 1000.0
    access_minutes = access * 60.0 / factors.value("speed.street")
    estimated = crow | (network & far)
    spread = access / ACCESS_RATIO
    return Distances(
        km=_choose(network, road_km + access, crow, guess.km),
        minutes=_choose(network, np.where(network, sums[TRUCK_MINUTES], 0.0) + access_minutes, crow, guess.minutes),
        method=np.select([unknown, estimated, ferry_km > 0], [NONE, ESTIMATE, ROAD_FERRY], ROAD),
        access_km=_choose(network, access, crow, np.zeros_like(access)),
        ferry_km=np.where(unknown, np.nan, ferry_km),
        low_km=_choose(network & far, road_km + spread * ACCESS_LOW_RATIO, crow, guess.low_km),
        high_km=_choose(network & far, road_km + spread * ACCESS_HIGH_RATIO, crow, guess.high_km),
    )


def _choose(first: Bools, value: Floats, second: Bools, other: Floats) -> Floats:
    return np.where(first, value, np.where(second, other, np.nan))


def from_settings(settings: Settings) -> TableEngine:
    """Make the engine of the main-road table that ships with the program."""
    return TableEngine(main_roads.load(settings.reference))
