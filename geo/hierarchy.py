"""A contraction index: what makes thousands of road distances a matter of a second.

Nodes of few neighbours leave the network in rounds, each leaving shortcuts between its neighbours, until a small core
is left whose distances are kept as a table. A way then climbs from both its ends: through the nodes that left later
than the one before, to the core or to a node where both climbs meet. The rounds, the climbs and the meeting are each
done for all nodes and all sites at once. The first cost of a link decides the way, the others are summed along it.

The idea of contracting in order of importance is that of customizable contraction hierarchies (Dibbelt, Strasser and
Wagner 2016); the rounds, the dense core and the joined climbs are this module's own.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.groups import pairs, within
from geo.prune import Climb, prune
from geo.trees import Mesh

CORE_NODES = 2000  # at most: a larger core makes the search shorter, and its table dearer
CORE_SHARE = 8.0  # of the root of the number of nodes, for small networks
# Of the nodes that could leave in a round only those with few neighbours do: late, dense ones are left for the core.
LEAVING_QUANTILE = 0.6
DEGREE_WEIGHT = 4
# Roads thin out as nodes leave; a lattice or a tangle fills up with shortcuts. It keeps a larger core then.
STEPS_PER_NODE, STEPS_AT_LEAST = 100, 100_000_000  # links looked at and shortcuts made, in all rounds
STEPS_TO_LEAVE = 50_000  # of the same, for each node that leaves in a round
GROWTH, LINKS_AT_LEAST = 1.5, 400_000  # how far the links may grow in number
SHORTCUTS_AT_ONCE = 5_000_000
TABLE_NODES, TABLE_STEPS = 2_500, 2_000_000_000  # what a table is made of: nodes, and nodes times links

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Hierarchy:
    """Hold the contracted network.

    Attributes
    ----------
    level : (n,) round in which a node left; -1 for the core.
    start, to : climbing links of node v are to[start[v]:start[v + 1]]; a core node's lead to others of the core.
    up, down : (links, k) costs from the node to `to`, and from `to` back to the node; the first column decides.
    core : (n,) number of a core node, -1 for the others.
    table : (c, c, k) costs between core nodes; (0, 0, k) where the core is too large, and searched along its links.
    fastest : (c, c) the first of these costs by itself, so that it is read without the others.
    """

    level: npt.NDArray[np.int32]
    start: Ints
    to: npt.NDArray[np.int32]
    up: Floats
    down: Floats
    core: npt.NDArray[np.int32]
    table: Floats
    fastest: Floats

    @property
    def rounds(self) -> int:
        """Tell how many rounds there were."""
        return int(self.level.max(initial=-1)) + 1

    @cached_property
    def core_mesh(self) -> Mesh:
        """Give the links of a core that has no table."""
        return self._core_mesh(self.up, self.down)

    @cached_property
    def core_mesh_back(self) -> Mesh:
        """Give the links of a core that has no table, turned round."""
        return self._core_mesh(self.down, self.up)

    @cached_property
    def parts(self) -> Ints:
        """Tell which nodes below the core are joined by climbing links without it: a number each, any for the core."""
        below = self.core < 0
        tail = np.repeat(np.arange(len(self.level)), np.diff(self.start))
        inner = below[tail] & below[self.to]
        links = csr_array(
            (np.ones(int(inner.sum()), dtype=np.int8), (tail[inner], self.to[inner])), shape=2 * below.shape
        )
        return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)

    def _core_mesh(self, there: Floats, back: Floats) -> Mesh:
        node = np.flatnonzero(self.core >= 0)
        size = self.start[node + 1] - self.start[node]
        row = np.repeat(self.start[node], size) + within(size)
        tail, head = np.repeat(self.core[node], size), self.core[self.to[row]]
        return Mesh.of(len(node), np.r_[tail, head], np.r_[head, tail], np.concatenate([there[row], back[row]]))


@dataclass(frozen=True)
class _Links:
    """Links between nodes a < b: key = a * n + b ascending; costs there and back, inf where closed."""

    key: Ints
    there: Floats
    back: Floats


class _Rounds:
    """Let nodes leave round by round; nodes are renumbered when half of them have left."""

    def __init__(self, nodes: int, links: _Links) -> None:
        self.level = np.full(nodes, -1, dtype=np.int32)
        self.climbs: list[Climb] = []
        self.links = links
        self.remaining = nodes
        self.ids = np.arange(nodes)
        self._present = np.ones(nodes, dtype=bool)
        self._depth = np.zeros(nodes, dtype=np.int64)
        self._noise = np.random.default_rng(0).permutation(nodes)
        self._most_links = max(GROWTH * len(links.key), LINKS_AT_LEAST)
        self._steps = STEPS_PER_NODE * nodes + STEPS_AT_LEAST

    def leave(self, most: int) -> bool:
        """Take up to `most` nodes out; give False, and take none, where the network fills up too fast."""
        self._renumber()
        low, high = np.divmod(self.links.key, len(self.ids))
        degree = np.bincount(low, minlength=len(self.ids)) + np.bincount(high, minlength=len(self.ids))
        priority = (DEGREE_WEIGHT * degree + self._depth) * len(self.level) + self._noise
        leaving = _leaving((low, high), self._present, degree, priority)[:most]
        shortcuts = np.cumsum(degree[leaving] * (degree[leaving] - 1) // 2)
        leaving = leaving[shortcuts <= SHORTCUTS_AT_ONCE]
        if not len(leaving):
            return False
        steps = len(low) + int(shortcuts[len(leaving) - 1])
        self._steps -= steps
        if self._steps < 0 or len(low) > self._most_links or steps > STEPS_TO_LEAVE * len(leaving):
            return False
        self._take(leaving)
        return True

    def _take(self, leaving: Ints) -> None:
        self.level[self.ids[leaving]] = len(self.climbs)
        self._present[leaving] = False
        self.remaining -= len(leaving)
        self.links, (node, to, up, down) = _leave(self.links, ~self._present)
        np.maximum.at(self._depth, to, self._depth[node] + 1)
        self.climbs.append((self.ids[node], self.ids[to], up, down))

    def _renumber(self) -> None:
        if 2 * self.remaining > len(self.ids):
            return
        number = np.cumsum(self._present) - 1
        low, high = np.divmod(self.links.key, len(self.ids))
        self.ids = self.ids[self._present]
        self.links = replace(self.links, key=number[low] * len(self.ids) + number[high])
        self._depth, self._noise = self._depth[self._present], self._noise[self._present]
        self._present = np.ones(len(self.ids), dtype=bool)


def build(nodes: int, tail: Ints, head: Ints, cost: Floats) -> Hierarchy:
    """Contract the network of directed links from `tail` to `head`, each with its row of (links, k) costs."""
    rounds = _Rounds(nodes, _undirected(nodes, tail.astype(np.int64), head.astype(np.int64), cost))
    core = min(CORE_NODES, int(CORE_SHARE * np.sqrt(nodes)))
    while rounds.remaining > core and rounds.leave(rounds.remaining - core):
        pass
    low, high = np.divmod(rounds.links.key, max(len(rounds.ids), 1))
    rest = (rounds.ids[low], rounds.ids[high], rounds.links.there, rounds.links.back)
    return _assemble(rounds.level, rounds.climbs, rest)


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


def _leaving(ends: tuple[Ints, Ints], present: Bools, degree: Ints, priority: Ints) -> Ints:
    """Choose nodes of which no two are neighbours, those of few neighbours and low depth first."""
    low, high = ends
    loses = ~present
    lower = priority[low] < priority[high]
    loses[high[lower]] = True
    loses[low[~lower]] = True
    chosen = np.flatnonzero(~loses)
    chosen = chosen[degree[chosen] <= max(2.0, np.quantile(degree[chosen], LEAVING_QUANTILE))]
    return np.asarray(chosen[np.argsort(priority[chosen])])


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
    first, second = pairs(node)
    shortcuts = _merged(
        neighbour[first] * nodes + neighbour[second], into[first] + out[second], into[second] + out[first]
    )
    stays = ~(at_low | at_high)
    kept = _Links(links.key[stays], links.there[stays], links.back[stays])
    return _joined(kept, shortcuts), (node, neighbour, out, into)


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


def _assemble(level: npt.NDArray[np.int32], climbs: list[Climb], rest: Climb) -> Hierarchy:
    members = np.flatnonzero(level < 0)
    core = np.full(len(level), -1, dtype=np.int32)
    core[members] = np.arange(len(members), dtype=np.int32)
    table = _table(len(members), core[rest[0]], core[rest[1]], rest)
    fastest = np.ascontiguousarray(table[..., 0])
    climbs = prune(climbs, rest, core, fastest)
    node, to, up, down = (np.concatenate(part) for part in zip(*climbs, strict=True))
    order = np.argsort(node, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=len(level)))]).astype(np.int64)
    return Hierarchy(level, start, to[order].astype(np.int32), up[order], down[order], core, table, fastest)


def _table(size: int, low: npt.NDArray[np.int32], high: npt.NDArray[np.int32], rest: Climb) -> Floats:
    """Find the best way between all core nodes, unless they or their links are too many."""
    costs = np.concatenate(rest[2:])
    if size > TABLE_NODES or size * len(costs) > TABLE_STEPS:
        return np.empty((0, 0, costs.shape[1]))
    mesh = Mesh.of(size, np.r_[low, high], np.r_[high, low], costs)
    return np.ascontiguousarray(mesh.ways(np.arange(size)))
