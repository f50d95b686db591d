"""Which pairs are worth scoring: the gate that no score can open, and the best by text behind it."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.index import MatchIndex
from matching.weights import Weights

CHUNK = 256  # resources compared with all others at a time: bounds memory, measured fastest at 5,000

Rows = npt.NDArray[np.intp]
Grid = npt.NDArray[np.float64]


def find(index: MatchIndex, rows: Rows, weights: Weights) -> pd.DataFrame:
    """Find the counterparts of some resources that text speaks for, inside and outside their regions apart.

    Returns
    -------
    DataFrame
        One row a pair: `row` and `other` are rows of the index, `inside` tells whether they share a region,
        `characters` and `concepts` are cosines in 0..1. At most `weights.width` a resource on each side of the border.
    """
    parts = [_chunk(index, rows[at : at + CHUNK], weights) for at in range(0, len(rows), CHUNK)]
    columns = ["row", "other", "inside", "characters", "concepts"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _chunk(index: MatchIndex, rows: Rows, weights: Weights) -> pd.DataFrame:
    letters, words = index.cosines(rows)
    likeness = weights.substance["characters"] * letters + weights.substance["concepts"] * words
    allowed = gate(index.resources, rows)
    region = index.resources["region_code"].to_numpy()
    inside = region[rows][:, None] == region[None, :]
    picked = [
        (at, other, side)
        for side, mask in ((True, allowed & inside), (False, allowed & ~inside))
        for at, other in _best(np.where(mask, likeness, 0.0), weights.width)
    ]
    at = np.concatenate([np.full(len(other), at) for at, other, _ in picked])
    other = np.concatenate([other for _, other, _ in picked])
    sides = np.concatenate([np.full(len(other), side) for _, other, side in picked])
    return pd.DataFrame(
        {
            "row": rows[at],
            "other": other,
            "inside": sides,
            "characters": np.clip(letters[at, other], 0.0, 1.0),
            "concepts": np.clip(words[at, other], 0.0, 1.0),
        }
    )


def _best(likeness: Grid, width: int) -> Iterator[tuple[int, Rows]]:
    for at, line in enumerate(likeness):
        found = np.flatnonzero(line > 0)
        if len(found) > width:
            # By likeness, then by row: the same hundred whatever order the memory has.
            found = found[np.lexsort((found, -line[found]))[:width]]
        yield at, np.sort(found)


def gate(resources: pd.DataFrame, rows: Rows) -> npt.NDArray[np.bool_]:
    """Tell for some resources (lines) which others (columns) they may be matched with at all.

    An offer goes with a need, of the same kind (waste serves as material and the other way round), of another
    organisation. What only its own region may see is matched within it, what is private never.
    """
    own = resources.iloc[rows]

    def same(column: str) -> npt.NDArray[np.bool_]:
        values = pd.factorize(resources[column])[0]
        return np.equal(values[rows][:, None], values[None, :])

    visibility = resources["visibility"].to_numpy()
    regional = (visibility[rows] == "region")[:, None] | (visibility == "region")[None, :]
    private = (visibility[rows] == "private")[:, None] | (visibility == "private")[None, :]
    opposite = ~same("direction")
    allowed = opposite & same("family") & ~same("organisation_id") & ~private & (~regional | same("region_code"))
    return np.broadcast_to(allowed, (len(own), len(resources)))
