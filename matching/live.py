"""Keep one index up to date while the resources change under it, the same for every process on this machine."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching import concepts
from matching.concepts import Taxonomy, Term
from matching.index import MatchIndex
from matching.shelf import Shelf, open_base

Ids = npt.NDArray[np.int64]

LARGE = 20_000  # resources; from here on a base is made by `builder`, beside whoever asks
NEWS_SHARE = 0.2  # of a small base: so much news, and the rarity of words is worth counting again
NEWS_MAX = 10_000  # rows beside a large base; every further one would take longer than a twentieth of a second


@dataclass(frozen=True)
class Store:
    """Hold what is asked of the store.

    Parameters
    ----------
    now : gives a mark; whatever is committed later is told by `changed` from that mark.
    changed : gives the ids of all rows that were written since a mark, whether they can be matched or not.
    ids : gives the ids of all that can be matched, in ascending order.
    read : gives the resources of some ids that can be matched, or all of them, in pieces.
    tally : tells how many can be matched, and the sum of their ids.
    taught : gives the words that coordinators have taught, always in the same order.
    """

    now: Callable[[], int]
    changed: Callable[[int], Sequence[int]]
    ids: Callable[[], Ids]
    read: Callable[[Sequence[int] | None], Iterable[pd.DataFrame]]
    tally: Callable[[], tuple[int, int]]
    taught: Callable[[], tuple[Term, ...]] = tuple


Builder = Callable[[], None]


class LiveIndex:
    """Hold the newest index; many threads may ask at once.

    The base lies on a shelf, so that a new process opens it at once and all of them count with the same rarities.
    `builder` puts a new base of a large store there, best in a process of its own.
    """

    def __init__(self, store: Store, shelf: Shelf, builder: Builder) -> None:
        self._store, self._shelf, self._builder = store, shelf, builder
        self._lock = Lock()
        self._stamp = ""
        self._mark = 0
        self._opened: Path | None = None
        self._made_with: tuple[Term, ...] = ()
        self._index: MatchIndex | None = None
        self._building: Thread | None = None
        self._made_beside = Event()

    def current(self, stamp: str) -> MatchIndex:
        """Give the index of the data as of `stamp`; the same stamp costs nothing."""
        with self._lock:
            if self._index is None or stamp != self._stamp or self._made_beside.is_set():
                self._made_beside.clear()
                self._index = self._renewed()
                self._stamp = stamp
            return self._index

    def wait(self) -> None:
        """Wait until no base is being made beside."""
        if self._building is not None:
            self._building.join()

    def _renewed(self) -> MatchIndex:
        known = concepts.taught(self._store.taught())
        index = self._newest(known) or self._made(known)
        if self._made_with != known.taught:
            if len(index.base) < LARGE:
                return self._made(known)
            index = self._reread(index, known)
        mark = self._store.now()
        changed = self._store.changed(self._mark)
        if index.news + len(changed) > _most(index):
            if len(index.base) < LARGE:
                return self._made(known)
            self._make_beside()
            changed = []  # so many that whoever asks would wait for long; they come with the new base
        else:
            self._mark = mark
        return self._reconciled(_with(index, changed, self._store.read))

    def _reread(self, index: MatchIndex, known: Taxonomy) -> MatchIndex:
        """Read with new words whoever asks, and what came since; the base is made anew beside."""
        if self._shelf.newest(known.taught) is None:
            self._make_beside()
        return index if index.concept_space.taxonomy.taught == known.taught else index.reading(known)

    def _newest(self, known: Taxonomy) -> MatchIndex | None:
        newest = self._shelf.newest(known.taught) or (self._shelf.newest() if self._index is None else None)
        if newest is None or newest == self._opened:
            return self._index
        try:
            index, self._mark = open_base(newest)
        except OSError:  # cleared away by another process this very moment
            return self._index
        self._opened, self._made_with = newest, index.concept_space.taxonomy.taught
        return index

    def _made(self, known: Taxonomy) -> MatchIndex:
        if self._store.tally()[0] >= LARGE:
            self._builder()
            made = self._newest(concepts.taught(self._store.taught()))
            if made is not None:
                return made
        self._mark, self._made_with = self._store.now(), known.taught
        index = make(self._store.read(None), known)
        with suppress(OSError):  # a full disk: then each process counts for itself
            self._opened = put(self._shelf, index, self._mark)
        return index

    def _make_beside(self) -> None:
        if self._building is None or not self._building.is_alive():
            self._building = Thread(target=self._build_and_tell, daemon=True)
            self._building.start()

    def _build_and_tell(self) -> None:
        self._builder()
        self._made_beside.set()  # whoever asks next looks for the new base

    def _reconciled(self, index: MatchIndex) -> MatchIndex:
        """Take in what no row tells: one that is deleted for good, and one whose last day has passed."""
        if index.tally == self._store.tally():
            return index
        held, ids = index.ids, self._store.ids()
        missing = np.setdiff1d(ids, held)
        if len(missing) > NEWS_MAX:
            missing = missing[:0]
        return _with(index, [*np.setdiff1d(held, ids).tolist(), *missing.tolist()], self._store.read)


def make(pieces: Iterable[pd.DataFrame], known: Taxonomy | None = None) -> MatchIndex:
    """Make an index of everything there is, read with the words of a taxonomy."""
    return MatchIndex.build(pieces, known)


def put(shelf: Shelf, index: MatchIndex, mark: int) -> Path | None:
    """Put the base of an index on a shelf; an empty one is made again in no time."""
    return shelf.put(index, mark) if len(index.base) else None


def _most(index: MatchIndex) -> float:
    return NEWS_MAX if len(index.base) >= LARGE else NEWS_SHARE * len(index.base)


def _with(
    index: MatchIndex, changed: Sequence[int], read: Callable[[Sequence[int]], Iterable[pd.DataFrame]]
) -> MatchIndex:
    if not len(changed):
        return index
    pieces = [piece for piece in read(changed) if len(piece)]
    gone = index.remove(changed)
    return gone.add(pd.concat(pieces, ignore_index=True)) if pieces else gone
