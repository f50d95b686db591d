"""Fastest ways through a road network by plain search: for the line of a way, and as the measure of the index."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.road_graph import RoadGraph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CLOSED_MINUTES = 1e12  # stands for a start that doesn't lead to a node: the search knows no infinite link


@dataclass(frozen=True)
class Starts:
    """Hold where ways begin: each start leads to two nodes at a cost in minutes, infinite where it doesn't."""

    nodes: Ints  # (s, 2)
    minutes: Floats  # (s, 2)


@dataclass(frozen=True)
class Ways:
    """Hold the fastest ways from s starts to all nodes."""

    minutes: Floats  # (s, n)
    previous: Ints  # (s, n), the node before, -1 at the first node of a way and where there is none


class Network:
    """Hold the network as a sparse matrix whose entries know their link."""

    def __init__(self, graph: RoadGraph) -> None:
        start, end, link = graph.directed
        minutes = graph.route_minutes[link]
        order = np.lexsort((minutes, end, start))
        start, end, link, minutes = start[order], end[order], link[order], minutes[order]
        # Of parallel links only the fastest is of use; a loop is of none.
        key = start * len(graph.xy) + end
        first = (np.diff(key, prepend=-1) != 0) & (start != end)
        self.count = len(graph.xy)
        self._key, self._link = key[first], link[first]
        self._end, self._minutes = end[first].astype(np.int32), minutes[first]
        self._row = np.searchsorted(start[first], np.arange(self.count + 1)).astype(np.int32)

    def link_between(self, start: Ints, end: Ints) -> Ints:
        """Give the link from each start node to the end node beside it."""
        return np.asarray(self._link[np.searchsorted(self._key, start * self.count + end)])

    def ways(self, starts: Starts, limit_minutes: float = np.inf) -> Ways:
        """Find the fastest ways from every start to every node within the limit."""
        count = len(starts.nodes)
        # Each start is one more node that only leads away, so one search a start does for both of its ends.
        rows = self._row[-1] + 2 * np.arange(1, count + 1, dtype=np.int32)
        shape = (self.count + count, self.count + count)
        leaving = np.clip(starts.minutes, 1e-9, CLOSED_MINUTES).ravel()
        ends = np.r_[self._end, starts.nodes.ravel().astype(np.int32)]
        matrix = csr_array((np.r_[self._minutes, leaving], ends, np.r_[self._row, rows]), shape=shape)
        minutes, before = dijkstra(
            matrix, indices=self.count + np.arange(count), return_predecessors=True, limit=limit_minutes
        )
        minutes, before = minutes[:, : self.count], before[:, : self.count].astype(np.int64)
        previous = np.where((before < 0) | (before >= self.count), -1, before)
        return Ways(np.where(minutes < CLOSED_MINUTES, minutes, np.inf), previous)

    @staticmethod
    def trace(ways: Ways, row: int, node: int) -> list[int]:
        """Give the nodes of the way from start `row` to `node`, first to last."""
        path = [node]
        while ways.previous[row, path[-1]] >= 0:
            path.append(int(ways.previous[row, path[-1]]))
        return path[::-1]
