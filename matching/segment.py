"""A set of resources with both kinds of evidence, never changed: the large base of an index, or what came since."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
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

    @cached_property
    def _sides(self) -> dict[Part, "Side"]:
        return {}

    def side(self, part: Part) -> "Side":
        """Tell who is in a part; read once, since a base is asked again and again."""
        if part not in self._sides:
            self._sides[part] = Side.of(self.frame, self.bounds.get(part, slice(0, 0)))
        return self._sides[part]

    def rows(self, ids: npt.NDArray[np.int64]) -> Rows:
        """Find the rows of some ids; one that is not here is left out."""
        order, known = self._by_id
        at = np.searchsorted(known, ids)
        held = at < len(known)
        held[held] = known[at[held]] == ids[held]
        return order[at[held]]

    @cached_property
    def _by_id(self) -> tuple[Rows, npt.NDArray[np.int64]]:
        ids = self.frame["id"].to_numpy()
        order = np.argsort(ids)
        return order, ids[order]

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

    `open` is False for what is gone or private, `regional` True for what only its own region may see, `barred` for
    offers that are hazardous waste and needs that can't take such.
    """

    row: npt.NDArray[np.intp]
    id: npt.NDArray[np.int64]
    organisation: npt.NDArray[np.int64]
    region: npt.NDArray[np.int16]
    regional: npt.NDArray[np.bool_]
    open: npt.NDArray[np.bool_]
    barred: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, frame: pd.DataFrame, held: slice) -> "Side":
        """Read the side of a range of rows."""
        id_, organisation, region = (frame[name].to_numpy()[held] for name in ("id", "organisation_id", "region"))
        visibility = frame["visibility"].iloc[held]
        regional, private = ((visibility == kind).to_numpy(dtype=bool) for kind in ("region", "private"))
        barred = frame["barred"].to_numpy(dtype=bool)[held]
        return cls(np.arange(held.start, held.stop), id_, organisation, region, regional, ~private, barred)

    def present(self, present: npt.NDArray[np.bool_], start: int) -> "Side":
        """Shut what is not present; its rows begin at `start` in the index."""
        return replace(self, row=self.row + start, open=self.open & present[self.row + start])

    def joined(self, other: "Side") -> "Side":
        """Put another side behind this one."""
        pairs = ((vars(self)[name], vars(other)[name]) for name in vars(self))
        return Side(*(np.concatenate(pair) for pair in pairs))

    def __len__(self) -> int:
        """Count the resources."""
        return len(self.row)
