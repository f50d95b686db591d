"""What one file may cost the worker: memory and processor time, and no right that the program doesn't have already.

CSV, JSON and the insides of zips are read by Python's own parsers in the worker itself, since a child's answer would
be JSON again; what parses other formats runs in the sandbox. Here a file that takes too much ends as a refusal.
"""

import ctypes
import resource
import signal
from types import FrameType

MEMORY_MIB = 4_096  # 200,000 rows take about 2,500
CPU_S = 900
_PR_SET_NO_NEW_PRIVS = 38


class Overdue(Exception):
    """The work on one file has taken more processor time than any file should."""


def settle() -> None:
    """Limit this process for good."""
    ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_DATA, MEMORY_MIB * 1024 * 1024)
    signal.signal(signal.SIGXCPU, _overdue)


def begin() -> None:
    """Give the next file its time."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime) + CPU_S)


def _lower(kind: int, most: int) -> None:
    # The hard limit stays as it is: what is lowered there never comes back.
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _overdue(_signal: int, _frame: FrameType | None) -> None:
    raise Overdue
