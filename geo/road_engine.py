"""Distances over one road network: the fastest way by minutes, its metres summed, access legs added at both ends."""

from collections import OrderedDict
from functools import cached_property, partial
from hashlib import blake2b
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt
import shapely

from config import factors
from geo import climb, hierarchy
from geo.between import between
from geo.blocks import by_matrix
from geo.climb import Climbs
from geo.estimate import ACCESS_HIGH_RATIO, ACCESS_LOW_RATIO, ACCESS_RATIO, apart_km, from_straight, straight_km
from geo.gates import FAR_KM, Ends, Gates, gates
from geo.groups import within
from geo.hierarchy import Hierarchy
from geo.land import AT_SEA
from geo.paths import Network, Starts
from geo.remembered import Remembered
from geo.results import ESTIMATE, NONE, ROAD, ROAD_FERRY, Distances, Floats, Piece
from geo.road_graph import FERRY, FERRY_METRES, METRES, ROUTE_MINUTES, TRUCK_MINUTES, RoadGraph
from geo.rules import signed
from geo.snap import Snapper

REMEMBERED = 4  # sets of points whose climbs are kept: the same sites are asked for again and again

Bools = npt.NDArray[np.bool_]


class RoadEngine:
    """Know the ways of one road network; where it doesn't reach, estimate on land and say none over water."""

    def __init__(self, graph: RoadGraph, index: Hierarchy | None = None) -> None:
        self.graph = graph
        self._given = index
        self._climbs: OrderedDict[bytes, tuple[Gates, Climbs]] = OrderedDict()

    @property
    def hash(self) -> str:
        """Give 16 hexadecimal digits that change with the network, the coast, the islands and the rules of access."""
        return signed(self.graph.hash)

    @cached_property
    def _index(self) -> Hierarchy:
        return self._given or contract(self.graph)

    @cached_property
    def _snapper(self) -> Snapper:
        return Snapper(self.graph)

    @cached_property
    def _network(self) -> Network:
        return Network(self.graph)

    def matrix(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each origin to each destination."""
        start, ups = self._climbed(origins, towards=False)
        end, downs = self._climbed(destinations, towards=True)
        sums = self._same_link(start, end, climb.matrix(self._index, ups, downs))
        sides = start.ends.at(np.s_[:, None]), end.ends.at(np.s_[None, :])
        return _combine(*sides, sums, straight_km(origins, destinations))

    def pairs(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each origin to the destination beside it."""
        if not self._index.table.size:  # a core that is searched through gives all ways from an origin at once
            return by_matrix(self.matrix, origins, destinations)
        (starts, first), (ends, last) = (_places(points) for points in (origins, destinations))
        start, ups = self._starts.take(starts)
        end, downs = self._ends.take(ends)
        sums = between(self._index, ups, downs, (first, last))
        start, end = start.at(first), end.at(last)
        on = np.flatnonzero((start.link == end.link) & (start.link >= 0))
        direct = self._along(start.at(on), end.at(on))
        faster = direct[:, ROUTE_MINUTES] <= sums[ROUTE_MINUTES, on]
        sums[:, on[faster]] = direct[faster].T
        return _combine(start, end, sums, apart_km(origins, destinations))

    @cached_property
    def _starts(self) -> Remembered:
        return Remembered(partial(self._found, towards=False))

    @cached_property
    def _ends(self) -> Remembered:
        return Remembered(partial(self._found, towards=True))

    def _found(self, points: Floats, *, towards: bool) -> tuple[Gates, Climbs]:
        found = gates(self.graph, self._snapper, points, towards=towards)
        return found, found.climb(self._index, down=towards)

    def route(self, start: Floats, end: Floats) -> Floats:
        """Give the points of the way, access legs as straight lines at both ends."""
        return np.vstack([np.empty((0, 2)), *(piece.points for piece in self.pieces(start, end))])

    def pieces(self, start: Floats, end: Floats) -> tuple[Piece, ...]:
        """Give the parts of the way; an estimate is straight, but one that needs a ferry never crosses water so."""
        found = self.matrix(start[None], end[None])[0, 0]
        if found.method == NONE:
            return ()
        if found.method == ESTIMATE and not found.ferry_km > 0:
            return (Piece(np.vstack([start, end])),)
        return _joined(start, self._line(start, end), end)

    def _climbed(self, points: Floats, *, towards: bool) -> tuple[Gates, Climbs]:
        key = blake2b(np.ascontiguousarray(points).tobytes(), key=b"to" if towards else b"from").digest()
        if key not in self._climbs:
            self._climbs[key] = self._found(points, towards=towards)
        known = self._climbs[key]
        self._climbs.move_to_end(key)
        while len(self._climbs) > REMEMBERED:
            self._climbs.popitem(last=False)
        return known

    def _same_link(self, start: Gates, end: Gates, sums: Floats) -> Floats:
        """Put in the way along a link where both points lie on it, forwards on a one-way link."""
        row, column = _equal(start.snapped.link, end.snapped.link)
        direct = self._along(start.ends.at(row), end.ends.at(column))
        faster = direct[:, ROUTE_MINUTES] <= sums[ROUTE_MINUTES, row, column]
        sums[:, row[faster], column[faster]] = direct[faster].T
        return sums

    def _along(self, start: Ends, end: Ends) -> Floats:
        """Give the costs along a link from each point to the one beside it on the same link."""
        ahead = end.share - start.share
        direct = np.abs(ahead)[:, None] * self.graph.cost[start.link]
        direct[self.graph.oneway[start.link] & (ahead < 0)] = np.inf
        return np.asarray(direct, dtype=np.float64)

    def _line(self, first: Floats, last: Floats) -> list[Piece]:
        start, end = (
            gates(self.graph, self._snapper, point[None], towards=to) for point, to in ((first, False), (last, True))
        )
        link, target = int(start.link[0]), int(end.link[0])
        share, reach = float(start.snapped.share[0]), float(end.snapped.share[0])
        found = climb.matrix(self._index, start.climb(self._index, down=False), end.climb(self._index, down=True))
        by_network = found[ROUTE_MINUTES, 0, 0]
        if link == target and self._same_link(start, end, found)[ROUTE_MINUTES, 0, 0] < by_network:
            return [Piece(_part(self.graph.line(link), share, reach))]
        # Known minutes keep the search short; the index sums in another order, so a little more is allowed.
        ways = self._network.ways(Starts(start.nodes, start.cost[..., ROUTE_MINUTES]), float(by_network) + 0.01)
        side = int(np.argmin(ways.minutes[0, end.nodes[0]] + end.cost[0, :, ROUTE_MINUTES]))
        path = self._network.trace(ways, 0, int(end.nodes[0, side]))
        leave = int(path[0] != self.graph.ends[link, 0])
        pieces = [Piece(_part(self.graph.line(link), share, float(leave)))]
        for one, other in pairwise(path):
            between = int(self._network.link_between(np.array([one]), np.array([other]))[0])
            line = self.graph.line(between)
            over_water = bool(self.graph.road_class[between] == FERRY)
            pieces.append(Piece(line if self.graph.ends[between, 0] == one else line[::-1], over_water))
        return [*pieces, Piece(_part(self.graph.line(target), float(side), reach))]


def contract(graph: RoadGraph) -> Hierarchy:
    """Make the contraction index of a network."""
    tail, head, link = graph.directed
    return hierarchy.build(len(graph.xy), tail, head, graph.cost[link])


def _places(points: Floats) -> tuple[Floats, hierarchy.Ints]:
    """Give the different points, and which of them each is."""
    joined = np.ascontiguousarray(points, dtype=np.float64).view(np.complex128).ravel()
    places, number = np.unique(joined, return_inverse=True)
    return places.view(np.float64).reshape(-1, 2), number.ravel()


def _equal(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> tuple[hierarchy.Ints, hierarchy.Ints]:
    """Give the pairs of rows of both arrays that hold the same number, -1 left out."""
    order = np.argsort(second, kind="stable")
    begin = np.searchsorted(second[order], first, side="left")
    size = np.where(first >= 0, np.searchsorted(second[order], first, side="right") - begin, 0)
    return np.repeat(np.arange(len(first)), size), order[np.repeat(begin, size) + within(size)]


def _joined(first: Floats, pieces: list[Piece], last: Floats) -> tuple[Piece, ...]:
    """Put what follows one another on land, or on water, into one piece; the legs off the road are on land."""
    legs = [Piece(first[None]), *pieces, Piece(last[None])]
    return tuple(
        Piece(np.vstack([piece.points for piece in group]), over_water)
        for over_water, group in groupby(legs, key=lambda piece: piece.ferry)
    )


def _part(line: Floats, start: float, end: float) -> Floats:
    """Cut a line between two shares of its length; backwards when the end comes first."""
    whole = shapely.LineString(line)
    low, high = sorted((start, end))
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T))] / max(whole.length, 1e-9)
    inner = line[(along > low) & (along < high)]
    spots = shapely.get_coordinates(shapely.line_interpolate_point(whole, [low, high], normalized=True))
    part = np.vstack([spots[:1], inner, spots[1:]])
    return part if start <= end else part[::-1]


def _combine(start: Ends, end: Ends, sums: Floats, straight: Floats) -> Distances:
    """Choose road or estimate for each pair and add the access legs."""
    joined = (start.land == end.land) & (start.land != AT_SEA)
    guess = from_straight(straight)
    access = start.access_km + end.access_km
    by_road = start.usable & end.usable & np.isfinite(sums[METRES])
    # Between neighbours that both lie off the known roads the network knows less than the straight line.
    beside = joined & (straight * ACCESS_RATIO < access) | (straight == 0.0)
    network = by_road & ~beside
    far = np.maximum(start.access_km, end.access_km) > FAR_KM * ACCESS_RATIO
    far |= start.doubtful | end.doubtful
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
