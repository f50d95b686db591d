"""Find the nearest spot on a road network for points that lie beside it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

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


class Snapper:
    """Hold a spatial index of a network's links; points are never snapped onto a ferry or a part cut off."""

    def __init__(self, graph: RoadGraph) -> None:
        self._links = np.flatnonzero((graph.road_class != FERRY) & graph.component[graph.ends].all(axis=1))
        self._lines = lines(graph)[self._links]
        self._tree = shapely.STRtree(self._lines)

    def snap(self, points: Floats) -> Snapped:
        """Find the nearest spot on any link for each of the (n, 2) TM35FIN points."""
        count = len(points)
        link, share, xy = np.full(count, -1), np.zeros(count), np.full((count, 2), np.nan)
        access_m = np.full(count, np.nan)
        usable = np.flatnonzero(np.isfinite(points).all(axis=1))
        if usable.size:
            dots = np.asarray(shapely.points(points[usable]))
            nearest = self._tree.query_nearest(dots, all_matches=False)[1]
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
