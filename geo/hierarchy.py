"""A contraction index: what makes thousands of road distances a matter of a second.

Nodes of few neighbours leave the network in rounds, each leaving shortcuts between its neighbours, until a small core
is left whose distances are kept as a table. A way then climbs from both its ends: through the nodes that left later
than the one before, to the core or to a node where both climbs meet. The rounds, the climbs and the meeting are each
done for all nodes and all sites at once. The first cost of a link decides the way, the others are summed along it.

The idea of contracting in order of importance is that of customizable contraction hierarchies (Dibbelt, Strasser and
Wagner 2016); the rounds, the dense core and the joined climbs are this module's own.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CORE_NODES = 800  # at most: a larger core makes the search shorter, and its table dearer
CORE_SHARE = 4.3  # of the root of the number of nodes, for small networks
# Of the nodes that could leave in a round only those with few neighbours do: late, dense ones are left for the core.
LEAVING_QUANTILE = 0.6
DEGREE_WEIGHT = 4

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Hierarchy:
    """Hold the contracted network.

    Attributes
    ----------
    level : (n,) round in which a node left; -1 for the core.
    start, to : climbing links of node v are to[start[v]:start[v + 1]].
    up, down : (links, k) costs from the node to `to`, and from `to` back to the node; the first column decides.
    core : (n,) number of a core node in the table, -1 for the others.
    table : (k, c, c) costs between core nodes.
    """

    level: npt.NDArray[np.int32]
    start: Ints
    to: npt.NDArray[np.int32]
    up: Floats
    down: Floats
    core: npt.NDArray[np.int32]
    table: Floats

    @property
    def rounds(self) -> int:
        """Tell how many rounds there were."""
        return int(self.level.max(initial=-1)) + 1


@dataclass(frozen=True)
class _Links:
    """Links between nodes a < b: key = a * n + b ascending; costs there and back, inf where closed."""

    key: Ints
    there: Floats
    back: Floats


def build(nodes: int, tail: Ints, head: Ints, cost: Floats) -> Hierarchy:
    """Contract the network of directed links from `tail` to `head`, each with its row of (links, k) costs."""
    links = _undirected(nodes, tail.astype(np.int64), head.astype(np.int64), cost)
    level = np.full(nodes, -1, dtype=np.int32)
    noise = np.random.default_rng(0).permutation(nodes)
    depth = np.zeros(nodes, dtype=np.int64)
    climbs: list[tuple[Ints, Ints, Floats, Floats]] = []
    remaining = nodes
    core = min(CORE_NODES, int(CORE_SHARE * np.sqrt(nodes)))
    while remaining > core:
        leaving = _leaving(links, level < 0, depth, noise, remaining - core)
        level[leaving] = len(climbs)
        links, climb = _leave(links, leaving)
        climbs.append(climb)
        np.maximum.at(depth, climb[1], depth[climb[0]] + 1)
        remaining -= int(leaving.sum())
    return _assemble(level, climbs, links)


def _undirected(nodes: int, tail: Ints, head: Ints, cost: Floats) -> _Links:
    loop = tail == head
    tail, head, cost = tail[~loop], head[~loop], cost[~loop]
    onward = (tail < head)[:, None]
    closed = np.full_like(cost, np.inf)
    key = np.minimum(tail, head) * nodes + np.maximum(tail, head)
    return _merged(key, np.where(onward, cost, closed), np.where(onward, closed, cost))


def _merged(key: Ints, there: Floats, back: Floats) -> _Links:
    """Keep of links between the same nodes the fastest each way."""
    order = np.argsort(key, kind="stable")
    key, there, back = key[order], there[order], back[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    several = np.diff(first, append=len(key))
    result = _Links(key[first], there[first], back[first])
    rows = np.flatnonzero(several > 1)
    nth = 1
    while len(rows):
        _improve(result.there, rows, there[first[rows] + nth])
        _improve(result.back, rows, back[first[rows] + nth])
        nth += 1
        rows = rows[several[rows] > nth]
    return result


def _improve(cost: Floats, rows: Ints, other: Floats) -> None:
    faster = other[:, 0] < cost[rows, 0]
    cost[rows[faster]] = other[faster]


def _leaving(links: _Links, present: Bools, depth: Ints, noise: Ints, most: int) -> Bools:
    """Choose nodes of which no two are neighbours, those of few neighbours and low depth first."""
    nodes = len(present)
    low, high = np.divmod(links.key, nodes)
    degree = np.bincount(low, minlength=nodes) + np.bincount(high, minlength=nodes)
    priority = (DEGREE_WEIGHT * degree + depth) * nodes + noise
    loses = np.zeros(nodes, dtype=bool)
    lower = priority[low] < priority[high]
    loses[high[lower]] = True
    loses[low[~lower]] = True
    chosen = present & ~loses
    chosen &= degree <= max(2.0, np.quantile(degree[chosen], LEAVING_QUANTILE))
    surplus = int(chosen.sum()) - most
    if surplus > 0:
        candidates = np.flatnonzero(chosen)
        chosen[candidates[np.argsort(priority[candidates])[-surplus:]]] = False
    return np.asarray(chosen)


def _leave(links: _Links, leaving: Bools) -> tuple[_Links, tuple[Ints, Ints, Floats, Floats]]:
    """Take nodes out, and put in a shortcut between every two neighbours of each."""
    nodes = len(leaving)
    low, high = np.divmod(links.key, nodes)
    at_low, at_high = leaving[low], leaving[high]
    node = np.concatenate([low[at_low], high[at_high]])
    neighbour = np.concatenate([high[at_low], low[at_high]])
    order = np.lexsort((neighbour, node))
    node, neighbour = node[order], neighbour[order]
    out = np.concatenate([links.there[at_low], links.back[at_high]])[order]
    into = np.concatenate([links.back[at_low], links.there[at_high]])[order]
    first, second = _pairs(node)
    shortcuts = _merged(
        neighbour[first] * nodes + neighbour[second], into[first] + out[second], into[second] + out[first]
    )
    stays = ~(at_low | at_high)
    kept = _Links(links.key[stays], links.there[stays], links.back[stays])
    return _joined(kept, shortcuts), (node, neighbour, out, into)


def _pairs(group: Ints) -> tuple[Ints, Ints]:
    """Give all pairs of rows i < j of the same group; the groups stand together."""
    start = np.flatnonzero(np.diff(group, prepend=-1))
    size = np.diff(start, append=len(group))
    partners = np.repeat(start + size, size) - np.arange(len(group)) - 1
    first = np.repeat(np.arange(len(group)), partners)
    return first, first + 1 + within(partners)


def within(sizes: Ints) -> Ints:
    """Count 0, 1, 2, ... within each group of the given sizes."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)


