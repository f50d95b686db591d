"""A set of resources with both kinds of evidence, never changed: the large base of an index, or what came since."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from matching.columns import Columns, Part, Rows

PART = ["direction", "family"]
OPPOSITE = {"have": "want", "want": "have"}

Vectors = Callable[[Rows], sparse.csr_array]


@dataclass(frozen=True)
class Segment:
    """Hold resources (columns of frame.prepare), sorted into parts by direction and family and within them by id."""

    frame: pd.DataFrame
    letters: Columns
    concepts: Columns

    @classmethod
    def of(cls, prepared: pd.DataFrame, letters: Vectors, concepts: Vectors) -> "Segment":
        """Sort resources into parts and turn their vectors over; `letters` and `concepts` give those of some rows."""
        order = np.lexsort([prepared[column].to_numpy() for column in ("id", "family", "direction")])
        frame = prepared.iloc[order].reset_index(drop=True)
        bounds = _bounds(frame)
        return cls(frame, Columns.of(letters, order, bounds), Columns.of(concepts, order, bounds))

    @cached_property
    def bounds(self) -> Mapping[Part, slice]:
        """Tell which rows each part has."""
        return _bounds(self.frame)

    def __len__(self) -> int:
        """Count the resources."""
        return len(self.frame)


def _bounds(frame: pd.DataFrame) -> dict[Part, slice]:
    sizes = frame.groupby(PART, sort=True).size()
    return {part: slice(start, end) for part, start, end in _ranges(sizes)}


def _ranges(sizes: "pd.Series[int]") -> Iterator[tuple[Part, int, int]]:
    ends = np.cumsum(sizes.to_numpy())
    for (direction, family), end, size in zip(sizes.index, ends.tolist(), sizes.tolist(), strict=True):
        yield (str(direction), str(family)), end - size, end


@dataclass(frozen=True)
class Side:
    """Hold what decides who of a part may be matched with whom, an entry a resource; `row` is its row in the index.

    `open` is False for what is gone or private, `regional` True for what only its own region may see.
    """

    row: npt.NDArray[np.intp]
    id: npt.NDArray[np.int64]
    organisation: npt.NDArray[np.int64]
    region: npt.NDArray[np.int16]
    regional: npt.NDArray[np.bool_]
    open: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, frame: pd.DataFrame, rows: npt.NDArray[np.intp], present: npt.NDArray[np.bool_]) -> "Side":
        """Read the side of some resources of a frame, which stand in these rows of the index."""
        return cls(
            rows,
            frame["id"].to_numpy(),
            frame["organisation_id"].to_numpy(),
            frame["region"].to_numpy(),
            (frame["visibility"] == "region").to_numpy(dtype=bool),
            present & (frame["visibility"] != "private").to_numpy(dtype=bool),
        )

    def joined(self, other: "Side") -> "Side":
        """Put another side behind this one."""
        pairs = ((vars(self)[name], vars(other)[name]) for name in vars(self))
        return Side(*(np.concatenate(pair) for pair in pairs))

    def __len__(self) -> int:
        """Count the resources."""
        return len(self.row)
