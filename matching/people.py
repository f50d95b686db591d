"""Who may be named together with whom, and how far apart they are by straight line: whole columns at a time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.columns import Rows
from matching.index import MatchIndex
from matching.pairs import POINT

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class People:
    """Hold who some resources belong to, where they are and who may see them, an entry each."""

    row: Rows
    organisation: npt.NDArray[np.int64]
    region: npt.NDArray[np.int16]
    regional: Flags
    open: Flags
    xy: Floats

    @classmethod
    def of(cls, index: MatchIndex, rows: Rows) -> "People":
        """Read some rows of the index."""
        told = index.take(rows, ["organisation_id", "region", "visibility", *POINT])
        seen = told["visibility"].to_numpy(str)
        return cls(
            rows,
            told["organisation_id"].to_numpy(),
            told["region"].to_numpy(),
            seen == "region",
            (seen != "private") & index.present[rows],
            told[list(POINT)].to_numpy(float),
        )

    def may_meet(self, others: "People") -> Flags:
        """Tell which pairs may be named together, (self, others), by the same rules as in candidates."""
        inside = self.region[:, None] == others.region[None]
        regional = self.regional[:, None] | others.regional[None]
        theirs = self.organisation[:, None] != others.organisation[None]
        return np.asarray(theirs & self.open[:, None] & others.open[None] & (inside | ~regional))

    def apart_m(self, others: "People") -> Floats:
        """Give the straight lines, (self, others)."""
        return np.asarray(np.hypot(*(self.xy[:, None] - others.xy[None]).transpose(2, 0, 1)))