def _joined(links: _Links, shortcuts: _Links) -> _Links:
    """Put shortcuts among links, both in the order of their keys."""
    place = np.searchsorted(links.key, shortcuts.key)
    known = np.zeros(len(place), dtype=bool)
    inside = place < len(links.key)
    known[inside] = links.key[place[inside]] == shortcuts.key[inside]
    _improve(links.there, place[known], shortcuts.there[known])
    _improve(links.back, place[known], shortcuts.back[known])
    at = place[~known]
    return _Links(
        np.insert(links.key, at, shortcuts.key[~known]),
        np.insert(links.there, at, shortcuts.there[~known], axis=0),
        np.insert(links.back, at, shortcuts.back[~known], axis=0),
    )


def _assemble(level: npt.NDArray[np.int32], climbs: list[tuple[Ints, Ints, Floats, Floats]], rest: _Links) -> Hierarchy:
    nodes = len(level)
    none = np.empty((0, rest.there.shape[1]))
    empty = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), none, none)
    node, to, up, down = (np.concatenate(part) for part in zip(empty, *climbs, strict=True))
    order = np.argsort(node, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=nodes))]).astype(np.int64)
    members = np.flatnonzero(level < 0)
    core = np.full(nodes, -1, dtype=np.int32)
    core[members] = np.arange(len(members), dtype=np.int32)
    low, high = np.divmod(rest.key, nodes)
    table = _core_table(len(members), core[low], core[high], rest)
    return Hierarchy(level, start, to[order].astype(np.int32), up[order], down[order], core, table)


def _core_table(size: int, low: npt.NDArray[np.int32], high: npt.NDArray[np.int32], links: _Links) -> Floats:
    """Find the fastest way between all core nodes (Floyd and Warshall, a whole round of the inner loops at once)."""
    table = np.full((links.there.shape[1], size, size), np.inf)
    table[:, np.arange(size), np.arange(size)] = 0.0
    table[:, low, high] = links.there.T
    table[:, high, low] = links.back.T
    decides = table[0]
    for via in range(size):
        # Only rows that reach `via` at all can gain by it.
        rows = np.flatnonzero(np.isfinite(decides[:, via]))
        at, column = np.nonzero(decides[rows, via, None] + decides[via] < decides[rows])
        row = rows[at]
        table[:, row, column] = table[:, row, via] + table[:, via, column]
    return table
