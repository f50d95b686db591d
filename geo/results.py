"""What an engine answers, and what an engine is."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from config.settings import Settings

ROAD, ROAD_FERRY, ESTIMATE, NONE = "road", "road+ferry", "estimate", "none"
METHODS = (ROAD, ROAD_FERRY, ESTIMATE, NONE)

Floats = npt.NDArray[np.float64]
Methods = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Distances:
    """Hold distances of pairs of points; all arrays have the same shape.

    Attributes
    ----------
    km : over road and sea, NaN only where `method` is none.
    minutes : driving time of a heavy truck, ferry waits included.
    method : road, road+ferry, estimate or none.
    access_km : the part of `km` between the sites and the nearest known road.
    ferry_km : the part of `km` over water.
    low_km, high_km : the band of an estimate, NaN for the other methods.
    """

    km: Floats
    minutes: Floats
    method: Methods
    access_km: Floats
    ferry_km: Floats
    low_km: Floats
    high_km: Floats

    def __getitem__(self, key: object) -> "Distances":
        """Give a row, a column or a selection of the pairs."""
        return Distances(*(getattr(self, field.name)[key] for field in fields(self)))

    def __len__(self) -> int:
        return len(self.km)

    def within(self, limit_km: float) -> "Distances":
        """Make every pair farther than the limit one of method none."""
        far = ~(self.km <= limit_km)
        blank = {
            field.name: np.where(far, np.nan, getattr(self, field.name))
            for field in fields(self)
            if field.name != "method"
        }
        return replace(self, method=np.where(far, NONE, self.method), **blank)

    def counts(self) -> dict[str, int]:
        """Count the pairs of each method."""
        return {method: int((self.method == method).sum()) for method in METHODS}


@dataclass(frozen=True)
class Piece:
    """Hold a part of a way as (k, 2) TM35FIN points, and whether it is driven or crosses water on a ferry."""

    points: Floats
    ferry: bool = False


class DistanceEngine(Protocol):
    """Know the way between TM35FIN points."""

    @property
    def hash(self) -> str:
        """Give 16 hexadecimal digits that change whenever the distances may."""

    def matrix(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each of n origins to each of m destinations, as (n, m) arrays."""

    def route(self, start: Floats, end: Floats) -> Floats:
        """Give the (k, 2) points of the way: along the road, straight for an estimate, none where there is no way."""

    def pieces(self, start: Floats, end: Floats) -> tuple[Piece, ...]:
        """Give the same way in parts that each lie on land or on water, so that a map can tell them apart."""


@runtime_checkable
class Paired(Protocol):
    """Know the way between chosen points without a matrix of all of them."""

    def pairs(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each of n origins to the destination in the same row."""


def stack(parts: list[Distances]) -> Distances:
    """Put blocks of rows below one another."""
    return Distances(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Distances)))


def empty(shape: tuple[int, ...]) -> Distances:
    """Give distances of no pairs."""
    blank = np.empty(shape)
    return Distances(blank, blank, np.empty(shape, dtype="<U10"), blank, blank, blank, blank)


EngineFactory = Callable[[Settings], DistanceEngine]
