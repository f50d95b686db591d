"""Count and pair the rows of groups that stand together."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def pairs(group: Ints) -> tuple[Ints, Ints]:
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
