"""Distances of chosen pairs by way of matrices, for whatever knows nothing but these."""

from collections.abc import Callable

import numpy as np

from geo.results import Distances, Floats, stack

CHUNK = 512  # origins a call: keeps the working arrays of a large matrix in memory


def by_matrix(matrix: Callable[[Floats, Floats], Distances], start: Floats, end: Floats) -> Distances:
    """Give the distance of each origin to the destination in the same row: some origins at a time."""
    sources, source = np.unique(start, axis=0, return_inverse=True)
    order = np.argsort(source.ravel(), kind="stable")
    parts = []
    for first in range(0, len(sources), CHUNK):
        rows = order[(source.ravel()[order] >= first) & (source.ravel()[order] < first + CHUNK)]
        targets, target = np.unique(end[rows], axis=0, return_inverse=True)
        block = matrix(sources[first : first + CHUNK], targets)
        parts.append(block[source.ravel()[rows] - first, target.ravel()])
    return stack(parts)[np.argsort(order, kind="stable")]
