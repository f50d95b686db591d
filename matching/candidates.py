"""Which pairs are worth scoring: the gate that no score can open, and the best by text behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.columns import Part, Rows, Sums, cosine
from matching.index import MatchIndex
from matching.segment import OPPOSITE, Side
from matching.weights import Weights

CELLS = 8_000_000  # pairs compared at a time: bounds memory to some 100 MB
COARSE_BITS = 12  # a sum of two whole vectors has up to 25
CHUNK = 256  # resources compared with all others at a time


@dataclass(frozen=True)
class Found:
    """Hold candidate pairs, an entry each; `row` and `other` are rows of the index, the rest as in `find`."""

    row: Rows
    other: Rows
    inside: npt.NDArray[np.bool_]
    characters: Sums
    concepts: Sums


def find(index: MatchIndex, rows: Rows, weights: Weights) -> pd.DataFrame:
    """Find the counterparts of some resources that text speaks for, inside and outside their regions apart.

    An offer goes with a need, of the same kind (waste serves as material and the other way round). On each side of
    the border the best `weights.width` by letters and the best `weights.width` by concepts, equal ones by id.

    Returns
    -------
    DataFrame
        One row a pair: `row` and `other` are rows of the index, `inside` tells whether they share a region,
        `characters` and `concepts` are cosines in 0..1.
    """
    found = (frame for _, frame in chunks(index, rows, weights))
    return pd.concat([_frame([]), *found], ignore_index=True)


def chunks(index: MatchIndex, rows: Rows, weights: Weights) -> Iterator[tuple[int, pd.DataFrame]]:
    """Find the counterparts as `find` does, a few hundred resources at a time; tell of how many each time."""
    for part, own in index.by_part(rows):
        for asked, found in _in_part(index, part, own, weights.width):
            yield asked, _frame(found)


def _frame(found: Sequence[Found]) -> pd.DataFrame:
    def joined(name: str, kind: type) -> npt.NDArray[Any]:
        return np.concatenate([np.zeros(0, kind), *(vars(one)[name] for one in found)]).astype(kind)

    pairs = {"row": joined("row", np.intp), "other": joined("other", np.intp), "inside": joined("inside", np.bool_)}
    evidence = {name: cosine(joined(name, np.int32)) for name in ("characters", "concepts")}
    return pd.DataFrame({**pairs, **evidence})


def _in_part(index: MatchIndex, part: Part, rows: Rows, width: int) -> Iterator[tuple[int, list[Found]]]:
    direction, family = part
    counterpart = (OPPOSITE[direction], family)
    own, others = index.side(part), index.side(counterpart)
    letters, concepts = index.vectors(part, rows)
    at = np.searchsorted(own.row, rows)
    step = min(CHUNK, max(1, CELLS // max(1, len(others))))
    for start in range(0, len(rows), step):
        chunk = slice(start, start + step)
        sums = index.dots(counterpart, (letters[chunk], concepts[chunk]))
        questions = zip(at[chunk].tolist(), *sums, strict=True)
        found = [one for place, *both in questions for one in _of_one(own, place, others, (both[0], both[1]), width)]
        yield len(at[chunk]), found


def _of_one(own: Side, at: int, others: Side, sums: tuple[Sums, Sums], width: int) -> Iterator[Found]:
    may, inside = _gate(own, at, others)
    for side in (True, False):
        among = may & (inside == side)
        picked = np.union1d(*(_best(one, among, others.id, width) for one in sums))
        if len(picked):
            row, flag = np.full(len(picked), own.row[at]), np.full(len(picked), side)
            yield Found(row, others.row[picked], flag, sums[0][picked], sums[1][picked])


def _best(sums: Sums, among: npt.NDArray[np.bool_], ids: npt.NDArray[np.int64], width: int) -> Rows:
    """Give the places of the `width` largest sums above zero, of equal ones those with the lowest ids."""
    places = np.flatnonzero(among & (sums > 0))
    if len(places) <= width:
        return places
    # Coarsely first, by counting: to part all of them is several times slower, and far slower where many are equal.
    coarse = sums[places] >> COARSE_BITS
    higher = np.cumsum(np.bincount(coarse)[::-1])
    places = places[coarse >= len(higher) - 1 - np.searchsorted(higher, width)]
    near = sums[places]
    least = np.partition(near, -width)[-width]
    above, level = places[near > least], places[near == least]
    return np.concatenate([above, level[np.argsort(ids[level])[: width - len(above)]]])


def allowed(index: MatchIndex, row: int) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """Give the rows of all with whom a resource may be matched, whatever the texts say, and which share its region."""
    part, _ = next(index.by_part(np.array([row])))
    own, others = index.side(part), index.side((OPPOSITE[part[0]], part[1]))
    may, inside = _gate(own, int(np.searchsorted(own.row, row)), others)
    return others.row[may], inside[may]


def _gate(own: Side, at: int, others: Side) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Tell with which others a resource may be matched at all, and which of them are of its region.

    Never with its own organisation, nor hazardous waste with a need that can't take it. What only its own region may
    see is matched within it, what is private never.
    """
    inside = others.region == own.region[at]
    may = others.open & (others.organisation != own.organisation[at])
    if own.barred[at]:
        may &= ~others.barred
    may &= inside if own.regional[at] else inside | ~others.regional
    return may if own.open[at] else np.zeros_like(may), inside
