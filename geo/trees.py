"""Ways from some nodes of a small network to all its nodes, by plain search, with every cost summed along them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

AT_ONCE = 200_000  # sums (starts times nodes) at once: keeps the working arrays small

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Mesh:
    """Hold directed links by their nodes: `key` = tail * count + head, ascending, and their (links, k) costs."""

    count: int
    key: Ints
    cost: Floats
    matrix: csr_array

    @classmethod
    def of(cls, count: int, tail: Ints, head: Ints, cost: Floats) -> "Mesh":
        """Make a mesh of links of which no two join the same nodes in the same direction; closed ones are left out."""
        passable = np.isfinite(cost[:, 0])
        key = tail[passable].astype(np.int64) * count + head[passable]
        order = np.argsort(key)
        key, cost = key[order], cost[passable][order]
        row = np.searchsorted(key, np.arange(count + 1) * count)
        # Narrow indices are what the search works with; anything else it would copy, at every call.
        matrix = csr_array((cost[:, 0].copy(), (key % count).astype(np.int32), row.astype(np.int32)), (count, count))
        return cls(count, key, cost, matrix)

    def entered(self, starts: int, start: Ints, node: Ints, cost: Floats) -> "Mesh":
        """Give the mesh with more nodes, `count` and on, that only lead into it: rows of start, node and (k,) costs."""
        total = self.count + starts
        tail, head = np.divmod(self.key, self.count)
        links = np.r_[tail, self.count + start], np.r_[head, node], np.concatenate([self.cost, cost])
        return Mesh.of(total, *links)

    def ways(self, sources: Ints) -> Floats:
        """Give the (sources, nodes, k) costs of the ways that the first cost makes best, inf where there is none."""
        result = np.empty((len(sources), self.count, self.cost.shape[1]))
        step = max(AT_ONCE // max(self.count, 1), 1)
        for first in range(0, len(sources), step):
            part = slice(first, first + step)
            result[part] = self._ways(sources[part])
        return result

    def _ways(self, sources: Ints) -> Floats:
        far, before = dijkstra(self.matrix, indices=sources, return_predecessors=True)
        flat = np.arange(before.size)
        inner = flat[before.ravel() >= 0]
        ahead = before.ravel()[inner].astype(np.int64)
        node = inner % self.count
        total = np.zeros((before.size, self.cost.shape[1]))
        total[inner] = self.cost[np.searchsorted(self.key, ahead * self.count + node)]
        above = flat  # the first node of a way leads to itself, at no cost
        above[inner] = inner - node + ahead
        # Each round adds what lies before and doubles how much of the way is known.
        while True:
            further = above[above]
            if np.array_equal(further, above):
                break
            total += total[above]
            above = further
        # What the last round knew ends at a first node, whose sums are naught.
        total[~np.isfinite(far).ravel()] = np.inf
        return total.reshape(*before.shape, -1)
