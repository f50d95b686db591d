"""Match everything with everything on the workers of a Dask scheduler: the same kernel, a part of the offers each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from config.errors import MatchProblem
from matching.columns import Rows
from matching.everything import TOP, Best, Everything, Progress, best_of, gathered, offers
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.weights import Weights, defaults

if TYPE_CHECKING:
    from distributed import Client

AT_ONCE = 2_000  # offers a task: a quarter of a minute at most, which is what a killed worker loses
PARTS, LEAST = 16, 250  # a smaller count is parted too, so that no worker waits for another's last task
RETRIES = 3  # of a task whose worker died
PATIENCE_S = 10
# Options of glibc's mallopt, and what a process of its own comes to by itself: malloc.h, malloc(3).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT_BYTES = 32 * 2**20


def match_all(
    address: str,
    index: MatchIndex,
    hauls: Hauls,
    *,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> Everything:
    """Give what `everything.match_all` gives, to the last pair, however many workers there are and whenever one dies.

    Raises
    ------
    MatchProblem
        When Dask is not installed, or its scheduler or a worker does not answer.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - not everybody has installed it
    except ImportError as error:
        raise MatchProblem("scaleout.not_installed") from error
    rows = offers(index)
    with _client(Client, address) as client:
        # On every worker from the start: what lay on one alone would die with it.
        with _answering(address):
            held = client.scatter((index, hauls, weights or defaults()), broadcast=True, hash=False)
        step = min(AT_ONCE, max(LEAST, len(rows) // PARTS))
        parts = [rows[at : at + step] for at in range(0, len(rows), step)]
        tasks = client.map(_best_of_part, parts, held=held, pure=False, retries=RETRIES)
        done = as_completed(tasks, loop=client.loop)  # type: ignore[no-untyped-call]
        return gathered((task.result() for task in done), len(rows), TOP, progress)


def _client(kind: "type[Client]", address: str) -> "Client":
    with _answering(address):
        # What goes by way of the scheduler is written and read twice.
        return kind(address, timeout=PATIENCE_S, set_as_default=False, direct_to_workers=True)


@contextmanager
def _answering(address: str) -> Iterator[None]:
    """Say in a sentence that the scheduler, or one of its workers, can't be reached."""
    try:
        yield
    except OSError as error:
        raise MatchProblem("scaleout.no_answer", address=address) from error


def _best_of_part(rows: Rows, held: tuple[MatchIndex, Hauls, Weights]) -> Best:
    _keep_memory()
    index, hauls, weights = held
    found: Sequence[Best] = list(best_of(index, rows, hauls, TOP, weights))
    pairs = pd.concat([one.pairs for one in found], ignore_index=True)
    return Best(pairs, len(np.unique(rows)), sum(one.compared for one in found))


@cache
def _keep_memory() -> None:
    """Let a worker keep what it frees for its next arrays.

    Dask starts workers so that they give it back to the system at once, which for arrays that come and go by the
    thousand costs eight tenths of the matching again.
    """
    with suppress(OSError, AttributeError, TypeError):  # where there is no glibc there is nothing to set
        libc = CDLL(None)
        libc.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES)
        libc.mallopt(M_TRIM_THRESHOLD, 2 * KEPT_BYTES)
