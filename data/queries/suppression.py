"""Leave out of sums what would tell of single companies, and enough beside it that nothing can be subtracted back.

A cell of fewer than three companies is hidden. Where it is a part of a sum that is shown, another part of the same sum
is hidden too, one of three companies or more; what is left over is then of three companies at least, so that none of
two can take its own away and read the other's. Parts of a sum that is hidden for that reason may not add up to it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FEW_COMPANIES = 3
Flags = npt.NDArray[np.bool_]


class Sum(NamedTuple):
    """Name a cell that is the sum of others, which together are all of it, by their positions; -1: no such cell."""

    whole: int
    parts: Sequence[int]


def hidden(few: Flags, size: npt.NDArray[np.float64], sums: Sequence[Sum]) -> Flags:
    """Tell which cells must not be shown; `few` are those of one or two companies, cells of `size` 0 hide nothing."""
    out = few.copy()
    changed = True
    while changed:
        changed = False
        for one in sums:
            for cell in list(_more(one, out, few, size)):
                out[cell] = changed = True
    return out


def _more(one: Sum, out: Flags, few: Flags, size: npt.NDArray[np.float64]) -> Iterator[int]:
    """Give what must be hidden too, so that a sum betrays none of its parts, nor its parts the sum."""
    parts = [cell for cell in one.parts if size[cell] > 0]
    gone = [cell for cell in parts if out[cell]]
    left = sorted((cell for cell in parts if not out[cell]), key=lambda cell: (size[cell], cell))
    if one.whole >= 0 and out[one.whole]:
        if not gone and left:
            yield left[0]
        return
    if not gone or (len(gone) > 1 and any(not few[cell] for cell in gone)):
        return
    if left:
        yield left[0]
    elif one.whole >= 0 and len(gone) == 1:
        yield one.whole  # it is its only part
