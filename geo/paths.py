"""Fastest ways through a road network: minutes decide, metres are summed along the way."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.road_graph import FERRY, RoadGraph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

METRES, TRUCK_MINUTES, FERRY_METRES = 0, 1, 2  # the columns that are summed along a way


@dataclass(frozen=True)
class Starts:
    """Hold where ways begin: each start leads to two nodes at a cost in minutes."""

    nodes: Ints  # (s, 2)
    minutes: Floats  # (s, 2)


@dataclass(frozen=True)
class Ways:
    """Hold the fastest ways from s starts to all nodes."""

    minutes: Floats  # (s, n)
    sums: Floats  # (3, s, n), from the first node of the way on; see the column numbers
    first: Ints  # (s, n), the first node of the way
    previous: Ints  # (s, n), the node before, -1 at the first node of a way and where there is none


class Network:
    """Hold the network as a sparse matrix whose entries know their link."""

    def __init__(self, graph: RoadGraph) -> None:
        one, other = graph.ends.T.astype(np.int64)
        link = np.arange(len(graph.ends))
        start, end, both = np.r_[one, other], np.r_[other, one], np.r_[link, link]
        minutes = graph.route_minutes[both]
        order = np.lexsort((minutes, end, start))
        start, end, both, minutes = start[order], end[order], both[order], minutes[order]
        # Of parallel links only the fastest is of use; a loop is of none.
        key = start * len(graph.xy) + end
        first = np.r_[True, key[1:] != key[:-1]] & (start != end)
        self.count = len(graph.xy)
        self._key, self._link = key[first], both[first]
        self._end, self._minutes = end[first].astype(np.int32), minutes[first]
        self._row = np.searchsorted(start[first], np.arange(self.count + 1)).astype(np.int32)
        ferry_m = np.where(graph.road_class == FERRY, graph.metres, 0.0)
        self._columns = np.vstack([graph.metres, graph.truck_minutes, ferry_m])

    def link_between(self, start: Ints, end: Ints) -> Ints:
        """Give the link from each start node to the end node beside it."""
        return np.asarray(self._link[np.searchsorted(self._key, start * self.count + end)])

    def ways(self, starts: Starts) -> Ways:
        """Find the fastest ways from every start to every node."""
        count = len(starts.nodes)
        # Each start is one more node that only leads away, so one search a start does for both of its ends.
        rows = self._row[-1] + 2 * np.arange(1, count + 1, dtype=np.int32)
        shape = (self.count + count, self.count + count)
        data = np.r_[self._minutes, np.maximum(starts.minutes, 1e-9).ravel()]
        matrix = csr_array(
            (data, np.r_[self._end, starts.nodes.ravel().astype(np.int32)], np.r_[self._row, rows]), shape=shape
        )
        minutes, before = dijkstra(matrix, indices=self.count + np.arange(count), return_predecessors=True)
        minutes, before = minutes[:, : self.count], before[:, : self.count].astype(np.int64)
        previous = np.where((before < 0) | (before >= self.count), -1, before)
        return Ways(minutes, *self._follow(previous), previous)

    def _follow(self, previous: Ints) -> tuple[Floats, Ints]:
        """Add up the columns along each way and find its first node, looking back twice as far every round."""
        starts, nodes = previous.shape
        before = previous.ravel()
        cell = np.arange(before.size)
        inner = np.flatnonzero(before >= 0)
        sums = np.zeros((len(self._columns), before.size))
        sums[:, inner] = self._columns[:, self.link_between(before[inner], inner % nodes)]
        ancestor = cell.copy()
        ancestor[inner] += before[inner] - inner % nodes
        while True:
            further = ancestor[ancestor]
            if np.array_equal(further, ancestor):
                return sums.reshape(-1, starts, nodes), (ancestor % nodes).reshape(starts, nodes)
            for index in range(len(sums)):
                sums[index] += sums[index][ancestor]
            ancestor = further

    @staticmethod
    def trace(ways: Ways, row: int, node: int) -> list[int]:
        """Give the nodes of the way from start `row` to `node`, first to last."""
        path = [node]
        while ways.previous[row, path[-1]] >= 0:
            path.append(int(ways.previous[row, path[-1]]))
        return path[::-1]
