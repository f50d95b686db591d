"""Keep one index up to date while the resources change under it."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import pandas as pd

from matching.index import MatchIndex

REBUILD_SHARE = 0.2  # so much news at once, and the rarity of words is worth counting again


class LiveIndex:
    """Hold the newest index; many threads may ask at once.

    Parameters
    ----------
    marks : gives each resource's state, another text after any change.
    read : gives the resources of some ids, or all.
    """

    def __init__(
        self, marks: Callable[[], Mapping[int, str]], read: Callable[[Sequence[int] | None], pd.DataFrame]
    ) -> None:
        self._marks, self._read = marks, read
        self._lock = Lock()
        self._stamp = ""
        self._known: dict[int, str] = {}
        self._index: MatchIndex | None = None

    def current(self, stamp: str) -> MatchIndex:
        """Give the index of the data as of `stamp`; the same stamp costs nothing."""
        with self._lock:
            if self._index is None or stamp != self._stamp:
                self._index = self._renewed()
                self._stamp = stamp
            return self._index

    def _renewed(self) -> MatchIndex:
        known, self._known = self._known, dict(self._marks())
        changed = [one for one, mark in self._known.items() if known.get(one) != mark]
        gone = [one for one in known if one not in self._known]
        if self._index is None or len(changed) + len(gone) > REBUILD_SHARE * len(known):
            return MatchIndex.build(self._read(None))
        index = self._index.remove(gone)
        return index.add(self._read(changed)) if changed else index
