"""Cost over a plane: spread from points on a regular grid, and the area in which it stays below a limit."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

MARGIN = 2  # empty points around the grid, so that every area ends inside it
LEAST = 1e-4  # a point of the grid never lies nearer to the border than this share of a step

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Field:
    """Hold the cost at the points of a grid, (rows, columns), infinite where there is none.

    The grid's points lie at multiples of `step_m`, the first at `low` steps; a step costs `per_step`.
    """

    cost: Floats
    low: Ints
    step_m: float
    per_step: float


def spread(xy: Floats, cost: Floats, step_m: float, per_metre: float, most_m: float) -> Field:
    """Let the cost of (n, 2) points rise with the distance from them, as far as `most_m`."""
    rounds = int(np.ceil(most_m / step_m))
    low = np.floor(xy.min(axis=0) / step_m).astype(np.int64) - rounds - MARGIN
    high = np.ceil(xy.max(axis=0) / step_m).astype(np.int64) + rounds + MARGIN
    width, height = (high - low + 1).tolist()
    field = np.full((height, width), np.inf)
    cell = np.floor(xy / step_m).astype(np.int64)
    for east in (0, 1):
        for north in (0, 1):
            corner = cell + np.array([east, north])
            away = np.hypot(*(xy - corner * step_m).T)
            at = corner - low
            np.minimum.at(field, (at[:, 1], at[:, 0]), cost + away * per_metre)
    for _ in range(rounds):
        field = _relaxed(field, step_m * per_metre)
    return Field(field, low, step_m, step_m * per_metre)


def _relaxed(field: Floats, per_step: float) -> Floats:
    """Let every point be reached from its eight neighbours."""
    across = field.copy()
    across[:, 1:] = np.minimum(across[:, 1:], field[:, :-1] + per_step)
    across[:, :-1] = np.minimum(across[:, :-1], field[:, 1:] + per_step)
    found = across
    for one, other in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        found = found.copy()
        found[one] = np.minimum(found[one], field[other] + per_step)
        for here, there in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
            found[one, here] = np.minimum(found[one, here], field[other, there] + per_step * np.sqrt(2))
    return found


def area_below(field: Field, limit: float) -> shapely.Geometry:
    """Give the area where the cost is at most the limit, linear on the two triangles of each square of the grid."""
    above = np.minimum((field.cost - limit) / field.per_step, 1.0)
    above = np.where(np.abs(above) < LEAST, -LEAST, above)
    segments = _border(above, field)
    border = shapely.multilinestrings(np.asarray(shapely.linestrings(segments)))
    return shapely.union_all(shapely.build_area(border))


def _border(above: Floats, field: Field) -> Floats:
    """Give the (n, 2, 2) segments of the border: one in each triangle that it crosses."""
    height, width = above.shape
    number = np.arange(height * width).reshape(height, width)
    a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]
    inside = (above <= 0).ravel()
    # Most squares lie wholly in or out, and need no triangles.
    total = sum(inside[corner].astype(np.int8) for corner in (a, b, c, d))
    mixed = (total > 0) & (total < 4)  # noqa: PLR2004 - corners of a square
    a, b, c, d = (corner[mixed] for corner in (a, b, c, d))
    corners = np.vstack([np.column_stack([a, b, c]), np.column_stack([a, c, d])])
    within = inside[corners]
    crossed = within.any(axis=1) & ~within.all(axis=1)
    corners, within = corners[crossed], within[crossed]
    # One corner is alone on its side: the border cuts both edges that end there.
    alone = np.argmax(within == (within.sum(axis=1) == 1)[:, None], axis=1)
    row = np.arange(len(corners))
    apex, left, right = (corners[row, (alone + turn) % 3] for turn in range(3))
    return np.stack([_crossing(above, field, apex, left), _crossing(above, field, apex, right)], axis=1)


def _crossing(above: Floats, field: Field, one: Ints, other: Ints) -> Floats:
    # In one order for both triangles of an edge, so that their ends are the same to the last bit.
    low, high = np.minimum(one, other), np.maximum(one, other)
    level = above.ravel()
    share = level[low] / (level[low] - level[high])
    start, end = (np.column_stack(np.divmod(node, above.shape[1])[::-1]) + field.low for node in (low, high))
    return np.asarray((start + share[:, None] * (end - start)) * field.step_m)
