"""Leave out climbing links that no best way uses: a detour over another neighbour is shorter.

This is the perfect customization of Dibbelt, Strasser and Wagner (2016), a round of nodes at once: the true cost
between two neighbours of a node is known when the node's turn comes, from the top down.
"""

import numpy as np
import numpy.typing as npt

from geo.groups import pairs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Climb = tuple[Ints, Ints, Floats, Floats]  # node, neighbour, costs to and from it; by node, then neighbour

LESS = 1 - 1e-9  # a detour must be shorter by more than rounding makes it
LEAST_NEIGHBOURS = 3.0  # the mean of a round from which on it is worth the while


class _Known:
    """Hold the best cost known between nodes a < b that are linked, there and back."""

    def __init__(self, nodes: int, climbs: list[Climb]) -> None:
        self._nodes = nodes
        node, to, up, down = (np.concatenate(part) for part in zip(*climbs, strict=True))
        turned = node > to
        key = np.where(turned, to * nodes + node, node * nodes + to)
        order = np.argsort(key)
        self._key = key[order]
        self._there = np.where(turned, down[:, 0], up[:, 0])[order]
        self._back = np.where(turned, up[:, 0], down[:, 0])[order]

    def between(self, one: Ints, other: Ints) -> tuple[Floats, Floats]:
        """Give the costs from one node to the other beside it, and back."""
        turned = one > other
        at = np.searchsorted(self._key, np.where(turned, other * self._nodes + one, one * self._nodes + other))
        there, back = self._there[at], self._back[at]
        return np.where(turned, back, there), np.where(turned, there, back)

    def put(self, one: Ints, other: Ints, costs: tuple[Floats, Floats]) -> None:
        """Set the costs from one node to the other, and back."""
        turned = one > other
        at = np.searchsorted(self._key, np.where(turned, other * self._nodes + one, one * self._nodes + other))
        self._there[at] = np.where(turned, costs[1], costs[0])
        self._back[at] = np.where(turned, costs[0], costs[1])


def prune(climbs: list[Climb], rest: Climb, core: npt.NDArray[np.int32], fastest: Floats) -> list[Climb]:
    """Take from each round's climbing links those that lead a detour; `rest` are the links between core nodes.

    A link closed one way only keeps its place. Links of a core with a table are left out.
    """
    first = next((nth for nth, (node, *_) in enumerate(climbs) if _is_dense(node)), len(climbs))
    known = _Known(len(core), [*climbs[first:], rest])
    if fastest.size:
        low, high = core[rest[0]], core[rest[1]]
        known.put(rest[0], rest[1], (fastest[low, high], fastest[high, low]))
        rest = _part(rest, np.zeros(len(rest[0]), dtype=bool))
    upper = [_pruned(climb, known) for climb in reversed(climbs[first:])]
    return [*climbs[:first], *reversed(upper), rest]


def _is_dense(node: Ints) -> bool:
    return len(node) > 0 and len(node) >= LEAST_NEIGHBOURS * int(np.count_nonzero(np.diff(node, prepend=-1)))


def _pruned(climb: Climb, known: _Known) -> Climb:
    node, to, up, down = climb
    first, second = pairs(node)
    there, back = known.between(to[first], to[second])
    out, into = up[:, 0].copy(), down[:, 0].copy()
    np.minimum.at(out, second, up[first, 0] + there)
    np.minimum.at(out, first, up[second, 0] + back)
    np.minimum.at(into, second, back + down[first, 0])
    np.minimum.at(into, first, there + down[second, 0])
    known.put(node, to, (out, into))
    closed_up, closed_down = out < up[:, 0] * LESS, into < down[:, 0] * LESS
    up, down = up.copy(), down.copy()
    up[closed_up] = np.inf
    down[closed_down] = np.inf
    return _part((node, to, up, down), np.isfinite(up[:, 0]) | np.isfinite(down[:, 0]))


def _part(climb: Climb, rows: npt.NDArray[np.bool_]) -> Climb:
    node, to, up, down = climb
    return node[rows], to[rows], up[rows], down[rows]
