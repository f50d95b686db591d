"""The area that a truck reaches from a site within km or minutes by road, light enough to draw on a map.

Each place costs what the way to it costs: the fastest way along the road and a leg off it of at most some 5 km, as the
distances themselves reckon. The area is where that cost, reckoned on a grid and taken as linear between its points,
stays within the limit. Areas of a smaller limit therefore lie within those of a larger one.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import shapely

from config import factors
from geo import grid
from geo.estimate import ACCESS_RATIO
from geo.gates import FAR_KM, Gates, gates
from geo.land import outlines
from geo.paths import Network, Starts
from geo.road_graph import FERRY, METRES, ROUTE_MINUTES, TRUCK_MINUTES, RoadGraph
from geo.snap import Snapper, lines

# Steps of the grid in metres, and up to how many km or minutes each is used: a finer one also below a coarser one.
GRIDS = ((500.0, 40.0), (2_000.0, 160.0), (4_000.0, np.inf))
SPACING_M = 500.0  # between the points along a road
HOLE_M2 = 100e6  # smaller holes are filled
STRAIGHT_M = 0.01
ISLAND_M2, COAST_M = 5e6, 600.0  # smaller islands are left out, the coast line simplified
SHORE_M = 1_000.0  # the coast line is coarse: harbours and headlands lie just outside it

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Measure:
    """Say what is limited: a column of the graph's cost, what of it is one unit, and the cost of a km off the road."""

    column: int
    per_unit: float
    off_road: float


def reachable(
    graph: RoadGraph, origin: npt.ArrayLike, *, km: float | None = None, minutes: float | None = None
) -> shapely.MultiPolygon:
    """Give the area within `km` or `minutes` by truck of a TM35FIN point; empty where no road leads there."""
    return Reach(graph).area(origin, km=km, minutes=minutes)


def edge(area: shapely.Geometry) -> shapely.Geometry:
    """Give the lines at which the limit ends an area, not those along the coast or the border of the country."""
    return shapely.intersection(shapely.boundary(area), _inland())


class Reach:
    """Hold what areas of one road network have in common."""

    def __init__(self, graph: RoadGraph, snapper: Snapper | None = None, network: Network | None = None) -> None:
        self._graph = graph
        self._snapper = snapper or Snapper(graph)
        self._network = network or Network(graph)
        self._roads = np.flatnonzero(graph.road_class != FERRY)
        self._lines = lines(graph)[self._roads]

    def area(
        self, origin: npt.ArrayLike, *, km: float | None = None, minutes: float | None = None
    ) -> shapely.MultiPolygon:
        """Give the area within `km` or `minutes` by truck of a TM35FIN point; empty where no road leads there."""
        if (km is None) == (minutes is None):
            message = "one of km and minutes"
            raise TypeError(message)
        limit = float(km if km is not None else minutes or 0.0)
        return self._around(origin, limit, _measure(in_km=km is not None)).area(limit)

    def around(self, origin: npt.ArrayLike, most: float, *, in_km: bool = True) -> "Around":
        """Give the areas around a TM35FIN point for any limit up to `most` km or minutes; ways are searched once."""
        return self._around(origin, most, _measure(in_km=in_km))

    def _around(self, origin: npt.ArrayLike, most: float, measure: _Measure) -> "Around":
        point = np.asarray(origin, dtype=float).reshape(1, 2)
        start = gates(self._graph, self._snapper, point, towards=False)
        if not (most > 0 and start.usable[0]):
            return Around(point, (np.empty((0, 2)), np.empty(0)), most, measure.off_road)
        spots, cost = self._spots(start, most, measure)
        return Around(point, (np.vstack([point, spots]), np.r_[0.0, cost]), most, measure.off_road)

    @cached_property
    def _along(self) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
        """Give spots along all roads: the road of each, the share of its length, and the point."""
        count = np.ceil(self._graph.metres[self._roads] / SPACING_M).astype(np.int64) + 1
        row = np.repeat(np.arange(len(self._roads)), count)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        share = nth / np.repeat(count - 1, count)
        spots = shapely.line_interpolate_point(self._lines[row], share, normalized=True)
        return row, share, shapely.get_coordinates(spots)

    def _spots(self, start: Gates, limit: float, measure: _Measure) -> tuple[Floats, Floats]:
        """Give points along the roads within the limit and what each costs."""
        graph, link = self._graph, int(start.link[0])
        length = graph.cost[:, measure.column] / measure.per_unit
        access = float(start.access_km[0]) * measure.off_road / ACCESS_RATIO
        at_node = access + self._at_nodes(start, limit, measure) / measure.per_unit
        one, other = at_node[graph.ends[self._roads]].T
        other = np.where(graph.oneway[self._roads], np.inf, other)
        row, share, spots = self._along
        along = length[self._roads[row]]
        cost = np.minimum(one[row] + share * along, other[row] + (1 - share) * along)
        ahead = share - start.snapped.share[0]
        beside = (self._roads[row] == link) & ((ahead >= 0) | ~graph.oneway[link])
        cost[beside] = np.minimum(cost[beside], access + np.abs(ahead[beside]) * along[beside])
        kept = cost <= limit
        return spots[kept], cost[kept]

    def _at_nodes(self, start: Gates, limit: float, measure: _Measure) -> Floats:
        """Sum the cost along the fastest way to each node; infinite beyond the limit."""
        graph = self._graph
        cost = graph.cost[:, measure.column]
        slowest = float((graph.route_minutes / np.maximum(cost, 1e-9)).max())
        within = limit * measure.per_unit * slowest + 1e-6
        ways = self._network.ways(Starts(start.nodes, start.cost[..., ROUTE_MINUTES]), within)
        before = ways.previous[0]
        reached = np.flatnonzero(np.isfinite(ways.minutes[0]))
        total = np.full(len(before), np.inf)
        inner = reached[before[reached] >= 0]
        total[inner] = cost[self._network.link_between(before[inner], inner)]
        for root in reached[before[reached] < 0]:
            side = int(np.argmin(np.where(start.nodes[0] == root, start.cost[0, :, ROUTE_MINUTES], np.inf)))
            total[root] = start.cost[0, side, measure.column]
        # Each round adds what the way before costs and doubles how much of it is known.
        while (before >= 0).any():
            follows = before >= 0
            total[follows] += total[before[follows]]
            before = np.where(follows, before[before], -1)
        return total


