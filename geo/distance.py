"""Distances between sites: by road where the network knows the way, else an estimate, and always the method."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from config.settings import Settings
from geo.blocks import CHUNK, by_matrix
from geo.engines import ENGINES
from geo.results import (
    ESTIMATE,
    METHODS,
    NONE,
    ROAD,
    ROAD_FERRY,
    DistanceEngine,
    Distances,
    Paired,
    Piece,
    empty,
    stack,
)

__all__ = [
    "ESTIMATE",
    "METHODS",
    "NONE",
    "ROAD",
    "ROAD_FERRY",
    "DistanceEngine",
    "Distances",
    "Piece",
    "default_engine",
    "empty",
    "matrix",
    "one_to_many",
    "pairs",
    "pieces",
    "route",
]

Floats = npt.NDArray[np.float64]
# Looks n pairs of points up, (n, 2) each: gives the rows that are known already, and their distances.
Known = Callable[[Floats, Floats], tuple[npt.NDArray[np.intp], Distances]]


def matrix(origins: npt.ArrayLike, destinations: npt.ArrayLike, engine: DistanceEngine) -> Distances:
    """Give all distances between (n, 2) origins and (m, 2) destinations in TM35FIN metres, as (n, m) arrays."""
    start, end = _points(origins), _points(destinations)
    if len(start) == 0 or len(end) == 0:
        return empty((len(start), len(end)))
    return stack([engine.matrix(start[row : row + CHUNK], end) for row in range(0, len(start), CHUNK)])


def one_to_many(
    origin: npt.ArrayLike, destinations: npt.ArrayLike, engine: DistanceEngine, limit_km: float | None = None
) -> Distances:
    """Give the distance from one point to each of m destinations; with a limit, farther ones become none."""
    row = matrix(_points(origin), destinations, engine)[0]
    return row if limit_km is None else row.within(limit_km)


def pairs(
    origins: npt.ArrayLike, destinations: npt.ArrayLike, engine: DistanceEngine, known: Known | None = None
) -> Distances:
    """Give the distance of each origin to the destination in the same row; only what isn't known is computed."""
    start, end = _points(origins), _points(destinations)
    if len(start) == 0:
        return empty((0,))
    if known is None:
        return _computed(start, end, engine)
    rows, ways = known(start, end)
    missing = np.setdiff1d(np.arange(len(start)), rows)
    if not missing.size:
        return ways[np.argsort(rows)]
    computed = _computed(start[missing], end[missing], engine)
    return stack([ways, computed])[np.argsort(np.r_[rows, missing])]


def _computed(start: Floats, end: Floats, engine: DistanceEngine) -> Distances:
    return engine.pairs(start, end) if isinstance(engine, Paired) else by_matrix(engine.matrix, start, end)


def route(start: npt.ArrayLike, end: npt.ArrayLike, engine: DistanceEngine) -> Floats:
    """Give the (k, 2) TM35FIN points of the way between two points, to draw as a line."""
    return engine.route(_points(start)[0], _points(end)[0])


def pieces(start: npt.ArrayLike, end: npt.ArrayLike, engine: DistanceEngine) -> tuple[Piece, ...]:
    """Give the way between two points in parts on land and on water, to draw each as what it is."""
    return engine.pieces(_points(start)[0], _points(end)[0])


@cache
def default_engine(settings: Settings) -> DistanceEngine:
    """Give the engine of this installation: built networks over the main-road table, else estimates."""
    return ENGINES["road"](settings)


def _points(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=float).reshape(-1, 2)
