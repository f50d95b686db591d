"""Inverted indexes: for each word the resources that have it, so that a question touches nothing else.

Weights are whole numbers. Their products add up to the same sum in whatever order, so a resource that came in alone has
to the last digit the matches that it gets when all are counted together, on one machine or on many.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

WHOLE = 4096  # what a weight of 1 is written as: sums of products stay below 2**25
FEW = 20_000  # resources; below it the product of two sparse matrices is quicker than a walk for each question
STEP = 20_000  # rows whose weights are reckoned at a time

Part = tuple[str, str]  # direction and family
Rows = npt.NDArray[np.intp]
Sums = npt.NDArray[np.int32]
Grid = npt.NDArray[np.float64]


def whole(vectors: sparse.csr_array) -> sparse.csr_array:
    """Write unit vectors in whole numbers."""
    rounded = vectors.copy()
    rounded.data = np.rint(vectors.data * WHOLE).astype(np.int16)
    rounded.indices, rounded.indptr = (at.astype(np.int32, copy=False) for at in (rounded.indices, rounded.indptr))
    rounded.eliminate_zeros()
    return rounded


def stacked(parts: Sequence[sparse.csr_array]) -> sparse.csr_array:
    """Put rows below one another."""
    return sparse.csr_array(sparse.vstack(parts, format="csr"))


def gathered(pieces: Sequence[sparse.csr_array], rows: Rows) -> sparse.csr_array:
    """Take rows that are numbered through all pieces, without ever joining the pieces."""
    at = np.argsort(rows, kind="stable")
    starts = np.cumsum([0, *(piece.shape[0] for piece in pieces)])
    cuts = np.searchsorted(rows[at], starts)
    taken = [
        piece[rows[at[begin:end]] - start]
        for piece, start, (begin, end) in zip(pieces, starts[:-1], pairwise(cuts), strict=True)
    ]
    return sparse.csr_array(stacked(taken)[np.argsort(at)])


def cosine(sums: npt.NDArray[np.int32]) -> Grid:
    """Read sums of products as cosines in 0..1."""
    return np.clip(sums / float(WHOLE * WHOLE), 0.0, 1.0)


@dataclass(frozen=True)
class Columns:
    """Hold one kind of evidence, turned over: of each part a matrix with a row a resource, stored column by column."""

    parts: Mapping[Part, sparse.csc_array]
    width: int

    @classmethod
    def of(cls, rows: Callable[[Rows], sparse.csr_array], order: Rows, bounds: Mapping[Part, slice]) -> "Columns":
        """Turn whole rows over, part by part: `rows` gives some of them, each part is a range of `order`."""

        def turned(held: slice) -> sparse.csc_array:
            starts = range(held.start, held.stop, STEP)
            steps = [rows(order[at : min(at + STEP, held.stop)]) for at in starts]
            return sparse.csc_array((steps[0] if len(steps) == 1 else stacked(steps)).tocsc())

        return cls({part: turned(held) for part, held in bounds.items()}, rows(order[:0]).shape[1])

    def rows(self, part: Part, held: slice = slice(None)) -> sparse.csr_array:
        """Give the vectors of a part, a row a resource, or of a range of it."""
        # Cut before it is turned back: a few thousand of a large part take a fifth of the time that way.
        return sparse.csr_array(self.parts[part][held].tocsr()) if part in self.parts else self._none

    def everything(self) -> sparse.csr_array:
        """Give the vectors of all parts, one part behind the other."""
        return sparse.csr_array(sparse.vstack([self._none, *map(self.rows, self.parts)], format="csr"))

    @property
    def _none(self) -> sparse.csr_array:
        return sparse.csr_array(np.zeros((0, self.width), dtype=np.int16))

    def dots(self, part: Part, questions: sparse.csr_array) -> Sums:
        """Multiply each question with every resource of a part: (questions, resources)."""
        held = self.parts.get(part)
        if held is None:
            return np.zeros((questions.shape[0], 0), dtype=np.int32)
        if held.shape[0] <= FEW and questions.shape[0] > 1:
            return np.asarray((questions.astype(np.int32) @ held.T.astype(np.int32)).toarray())
        sums = np.empty((questions.shape[0], held.shape[0]), dtype=np.int32)
        for at, (start, end) in enumerate(zip(questions.indptr[:-1], questions.indptr[1:], strict=True)):
            sums[at] = held[:, questions.indices[start:end]] @ questions.data[start:end].astype(np.int32)
        return sums
