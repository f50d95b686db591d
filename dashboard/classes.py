"""Sort numbers into few classes with round limits; pure."""

from collections.abc import Iterable, Iterator, Sequence
from math import floor, log10

import numpy as np
import numpy.typing as npt

CLASSES = 5
_STEPS = (1.0, 2.0, 5.0)


def breaks(values: Iterable[float], *, whole: bool = True) -> tuple[float, ...]:
    """Choose up to four round limits that part the values most evenly; a value belongs above a limit that it reaches.

    Two kinds are tried: limits that follow each other in the series 1-2-5, and limits one such step apart. Counts
    have none below 1.
    """
    told = np.array([value for value in values if np.isfinite(value) and value > 0])
    if not len(told):
        return ()
    return max(_candidates(float(told.max()), whole=whole), key=lambda limits: _evenness(told, limits))


def _candidates(largest: float, *, whole: bool) -> Iterator[tuple[float, ...]]:
    exponents = range(floor(log10(largest)) - 4, floor(log10(largest)) + 1)
    series = [step * 10.0**exponent for exponent in exponents for step in _STEPS]
    allowed = [limit for limit in series if limit <= largest and (limit >= 1 or not whole)]
    yield tuple(allowed[-(CLASSES - 1) :] or [1.0])
    for first in range(len(allowed) - CLASSES + 1):
        yield tuple(allowed[first : first + CLASSES - 1])
    for step in allowed:
        limits = tuple(step * number for number in range(1, CLASSES) if step * number <= largest)
        if len(limits) == CLASSES - 1:
            yield limits


def _evenness(values: npt.NDArray[np.float64], limits: Sequence[float]) -> float:
    counts = np.bincount(classify(values, limits), minlength=len(limits) + 1)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def classify(values: npt.ArrayLike, limits: Sequence[float]) -> npt.NDArray[np.int64]:
    """Give the class of each value, 0 being the lowest; what is unknown is in the lowest too."""
    known = np.nan_to_num(np.asarray(values, dtype=float))
    found: npt.NDArray[np.int64] = np.searchsorted(np.asarray(limits, dtype=float), known, side="right")
    return found
