"""What all of the demo data share: its day, its label, and how it draws."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt

# A fixed day and not today's: the same seed gives the same bytes whenever it is run.
AS_OF = date(2026, 11, 1)
FIRST_DAY = date(2020, 11, 1)
DOCUMENT = "Esimerkkiaineisto"
COMPANIES = 700
RESOURCES = 5_000
SYNERGIES = 2_500
COMPLETED = 210

Floats = npt.NDArray[np.float64]
Item = TypeVar("Item")


def pick(rng: np.random.Generator, items: Sequence[Item]) -> Item:
    """Draw one of the items, each as likely as the others."""
    return items[int(rng.integers(len(items)))]


def draw(rng: np.random.Generator, weights: dict[Item, float]) -> Item:
    """Draw one of the keys by its weight."""
    # Plain Python: for a handful of keys it is several times faster than arrays.
    left = rng.random() * sum(weights.values())
    for name, weight in weights.items():
        left -= weight
        if left < 0:
            return name
    return next(iter(weights))


def two_figures(value: float) -> float:
    """Round to two significant figures, as people note amounts."""
    if value <= 0:
        return 0.0
    digits = 1 - int(np.floor(np.log10(value)))
    return float(round(value, digits))


def plain(value: float) -> float | int:
    """Give a whole number as such, so that it reads 12 and not 12.0."""
    return int(value) if float(value).is_integer() else value
