"""Find the nearest spot on a road network for points that lie beside it."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.land import landmass
from geo.road_graph import FERRY, RoadGraph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Snapped:
    """Say where each point meets the road: link, share of the link's length from its first end, spot, and metres to it.

    `link` is -1 for points with broken coordinates.
    """

    link: Ints
    share: Floats
    xy: Floats
    access_m: Floats

    def put(self, rows: Ints, other: "Snapped") -> None:
        """Take some points' spots from elsewhere."""
        for field in fields(self):
            getattr(self, field.name)[rows] = getattr(other, field.name)


class Snapper:
    """Hold a spatial index of a network's links, without ferries and, but for `islands`, without parts cut off."""

    def __init__(self, graph: RoadGraph, *, islands: bool = False) -> None:
        whole = islands | graph.component[graph.ends].all(axis=1)
        self._links = np.flatnonzero((graph.road_class != FERRY) & whole)
        self._lines = lines(graph)[self._links]
        self._tree = shapely.STRtree(self._lines)

    def snap(self, points: Floats) -> Snapped:
        """Find the nearest spot on any link for each of the (n, 2) TM35FIN points."""
        return self._snap(points, self._tree, np.arange(len(self._links)))

    def snap_on(self, points: Floats, piece: int) -> Snapped | None:
        """Find the nearest spot on the links of one piece of land; None when it has no road."""
        here = np.flatnonzero(self._piece == piece)
        return self._snap(points, shapely.STRtree(self._lines[here]), here) if here.size else None

    @cached_property
    def _piece(self) -> Ints:
        """Give the piece of land under the middle of each link."""
        middle = shapely.line_interpolate_point(self._lines, 0.5, normalized=True)
        return landmass(shapely.get_coordinates(middle), bridged=False)

    def _snap(self, points: Floats, tree: shapely.STRtree, chosen: Ints) -> Snapped:
        count = len(points)
        link, share, xy = np.full(count, -1), np.zeros(count), np.full((count, 2), np.nan)
        access_m = np.full(count, np.nan)
        usable = np.flatnonzero(np.isfinite(points).all(axis=1))
        if usable.size:
            dots = np.asarray(shapely.points(points[usable]))
            nearest = chosen[tree.query_nearest(dots, all_matches=False)[1]]
            lines = self._lines[nearest]
            share[usable] = shapely.line_locate_point(lines, dots, normalized=True)
            spots = shapely.line_interpolate_point(lines, share[usable], normalized=True)
            link[usable] = self._links[nearest]
            xy[usable] = shapely.get_coordinates(spots)
            access_m[usable] = shapely.distance(dots, spots)
        return Snapped(link, share, xy, access_m)


def lines(graph: RoadGraph) -> npt.NDArray[np.object_]:
    """Build one LineString a link: first end, inner points, second end."""
    inner = np.diff(graph.shape_start)
    link = np.arange(len(graph.ends))
    owner = np.concatenate([link, np.repeat(link, inner), link])
    rank = np.concatenate([np.zeros(len(link)), np.ones(len(graph.shape_xy)), np.full(len(link), 2.0)])
    xy = np.vstack([graph.xy[graph.ends[:, 0]], graph.shape_xy, graph.xy[graph.ends[:, 1]]])
    order = np.lexsort((rank, owner))  # stable, so inner points keep their order
    return np.asarray(shapely.linestrings(xy[order], indices=owner[order]))
