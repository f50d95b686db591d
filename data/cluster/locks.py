"""File locks between processes: the kernel drops them when their holder dies, however it dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def shared(path: Path) -> Iterator[IO[str]]:
    """Hold `path` together with everybody else who shares it; wait while somebody holds it alone."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield file


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold `path` alone; wait until everybody else has let go."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def try_alone(file: IO[str]) -> bool:
    """Turn a lock into one held alone, if nobody else holds it now; the shared lock is gone either way."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
