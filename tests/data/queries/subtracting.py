"""What somebody can reckon who knows all sums that were shown, and subtracts them from each other."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

BITS = 50  # of a float that holds a whole number exactly


def parts(sums: Sequence[float], many: int) -> npt.NDArray[np.float64]:
    """Tell what each sum is made of, where the amounts are the powers of two: a row a sum, a column an amount."""
    told = sorted({int(one) for one in sums if one == one})  # noqa: PLR0124 - NaN is nothing told
    return np.array([[one >> bit & 1 for bit in range(many)] for one in told], dtype=float).reshape(len(told), many)


def betrayed(sums: Sequence[float], owners: Sequence[int], most: int = 2) -> list[tuple[int, ...]]:
    """Give the companies, alone or in pairs, of which some combination of sums tells and of nobody else.

    There is one where the sums know more of all amounts than of those of all others.
    """
    shown, whose = parts(sums, len(owners)), np.array(owners)
    known = np.linalg.matrix_rank(shown) if len(shown) else 0
    some = [few for size in range(1, most + 1) for few in combinations(sorted(set(owners)), size)]
    return [few for few in some if known > _rank(shown[:, ~np.isin(whose, few)])]


def _rank(shown: npt.NDArray[np.float64]) -> int:
    return int(np.linalg.matrix_rank(shown)) if shown.size else 0
