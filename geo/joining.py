"""Add links to a road network, and junctions in the middle of those it has."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.ops import substring

from geo.road_graph import RoadGraph

NEAR_END_M = 1.0  # a junction this near to the end of a link is that end

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Links:
    """Hold links to add: their ends, metres, class, speed and inner points, and the road they belong to."""

    ends: list[tuple[int, int]]
    metres: list[float]
    road_class: int
    speed_kmh: list[float]
    shapes: list[Floats]
    number: int = 0


def with_links(graph: RoadGraph, added: list[Links]) -> RoadGraph:
    """Give the network with more links between its nodes, driven both ways."""
    ends = np.array([pair for links in added for pair in links.ends]).reshape(-1, 2)
    shapes = [shape for links in added for shape in links.shapes]
    classes = [links.road_class for links in added for _ in links.ends]
    numbers = [links.number for links in added for _ in links.ends]
    starts = graph.shape_start[-1] + np.cumsum([len(shape) for shape in shapes])
    return replace(
        graph,
        ends=np.vstack([graph.ends, ends]).astype(np.int32),
        metres=np.r_[graph.metres, [metres for links in added for metres in links.metres]],
        road_class=np.r_[graph.road_class, classes].astype(np.int32),
        number=np.r_[graph.number, numbers].astype(np.int32),
        oneway=np.r_[graph.oneway, np.zeros(len(ends), dtype=bool)],
        speed_kmh=np.r_[graph.speed_kmh, [speed for links in added for speed in links.speed_kmh]],
        shape_xy=np.vstack([graph.shape_xy, *shapes]),
        shape_start=np.r_[graph.shape_start, starts].astype(np.int32),
    )


def with_junctions(graph: RoadGraph, link: Ints, share: Floats) -> tuple[RoadGraph, Ints]:
    """Cut links, driven both ways, at shares of their lengths; give the network and the node at each cut.

    The pieces of a cut link come behind all others.
    """
    node = np.empty(len(link), dtype=np.int64)
    spots, pieces = [graph.xy], []
    for number in np.unique(link).tolist():
        rows = np.flatnonzero(link == number)
        stops = _stops(graph, number, share[rows], sum(map(len, spots)))
        cuts, nodes = (np.array(part) for part in zip(*stops, strict=True))
        node[rows] = nodes[np.abs(cuts - share[rows][:, None]).argmin(axis=1)]
        line = shapely.LineString(graph.line(number))
        spots.append(shapely.get_coordinates(shapely.line_interpolate_point(line, cuts[1:-1], normalized=True)))
        pieces.append(_pieces(graph, number, stops))
    kept = np.ones(len(graph.ends), dtype=bool)
    kept[link] = False
    return with_links(_only(replace(graph, xy=np.vstack(spots)), kept), pieces), node


def _stops(graph: RoadGraph, link: int, share: Floats, first: int) -> list[tuple[float, int]]:
    """Give the shares at which a link is cut with their nodes, its ends before and behind; new nodes from `first`."""
    apart = NEAR_END_M / graph.metres[link]
    one, other = graph.ends[link].tolist()
    stops = [(0.0, one)]
    for at in sorted(share.tolist()):
        if stops[-1][0] + apart < at < 1.0 - apart:
            stops.append((at, first + len(stops) - 1))
    return [*stops, (1.0, other)]


def _pieces(graph: RoadGraph, link: int, stops: list[tuple[float, int]]) -> Links:
    line = shapely.LineString(graph.line(link))
    legs = list(pairwise(stops))
    return Links(
        ends=[(start[1], end[1]) for start, end in legs],
        metres=[float((end[0] - start[0]) * graph.metres[link]) for start, end in legs],
        road_class=int(graph.road_class[link]),
        speed_kmh=[float(graph.speed_kmh[link])] * len(legs),
        shapes=[
            shapely.get_coordinates(substring(line, start[0], end[0], normalized=True))[1:-1] for start, end in legs
        ],
        number=int(graph.number[link]),
    )


def _only(graph: RoadGraph, kept: Bools) -> RoadGraph:
    """Leave links out, but none of the nodes."""
    size = np.diff(graph.shape_start)
    return replace(
        graph,
        ends=graph.ends[kept],
        metres=graph.metres[kept],
        road_class=graph.road_class[kept],
        number=graph.number[kept],
        oneway=graph.oneway[kept],
        speed_kmh=graph.speed_kmh[kept],
        shape_xy=graph.shape_xy[np.repeat(kept, size)],
        shape_start=np.r_[0, np.cumsum(size[kept])].astype(np.int32),
    )
