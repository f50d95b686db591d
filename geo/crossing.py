"""The best way over the core between climbs: up to a core node, through the core, and down from a core node.

Which of its gates (the core nodes that its climb reaches) a site takes is found without a comparison a gate: costs are
rounded to a grid of binary fractions, and the number of the gate rides in the bits below it through plain additions and
minima. The costs that come out are summed anew, unrounded, along the gates found. Ways that differ by less than some
1e-13 of the longest are taken as alike.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.groups import within
from geo.hierarchy import Floats, Hierarchy, Ints

AT_ONCE = 64  # origins: their working arrays stay in the processor's cache
CELLS_AT_ONCE = 250_000  # the same, times destinations: some 40 MB a thread
THREADS = 4
MANTISSA_BITS = 52


@dataclass(frozen=True)
class Gates:
    """Hold the core nodes that the climbs of sites reach, (sites, g), and the (k, sites, g) costs, inf where no more.

    Sites with more gates come first: `site` says which each row is, `place` which row each site has, and `many[i]`
    rows have more than i gates.
    """

    site: Ints
    place: Ints
    node: Ints
    cost: Floats
    many: Ints


def gates(count: int, site: Ints, node: Ints, cost: Floats) -> Gates:
    """Lay rows of site, core node and (k,) costs out, the sites in ascending order."""
    size = np.bincount(site, minlength=count)
    widest = int(size.max(initial=0))
    order = np.argsort(-size, kind="stable")
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    column = within(size)
    nodes = np.zeros((count, widest), dtype=np.int64)
    costs = np.full((cost.shape[1], count, widest), np.inf)
    nodes[place[site], column] = node
    costs[:, place[site], column] = cost.T
    return Gates(order, place, nodes, costs, count - np.searchsorted(np.sort(size), np.arange(widest), side="right"))


@dataclass(frozen=True)
class _Scale:
    """Hold the step that costs are rounded to, and how many bits below it number the gates."""

    step: float
    bits: int

    @classmethod
    def of(cls, largest: float, gates: int) -> "_Scale":
        """Give the scale on which costs up to the largest leave room for the number of a gate."""
        bits = int(max(gates, 4) - 1).bit_length()
        return cls(2.0 ** (np.frexp(max(largest, 1e-200))[1] + bits - MANTISSA_BITS), bits)

    def rounded(self, cost: Floats) -> Floats:
        """Round to whole steps: the sum with a large number has no room for less."""
        large = 1.5 * 2.0**MANTISSA_BITS * self.step
        found = cost + large
        found -= large
        return found

    def numbered(self, cost: Floats) -> Floats:
        """Round (rows, gates) costs, and put the number of the gate into the bits below."""
        return self.rounded(cost) + np.arange(cost.shape[1]) * self.step * 2.0**-self.bits

    def parted(self, cost: Floats) -> tuple[Floats, npt.NDArray[np.int32]]:
        """Tell whole steps and the number of the gate, 0 where there is no way."""
        # The number makes up less than a whole step: taken half a step down, the nearest whole one lies below.
        whole = self.rounded(cost - self.step * (0.5 - 2.0 ** -(self.bits + 1)))
        with np.errstate(invalid="ignore"):
            number = (cost - whole) * (2.0**self.bits / self.step)
        return whole, np.fmax(number, 0.0, out=number).astype(np.int32)


def over_core(index: Hierarchy, origins: Gates, destinations: Gates, *, back: bool = False) -> Floats:
    """Give the (k, n, m) costs over the core, inf where there is no way; `back`: from destinations to origins."""
    best = np.full((index.up.shape[1], len(origins.site), len(destinations.site)), np.inf)
    if not (origins.node.size and destinations.node.size):
        return best
    kind = _Table if index.table.size else _Search
    core = kind(index, origins, destinations, back=back)
    step = max(min(AT_ONCE, CELLS_AT_ONCE // max(len(destinations.site), core.width)), 1)
    parts = [slice(first, min(first + step, len(origins.site))) for first in range(0, len(origins.site), step)]
    downs = destinations.cost.reshape(len(best), -1).T.copy()

    def cross(part: slice) -> None:
        reach = core.reach(part)
        through = _down(reach.cost, core.column, reach.scale.numbered(destinations.cost[0]), destinations.many)
        _, gate = reach.scale.parted(through)
        # From here on in the order that was asked for: destinations of an origin side by side.
        flat = np.take(gate, destinations.place, axis=0).T + destinations.place * destinations.node.shape[1]
        sums = core.sums(part, reach, flat)
        sums += np.take(downs, flat, axis=0)
        sums[~np.isfinite(np.take(through, destinations.place, axis=0).T)] = np.inf
        best[:, origins.site[part]] = sums.transpose(2, 0, 1)

    if len(parts) == 1:
        cross(parts[0])
        return best
    # NumPy lets other threads run while it reckons, and each part has rows of its own.
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        list(pool.map(cross, parts))
    return best


def _down(reach: Floats, column: Ints, down: Floats, many: Ints) -> Floats:
    """Give the best cost over any gate, (destinations, origins), of the costs to the gates and down from them."""
    through = np.full((len(column), reach.shape[1]), np.inf)
    spare = np.empty_like(through)
    for gate, rows in enumerate(many):
        other = np.take(reach, column[:rows, gate], axis=0, out=spare[:rows], mode="clip")
        other += down[:rows, gate, None]
        np.minimum(through[:rows], other, out=through[:rows])
    return through


@dataclass(frozen=True)
class _Reach:
    """Hold the rounded costs from some origins, (nodes, origins), and what tells the ways behind them."""

    cost: Floats
    scale: _Scale
    ways: npt.NDArray[Any]


class _Table:
    """Know the costs from origins to the gates of destinations by the table of the core."""

    def __init__(self, index: Hierarchy, origins: Gates, destinations: Gates, *, back: bool) -> None:
        self._table = np.asarray(index.table).reshape(-1, index.table.shape[2])
        self._size = len(index.table)
        self._origins, self._destinations, self._back = origins, destinations, back
        rows, self._row = _used(origins.node, self._size)
        columns, self.column = _used(destinations.node, self._size)
        fastest = np.asarray(index.fastest)
        block = fastest[columns[:, None], rows].T if back else fastest[rows[:, None], columns]
        self.width = len(columns)
        largest = sum(_largest(part) for part in (block, origins.cost[0], destinations.cost[0]))
        self._scale = _Scale.of(largest, max(origins.node.shape[1], destinations.node.shape[1]))
        self._block = np.ascontiguousarray(self._scale.rounded(block))
        self._up = self._scale.numbered(origins.cost[0])
        self._ups = origins.cost.reshape(len(origins.cost), -1).T.copy()

    def reach(self, part: slice) -> _Reach:
        """Give the rounded cost from some origins to each gate."""
        row, up = self._row[part], self._up[part]
        reach = np.full((len(row), self.width), np.inf)
        spare = np.empty_like(reach)
        for nth, many in enumerate(self._origins.many - part.start):
            rows = max(min(int(many), len(row)), 0)
            other = np.take(self._block, row[:rows, nth], axis=0, out=spare[:rows], mode="clip")
            other += up[:rows, nth, None]
            np.minimum(reach[:rows], other, out=reach[:rows])
        whole, gate = self._scale.parted(reach)
        return _Reach(np.ascontiguousarray(whole.T), self._scale, gate)

    def sums(self, part: slice, reach: _Reach, flat: Ints) -> Floats:
        """Give all costs, (origins, destinations, k), to the chosen gate of each destination."""
        row = np.arange(part.stop - part.start)[:, None]
        gate = np.take(reach.ways, np.take(self.column, flat) + row * self.width)
        first = gate + (row + part.start) * self._origins.node.shape[1]
        ends = [np.take(self._origins.node, first), np.take(self._destinations.node, flat)]
        sums: Floats = np.take(self._table, ends[self._back] * self._size + ends[not self._back], axis=0)
        sums += np.take(self._ups, first, axis=0)
        return sums


class _Search:
    """Know the costs from origins to the gates of destinations by a search through the core."""

    def __init__(self, index: Hierarchy, origins: Gates, destinations: Gates, *, back: bool) -> None:
        self.column = destinations.node
        self._down = destinations.cost[0]
        site, gate = np.nonzero(np.isfinite(origins.cost[0]))
        inner = index.core_mesh_back if back else index.core_mesh
        self._inner = inner.count
        self._mesh = inner.entered(len(origins.site), site, origins.node[site, gate], origins.cost[:, site, gate].T)
        self.width = self._mesh.count

    def reach(self, part: slice) -> _Reach:
        """Give the rounded cost from some origins to each core node."""
        found = self._mesh.ways(self._inner + np.arange(part.start, part.stop))
        scale = _Scale.of(_largest(found[..., 0]) + _largest(self._down), self._down.shape[1])
        return _Reach(np.ascontiguousarray(scale.rounded(found[..., 0]).T), scale, found)

    def sums(self, part: slice, reach: _Reach, flat: Ints) -> Floats:
        """Give all costs, (origins, destinations, k), to the chosen gate of each destination."""
        row = np.arange(part.stop - part.start)[:, None]
        return np.asarray(reach.ways[row, np.take(self.column, flat)], dtype=np.float64)


def _used(node: Ints, size: int) -> tuple[Ints, Ints]:
    """Give the core nodes that stand in an array, ascending, and for each place of the array which of them it is."""
    used = np.zeros(size, dtype=bool)
    used[node] = True
    return np.flatnonzero(used), (np.cumsum(used) - 1)[node]


def _largest(cost: Floats) -> float:
    return float(np.max(cost, initial=0.0, where=np.isfinite(cost)))
