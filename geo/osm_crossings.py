"""Make every ferry crossing one link from shore to shore: a crossing is waited for once, however it is mapped."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from config import factors
from geo.road_graph import FERRY, RoadGraph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Crossing:
    ends: tuple[int, int]
    metres: float
    minutes: float
    line: Floats


def whole_crossings(graph: RoadGraph) -> RoadGraph:
    """Replace the pieces of ferry routes by one link a pair of landings; what reaches no landing falls away.

    A landing is a node that a road also touches. No crossing leads through another landing.
    """
    afloat = graph.road_class == FERRY
    return _with(graph, ~afloat, _crossings(graph, np.flatnonzero(afloat))) if afloat.any() else graph


def _crossings(graph: RoadGraph, pieces: Ints) -> list[_Crossing]:
    used, ends = np.unique(graph.ends[pieces], return_inverse=True)
    ends = ends.reshape(-1, 2)
    landing = np.isin(used, np.delete(graph.ends, pieces, axis=0))
    shores = np.flatnonzero(landing)
    if not len(shores):
        return []
    minutes = _minutes(graph, pieces)
    sailing, before = _search(ends, minutes, landing)
    piece = {(int(a), int(b)): number for number in np.argsort(-minutes) for a, b in (ends[number], ends[number][::-1])}
    found = []
    for row, column in zip(*np.nonzero(np.isfinite(sailing[:, shores])), strict=True):
        if row >= column:
            continue
        path = _path(before[row], int(shores[column]), len(used))
        numbers = [piece[pair] for pair in pairwise(path)]
        line = [_turned(graph, int(pieces[n]), int(used[a])) for n, a in zip(numbers, path[:-1], strict=True)]
        found.append(
            _Crossing(
                ends=(int(used[path[0]]), int(used[path[-1]])),
                metres=float(graph.metres[pieces[numbers]].sum()),
                minutes=float(minutes[numbers].sum()),
                line=np.vstack(line),
            )
        )
    return found


def _minutes(graph: RoadGraph, pieces: Ints) -> Floats:
    """Give the minutes under way, without any wait."""
    speed = graph.speed_kmh[pieces]
    speed = np.where(speed > 0, speed, factors.value("speed.ferry"))
    return np.asarray(np.maximum(graph.metres[pieces], 1.0) * 0.06 / speed)


def _search(ends: Ints, minutes: Floats, landing: Bools) -> tuple[Floats, Ints]:
    """Find the fastest ways from each landing; who lands stays there, so a landing leaves by a second number."""
    count = len(landing)
    tail, head, cost = np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]], np.r_[minutes, minutes]
    tail = np.where(landing[tail], tail + count, tail)
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    first = (np.diff(tail, prepend=-1) != 0) | (np.diff(head, prepend=-1) != 0)
    network = csr_array((cost[first], (tail[first], head[first])), shape=(2 * count, 2 * count))
    sailing, before = dijkstra(network, indices=count + np.flatnonzero(landing), return_predecessors=True)
    return sailing, before.astype(np.int64)


def _path(before: Ints, target: int, count: int) -> list[int]:
    path = [target]
    at = target
    while before[at] >= 0:
        at = int(before[at])
        path.append(at % count)
    return path[::-1]


def _turned(graph: RoadGraph, link: int, start: int) -> Floats:
    line = graph.line(link)
    return line if graph.ends[link, 0] == start else line[::-1]


def _with(graph: RoadGraph, roads: Bools, crossings: list[_Crossing]) -> RoadGraph:
    """Give the roads and the crossings as one network, with only the nodes they need."""
    inner = np.diff(graph.shape_start)
    kept = np.repeat(roads, inner)
    new = len(crossings)
    minutes = np.array([crossing.minutes for crossing in crossings])
    metres = np.array([crossing.metres for crossing in crossings])
    lines = [crossing.line[1:-1] for crossing in crossings]
    both = np.vstack([graph.ends[roads], *([crossing.ends] for crossing in crossings)])
    used, ends = np.unique(both, return_inverse=True)
    return RoadGraph(
        xy=graph.xy[used],
        ends=ends.reshape(-1, 2).astype(np.int32),
        metres=np.r_[graph.metres[roads], metres],
        road_class=np.r_[graph.road_class[roads], np.full(new, FERRY)].astype(np.int32),
        number=np.r_[graph.number[roads], np.zeros(new)].astype(np.int32),
        oneway=np.r_[graph.oneway[roads], np.zeros(new, dtype=bool)],
        speed_kmh=np.r_[graph.speed_kmh[roads], metres * 0.06 / minutes],
        shape_xy=np.vstack([graph.shape_xy[kept], *lines]),
        shape_start=np.cumsum(np.r_[0, inner[roads], [len(line) for line in lines]]).astype(np.int32),
        source=graph.source,
        date=graph.date,
    )
