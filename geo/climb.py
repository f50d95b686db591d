"""Distances on a contracted network: climbs from the sites, and the places where they meet."""

from dataclasses import dataclass

import numpy as np

from geo.crossing import Gates, gates, over_core
from geo.groups import within
from geo.hierarchy import Floats, Hierarchy, Ints
from geo.prune import LESS

NEAREST = 6  # of the core nodes that a climb reaches: ways over these make most of the others needless


@dataclass(frozen=True)
class Climbs:
    """Hold the nodes that the climb of each of `count` sites reaches, by site, then node; `cost` is (rows, k)."""

    count: int
    site: Ints
    node: Ints
    cost: Floats


def climb(index: Hierarchy, count: int, gates: tuple[Ints, Ints, Floats], *, down: bool = False) -> Climbs:
    """Climb from `count` sites; `down` follows the links against their direction, for ways that lead to the site.

    `gates` say where sites touch the network: rows of site, node and (k,) costs; a site may have several. Sites at
    the same node share its climb.
    """
    site, node, cost = gates
    nodes, number = np.unique(node, return_inverse=True)
    start, reached, onward = _climb_nodes(index, nodes, down=down)
    size = np.diff(start)[number]
    row = np.repeat(np.arange(len(site)), size)
    member = start[number][row] + within(size)
    key, cost = fastest(site[row] * len(index.level) + reached[member], cost[row] + onward[member])
    site, node = np.divmod(key, len(index.level))
    kept = _needed(index, (count, site, node, cost), down=down)
    return Climbs(count, site[kept], node[kept], cost[kept])


def _needed(index: Hierarchy, climbs: tuple[int, Ints, Ints, Floats], *, down: bool) -> Ints:
    """Leave out core nodes to which the way over another one, among the nearest, is shorter."""
    count, site, node, cost = climbs
    number = index.core[node].astype(np.int64)
    inner = np.flatnonzero(number >= 0)
    if not (len(inner) and index.table.size):
        return np.arange(len(node))
    inner = inner[np.lexsort((cost[inner, 0], site[inner]))]
    size = np.bincount(site[inner], minlength=count)
    first, size = np.repeat(np.cumsum(size) - size, size), np.repeat(size, size)
    detour = np.full(len(inner), np.inf)
    for nth in range(NEAREST):
        rows = np.flatnonzero(size > nth)
        over, to = inner[first[rows] + nth], inner[rows]
        ends = (number[to], number[over]) if down else (number[over], number[to])
        detour[rows] = np.minimum(detour[rows], cost[over, 0] + index.fastest[ends])
    kept = np.ones(len(node), dtype=bool)
    kept[inner[detour < cost[inner, 0] * LESS]] = False
    return np.flatnonzero(kept)


def _climb_nodes(index: Hierarchy, nodes: Ints, *, down: bool) -> tuple[Ints, Ints, Floats]:
    """Climb from nodes; node i reaches the rows start[i]:start[i + 1] of the nodes and costs given."""
    total = len(index.level)
    weights = index.down if down else index.up
    waiting = _Waiting(index)
    waiting.put(np.arange(len(nodes)) * total + nodes, np.zeros((len(nodes), weights.shape[1])))
    done: list[tuple[Ints, Floats]] = [(np.empty(0, dtype=np.int64), np.empty((0, weights.shape[1])))]
    for level in range(index.rounds + 1):
        key, cost = waiting.take(level)
        if not len(key):
            continue
        done.append((key, cost))
        if level == index.rounds:
            break
        at = key % total
        size = index.start[at + 1] - index.start[at]
        row = np.repeat(np.arange(len(key)), size)
        link = index.start[at][row] + within(size)
        onward = cost[row] + weights[link]
        passable = np.isfinite(onward[:, 0])
        waiting.put((key - at)[row[passable]] + index.to[link[passable]], onward[passable])
    key, cost = (np.concatenate(part) for part in zip(*done, strict=True))
    order = np.argsort(key, kind="stable")
    start = np.searchsorted(key[order], np.arange(len(nodes) + 1) * total)
    return start, key[order] % total, cost[order]


