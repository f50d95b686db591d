"""Keep what is known of points, so that it is found once however often they are asked for: sites are few."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.climb import Climbs
from geo.gates import Ends, Gates
from geo.groups import within
from geo.hierarchy import Floats, Ints

MOST = 100_000  # points, with some 700 bytes each: beyond it all are forgotten and found again
_LOCK = Lock()  # of the module, since an engine is also sent to other processes

Arrays = Sequence[npt.NDArray[Any]]


class _Growing:
    """Hold arrays of equal length that grow at their end, and are copied only when they have doubled."""

    def __init__(self) -> None:
        self.size = 0
        self._held: list[npt.NDArray[Any]] = []

    def put(self, arrays: Arrays) -> None:
        """Add rows at the end; the room grows by doubling."""
        count = self.size + len(arrays[0])
        if not self._held or count > len(self._held[0]):
            grown = [np.empty((2 * count, *one.shape[1:]), one.dtype) for one in arrays]
            for new, old in zip(grown, self._held, strict=bool(self._held)):
                new[: self.size] = old[: self.size]
            self._held = grown
        for held, new in zip(self._held, arrays, strict=True):
            held[self.size : count] = new
        self.size = count

    def take(self, rows: Ints) -> list[npt.NDArray[Any]]:
        """Give these rows of every array."""
        return [one[rows] for one in self._held]


class Remembered:
    """Hold where points meet the road and what their climbs reach; `find` gives that of points not asked for before."""

    def __init__(self, find: Callable[[Floats], tuple[Gates, Climbs]]) -> None:
        self._find = find
        self._forget()

    def _forget(self) -> None:
        self._row: dict[complex, int] = {}
        self._points, self._climbs = _Growing(), _Growing()

    def take(self, points: Floats) -> tuple[Ends, Climbs]:
        """Give the ends and the climbs of some (n, 2) points, each there once."""
        keys = np.ascontiguousarray(points).view(np.complex128).ravel().tolist()
        with _LOCK:
            if len(self._row) + len(keys) > MOST:
                self._forget()
            new = [place for place, key in enumerate(keys) if key not in self._row]
            if new:
                self._add([keys[place] for place in new], points[new])
            rows = np.array([self._row[key] for key in keys], dtype=np.int64)
            start, size, *ends = self._points.take(rows)
            node, cost = self._climbs.take(np.repeat(start, size) + within(size))
        site = np.repeat(np.arange(len(rows)), size)
        return Ends(*ends), Climbs(len(rows), site, node.astype(np.int64), cost)

    def _add(self, keys: list[complex], points: Floats) -> None:
        found, climbs = self._find(points)
        size = np.bincount(climbs.site, minlength=len(points))
        start = self._climbs.size + np.cumsum(size) - size
        self._row |= {key: self._points.size + nth for nth, key in enumerate(keys)}
        self._points.put([start, size, *vars(found.ends).values()])
        self._climbs.put([climbs.node.astype(np.int32), climbs.cost])
