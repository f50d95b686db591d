"""Distances of chosen pairs on a contracted network.

What `climb.matrix` finds for all pairs of two sets of sites is found here for some of them. The way of a pair does not
depend on which others are asked for with it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from geo.climb import Climbs, fastest
from geo.groups import within
from geo.hierarchy import Floats, Hierarchy, Ints

AT_ONCE = 512  # origins: what is reached from them stays in the processor's cache


@dataclass(frozen=True)
class _Rows:
    """Hold rows of node and (rows, k) costs that stand together by site: of site i `size[i]` from `start[i]`."""

    start: Ints
    size: Ints
    node: Ints
    cost: Floats

    @classmethod
    def of(cls, climbs: Climbs, chosen: Ints, node: Ints) -> "_Rows":
        """Lay out the chosen entries site by site."""
        size = np.bincount(climbs.site[chosen], minlength=climbs.count)
        return cls(np.cumsum(size) - size, size, node[chosen], climbs.cost[chosen])

    def each(self, sites: Ints) -> tuple[Ints, Ints]:
        """Give all rows of some sites, and the place of the site of each among them."""
        size = self.size[sites]
        place = np.repeat(np.arange(len(sites)), size)
        return np.repeat(self.start[sites], size) + within(size), place


def between(index: Hierarchy, origins: Climbs, destinations: Climbs, pairs: tuple[Ints, Ints]) -> Floats:
    """Give the (k, pairs) costs of the best way from each origin to the destination beside it, inf where there is none.

    `pairs` are numbers of sites of `origins` and of `destinations`. For a core that has a table.
    """
    first, last = pairs
    best = np.full((index.up.shape[1], len(first)), np.inf)
    up, down = (_gates(index, climbs) for climbs in (origins, destinations))
    order = np.argsort(first, kind="stable")
    used, begin = np.unique(first[order], return_index=True)
    ends = np.append(begin, len(order))
    for at in range(0, len(used), AT_ONCE):
        rows = order[ends[at] : ends[min(at + AT_ONCE, len(used))]]
        best[:, rows] = _over_core(index, (up, down), (first[rows], last[rows]))
    _over_meetings(index, (origins, destinations), pairs, best)
    return best


def _gates(index: Hierarchy, climbs: Climbs) -> _Rows:
    number = index.core[climbs.node]
    return _Rows.of(climbs, np.flatnonzero(number >= 0), number.astype(np.int64))


def _over_core(index: Hierarchy, gates: tuple[_Rows, _Rows], pairs: tuple[Ints, Ints]) -> Floats:
    """Give the costs over the core: up to a gate of the origin, on through the core, down from a gate."""
    (up, down), (first, last) = gates, pairs
    sites, place = np.unique(first, return_inverse=True)
    reach = np.full((len(sites), len(index.fastest)), np.inf)
    for nth in range(int(up.size[sites].max(initial=0))):
        rows = np.flatnonzero(up.size[sites] > nth)
        at = up.start[sites[rows]] + nth
        reach[rows] = np.minimum(reach[rows], index.fastest[up.node[at]] + up.cost[at, :1])
    leave = _least(down, last, lambda rows, at: reach[place[rows], down.node[at]])
    by = np.flatnonzero(leave >= 0)
    enter = _least(up, first[by], lambda rows, at: index.fastest[up.node[at], down.node[leave[by[rows]]]])
    by, enter = by[enter >= 0], enter[enter >= 0]
    found = np.full((index.up.shape[1], len(first)), np.inf)
    costs = index.table[up.node[enter], down.node[leave[by]]] + up.cost[enter]
    found[:, by] = (costs + down.cost[leave[by]]).T
    return found


def _least(gates: _Rows, sites: Ints, through: Callable[[Ints, Ints], Floats]) -> Ints:
    """Choose for each site the gate of least cost, -1 where none leads on.

    `through` gives the cost on the other side of gates: those of some places of `sites`, and the gates' own rows.
    """
    start, size = gates.start[sites], gates.size[sites]
    best, chosen = np.full(len(sites), np.inf), np.full(len(sites), -1)
    for nth in range(int(size.max(initial=0))):
        rows = np.flatnonzero(size > nth)
        at = start[rows] + nth
        cost = through(rows, at) + gates.cost[at, 0]
        better = cost < best[rows]
        best[rows[better]], chosen[rows[better]] = cost[better], at[better]
    return chosen


def _over_meetings(index: Hierarchy, climbs: tuple[Climbs, Climbs], pairs: tuple[Ints, Ints], best: Floats) -> None:
    """Join the climbs at nodes below the core: ways between sites near each other."""
    up, down = (_Rows.of(one, np.flatnonzero(index.core[one.node] < 0), one.node) for one in climbs)
    near = _neighbours(index, (up, down), pairs)
    row_o, place_o = up.each(pairs[0][near])
    row_d, place_d = down.each(pairs[1][near])
    key_o, key_d = (
        place * len(index.level) + side.node[row] for place, side, row in ((place_o, up, row_o), (place_d, down, row_d))
    )
    at = np.searchsorted(key_d, key_o)
    met = np.flatnonzero(at < len(key_d))
    met = met[key_d[at[met]] == key_o[met]]
    pair, cost = fastest(near[place_o[met]], up.cost[row_o[met]] + down.cost[row_d[at[met]]])
    faster = cost[:, 0] < best[0, pair]
    best[:, pair[faster]] = cost[faster].T


def _neighbours(index: Hierarchy, low: tuple[_Rows, _Rows], pairs: tuple[Ints, Ints]) -> Ints:
    """Give the pairs whose climbs can meet below the core: they begin in the same part of what is left without it."""
    (a, b), (c, d) = (
        _parts(index, side, missing)[:, of] for side, missing, of in zip(low, (-1, -2), pairs, strict=True)
    )
    return np.flatnonzero((a == c) | (a == d) | (b == c) | (b == d))


def _parts(index: Hierarchy, low: _Rows, missing: int) -> Ints:
    """Tell the part, or the two parts, in which the climb of each site begins."""
    found = np.full((2, len(low.size)), missing, dtype=np.int64)
    told = np.flatnonzero(low.size)
    if len(told):
        part = index.parts[low.node]
        for row, choose in enumerate((np.minimum, np.maximum)):
            found[row, told] = choose.reduceat(part, low.start[told])
    return found