class _Waiting:
    """Hold what is still to climb by the level of its node: a node is left only when all ways to it are known."""

    def __init__(self, index: Hierarchy) -> None:
        # Narrow numbers are sorted in one sweep.
        kind = np.uint16 if index.rounds < np.iinfo(np.uint16).max else np.int64
        self._level = np.where(index.level < 0, index.rounds, index.level).astype(kind)
        self._parts: list[list[tuple[Ints, Floats]]] = [[] for _ in range(index.rounds + 1)]

    def put(self, key: Ints, cost: Floats) -> None:
        """Keep what was reached until its level is taken."""
        level = self._level[key % len(self._level)]
        order = np.argsort(level, kind="stable")
        level, key, cost = level[order], key[order], cost[order]
        ends = np.r_[np.flatnonzero(level[1:] != level[:-1]) + 1, len(order)].tolist() if len(order) else []
        begin = 0
        for end in ends:
            self._parts[level[begin]].append((key[begin:end], cost[begin:end]))
            begin = end

    def take(self, level: int) -> tuple[Ints, Floats]:
        """Give what a level has, each key once at its least cost, and forget it."""
        parts, self._parts[level] = self._parts[level], []
        if not parts:
            return np.empty(0, dtype=np.int64), np.empty((0, 0))
        return fastest(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def fastest(key: Ints, cost: Floats) -> tuple[Ints, Floats]:
    """Keep of rows of the same key the one of least cost, in the order of the keys."""
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    if len(first) == len(key):
        return key, cost[order]
    decides = cost[:, 0][order]
    size = np.diff(first, append=len(key))
    group = np.repeat(np.arange(len(first)), size)
    rows = np.flatnonzero(decides == np.minimum.reduceat(decides, first)[group])
    rows = rows[np.diff(group[rows], prepend=-1) != 0]
    return key[first], cost[order[rows]]


def matrix(index: Hierarchy, origins: Climbs, destinations: Climbs) -> Floats:
    """Give the (k, n, m) costs of the best way from each origin to each destination, inf where there is none."""
    up, down = _gates(index, origins), _gates(index, destinations)
    # The core is crossed from the fewer sites.
    if origins.count > destinations.count:
        best = np.ascontiguousarray(over_core(index, down, up, back=True).transpose(0, 2, 1))
    else:
        best = over_core(index, up, down)
    _over_meetings(index, origins, destinations, best)
    return best


def _gates(index: Hierarchy, climbs: Climbs) -> Gates:
    number = index.core[climbs.node]
    rows = np.flatnonzero(number >= 0)
    return gates(climbs.count, climbs.site[rows], number[rows].astype(np.int64), climbs.cost[rows])


def _over_meetings(index: Hierarchy, origins: Climbs, destinations: Climbs, best: Floats) -> None:
    """Join the climbs at nodes below the core: ways between sites near each other."""
    low_o = np.flatnonzero(index.core[origins.node] < 0)
    low_d = np.flatnonzero(index.core[destinations.node] < 0)
    low_d = low_d[np.argsort(destinations.node[low_d], kind="stable")]
    met = destinations.node[low_d]
    first = np.searchsorted(met, origins.node[low_o], side="left")
    size = np.searchsorted(met, origins.node[low_o], side="right") - first
    row_o = np.repeat(low_o, size)
    row_d = low_d[np.repeat(first, size) + within(size)]
    pair = origins.site[row_o] * destinations.count + destinations.site[row_d]
    pair, cost = fastest(pair, origins.cost[row_o] + destinations.cost[row_d])
    flat = best.reshape(len(best), -1)
    faster = cost[:, 0] < flat[0, pair]
    flat[:, pair[faster]] = cost[faster].T
