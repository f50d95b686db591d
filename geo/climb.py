"""Distances on a contracted network: climbs from the sites, and the places where they meet."""

from dataclasses import dataclass

import numpy as np

from geo.hierarchy import Floats, Hierarchy, Ints, within

CHUNK = 64  # origins at once: keeps the working arrays of a large matrix in the processor's cache


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
    key, cost = _fastest(site[row] * len(index.level) + reached[member], cost[row] + onward[member])
    return Climbs(count, key // len(index.level), key % len(index.level), cost)


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
        self._level = np.where(index.level < 0, index.rounds, index.level)
        self._parts: list[list[tuple[Ints, Floats]]] = [[] for _ in range(index.rounds + 1)]

    def put(self, key: Ints, cost: Floats) -> None:
        level = self._level[key % len(self._level)]
        order = np.argsort(level, kind="stable")
        starts = np.flatnonzero(np.diff(level[order], prepend=-1))
        for rows in np.split(order, starts[1:]) if len(order) else []:
            self._parts[level[rows[0]]].append((key[rows], cost[rows]))

    def take(self, level: int) -> tuple[Ints, Floats]:
        parts, self._parts[level] = self._parts[level], []
        if not parts:
            return np.empty(0, dtype=np.int64), np.empty((0, 0))
        return _fastest(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _fastest(key: Ints, cost: Floats) -> tuple[Ints, Floats]:
    order = np.lexsort((cost[:, 0], key))
    key, cost = key[order], cost[order]
    first = np.diff(key, prepend=-1) != 0
    return key[first], cost[first]


def matrix(index: Hierarchy, origins: Climbs, destinations: Climbs) -> Floats:
    """Give the (k, n, m) costs of the best way from each origin to each destination, inf where there is none."""
    best = np.full((index.up.shape[1], origins.count, destinations.count), np.inf)
    _over_core(index, origins, destinations, best)
    _over_meetings(index, origins, destinations, best)
    return best


def _padded(index: Hierarchy, climbs: Climbs) -> tuple[Ints, Floats]:
    """Lay the core nodes of each climb out as rows of equal length, (sites, gates) and (k, sites, gates)."""
    rows = np.flatnonzero(index.core[climbs.node] >= 0)
    site = climbs.site[rows]
    size = np.bincount(site, minlength=climbs.count)
    shape = (climbs.count, max(int(size.max(initial=0)), 1))
    column = within(size)
    core = np.zeros(shape, dtype=np.int64)
    cost = np.full((climbs.cost.shape[1], *shape), np.inf)
    core[site, column] = index.core[climbs.node[rows]]
    cost[:, site, column] = climbs.cost[rows].T
    return core, cost


def _over_core(index: Hierarchy, origins: Climbs, destinations: Climbs, best: Floats) -> None:
    """Go up to a core node, over the table, and down from a core node; the choice is kept, then all costs summed."""
    if not index.table.shape[1]:
        return
    core_o, cost_o = _padded(index, origins)
    core_d, cost_d = _padded(index, destinations)
    for first in range(0, origins.count, CHUNK):
        part = slice(first, first + CHUNK)
        reach = _reach(index, core_o[part], cost_o[:, part])
        decides, gate = reach[0][:, core_d[:, 0]] + cost_d[0, :, 0], np.zeros(best[0, part].shape, dtype=np.int64)
        for number in range(1, core_d.shape[1]):
            through = reach[0][:, core_d[:, number]] + cost_d[0, :, number]
            faster = through < decides
            np.copyto(decides, through, where=faster)
            gate[faster] = number
        column = np.arange(destinations.count)
        row = np.arange(len(gate))[:, None]
        best[:, part] = reach[:, row, core_d[column, gate]] + cost_d[:, column, gate]


def _reach(index: Hierarchy, core: Ints, cost: Floats) -> Floats:
    """Give the (k, sites, c) costs from each site to every core node."""
    decides, gate = (
        cost[0, :, 0, None] + index.table[0][core[:, 0]],
        np.zeros((len(core), index.table.shape[1]), np.int64),
    )
    for number in range(1, core.shape[1]):
        through = cost[0, :, number, None] + index.table[0][core[:, number]]
        faster = through < decides
        np.copyto(decides, through, where=faster)
        gate[faster] = number
    row = np.arange(len(core))[:, None]
    return np.asarray(cost[:, row, gate] + index.table[:, core[row, gate], np.arange(index.table.shape[1])])


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
    pair, cost = _fastest(pair, origins.cost[row_o] + destinations.cost[row_d])
    flat = best.reshape(len(best), -1)
    faster = cost[:, 0] < flat[0, pair]
    flat[:, pair[faster]] = cost[faster].T
