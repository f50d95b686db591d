"""Join the ends of roads to a road that passes by without a point there.

A table of points knows a crossing only where both roads have one. A connecting road as a rule ends at another numbered
road, which may have its next points a mile off on both sides.
"""

import numpy as np
import numpy.typing as npt
import shapely

from geo.joining import Links, with_junctions, with_links
from geo.road_graph import CONNECTING, FERRY, RoadGraph
from geo.snap import lines

BESIDE_M = 200.0  # a road that passes this near to an end is surely the one it ends at
BEND_M = 400.0  # one that is long enough to pass through the end itself may have its straight line this far off
JOIN_RATIO = 1.2  # over the straight line between the end and the road
LEAST_M = 1.0

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def join_ends(graph: RoadGraph, closed: Bools) -> RoadGraph:
    """Cut the road beside each end that hangs together with nothing, and lead the end there; not to `closed` links."""
    node, own = _loose(graph)
    drawn = lines(graph)
    spot = np.asarray(shapely.points(graph.xy[node]))
    row, link = shapely.STRtree(drawn).query(spot, predicate="dwithin", distance=BEND_M)
    apart = np.asarray(shapely.distance(spot[row], drawn[link]))
    open_ = ~closed[link] & (graph.road_class[link] != FERRY) & ~_same_road(graph, own[row], link)
    near = (apart <= BESIDE_M) | _passes(graph, graph.xy[node[row]], link)
    row, link, apart = (part[open_ & near] for part in (row, link, apart))
    order = np.lexsort((apart, row))
    nearest = order[np.diff(row[order], prepend=-1) != 0]
    row, link = row[nearest], link[nearest]
    share = np.asarray(shapely.line_locate_point(drawn[link], spot[row], normalized=True))
    cut, junction = with_junctions(graph, link, share)
    leg_m = np.hypot(*(cut.xy[node[row]] - cut.xy[junction]).T) * JOIN_RATIO
    legs = Links(
        ends=[(int(one), int(other)) for one, other in zip(node[row], junction, strict=True)],
        metres=np.maximum(leg_m, LEAST_M).tolist(),
        road_class=CONNECTING,
        speed_kmh=[0.0] * len(row),
        shapes=[np.empty((0, 2))] * len(row),
    )
    return with_links(cut, [legs])


def _loose(graph: RoadGraph) -> tuple[Ints, Ints]:
    """Give the nodes at which one link ends and nothing goes on, and that link; ends at a ferry's landing aside."""
    degree = np.bincount(graph.ends.ravel(), minlength=len(graph.xy))
    link, side = np.nonzero((degree[graph.ends] == 1) & (graph.road_class != FERRY)[:, None])
    return graph.ends[link, side].astype(np.int64), link


def _same_road(graph: RoadGraph, own: Ints, link: Ints) -> Bools:
    """Tell where a link is the road that ends itself: of the same number, or hanging together with its last link."""
    numbered = (graph.number[own] == graph.number[link]) & (graph.number[own] != 0)
    touching = (graph.ends[own][:, :, None] == graph.ends[link][:, None, :]).any(axis=(1, 2))
    return np.asarray(numbered | touching)


def _passes(graph: RoadGraph, spot: Floats, link: Ints) -> Bools:
    """Tell where a link is long enough to lead through a spot."""
    legs = [np.hypot(*(graph.xy[graph.ends[link, side]] - spot).T) for side in (0, 1)]
    return np.asarray(sum(legs) <= graph.metres[link])