class Around:
    """Hold what it costs to reach the places around one point, and give the area within any limit up to the search's.

    Only the grids are kept, not the ways that they were made of: under a megabyte a point.
    """

    def __init__(self, point: Floats, ways: tuple[Floats, Floats], most: float, off_road: float) -> None:
        spots, cost = ways
        self._point, self._off_road = point, off_road
        self._fields: list[tuple[float, grid.Field]] = []
        self._whole: dict[float, shapely.Geometry] = {}
        below = 0.0
        for step_m, up_to in GRIDS:
            if len(spots) and most > below:
                near = cost <= min(most, up_to) + step_m / 1000.0 * off_road
                field = grid.spread(spots[near], cost[near], step_m, off_road / 1000.0, FAR_KM * 1000.0)
                self._fields.append((up_to, field))
            below = up_to

    def area(self, limit: float) -> shapely.MultiPolygon:
        """Give the area within the limit; empty where no road leads there."""
        if not (limit > 0 and self._fields):
            return shapely.MultiPolygon()
        # The grid may be too coarse for what lies around the site itself.
        around_m = min(limit / self._off_road, FAR_KM) * 1000.0
        parts: list[shapely.Geometry] = [shapely.Point(self._point[0]).buffer(around_m)]
        below = 0.0
        for up_to, field in self._fields:
            if limit > below:
                parts.append(self._within(up_to, field, limit))
            below = up_to
        return _on_land(_without_holes(shapely.union_all(parts)))

    def _within(self, up_to: float, field: grid.Field, limit: float) -> shapely.Geometry:
        """Give the area within the limit on one of the grids, or all that this grid is used for."""
        if limit < up_to:
            return grid.area_below(field, limit)
        if up_to not in self._whole:
            self._whole[up_to] = grid.area_below(field, up_to)
        return self._whole[up_to]


def _measure(*, in_km: bool) -> _Measure:
    if in_km:
        return _Measure(METRES, 1000.0, ACCESS_RATIO)
    return _Measure(TRUCK_MINUTES, 1.0, ACCESS_RATIO * 60.0 / factors.value("speed.street"))


def _without_holes(area: shapely.Geometry) -> shapely.Geometry:
    kept = [
        shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > HOLE_M2])
        for part in shapely.get_parts(area)
    ]
    # Only what lies on a straight line is taken away, so that areas stay within one another.
    return shapely.simplify(shapely.union_all(kept), STRAIGHT_M)


def _on_land(area: shapely.Geometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shapely.intersection(area, _land()))
    return shapely.MultiPolygon([part for part in parts.tolist() if part.geom_type == "Polygon"])


@cache
def _land() -> shapely.Geometry:
    pieces = outlines()
    large = pieces[shapely.area(pieces) >= ISLAND_M2]
    return shapely.simplify(shapely.union_all(shapely.buffer(large, SHORE_M)), COAST_M)


@cache
def _inland() -> shapely.Geometry:
    inland = shapely.buffer(_land(), -SHORE_M)
    shapely.prepare(inland)
    return inland
