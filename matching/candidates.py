"""Which pairs are worth scoring: the gate that no score can open, and the best by text behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
SAMPLED = 32  # every so many of the sums tell how high those lie that count
MARGIN = 4  # times as many are looked at closely as are wanted
SAMPLE_LEAST = 8  # of the sample: fewer would be too much a matter of luck


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


@dataclass(frozen=True)
class _Others:
    """Hold who may be a counterpart, and of each region that was asked for the places of those who are in it."""

    side: Side
    homes: dict[int, Rows] = field(default_factory=dict)

    def of_region(self, region: int) -> Rows:
        """Give the rows of a region, found once."""
        if region not in self.homes:
            self.homes[region] = np.flatnonzero(self.side.region == region)
        return self.homes[region]


def _in_part(index: MatchIndex, part: Part, rows: Rows, width: int) -> Iterator[tuple[int, list[Found]]]:
    direction, family = part
    counterpart = (OPPOSITE[direction], family)
    own, others = index.side(part), _Others(index.side(counterpart))
    letters, concepts = index.vectors(part, rows)
    at = np.searchsorted(own.row, rows)
    step = min(CHUNK, max(1, CELLS // max(1, len(others.side))))
    for start in range(0, len(rows), step):
        chunk = slice(start, start + step)
        sums = index.dots(counterpart, (letters[chunk], concepts[chunk]))
        questions = zip(at[chunk].tolist(), *sums, strict=True)
        found = [one for place, *both in questions for one in _of_one(own, place, others, (both[0], both[1]), width)]
        yield len(at[chunk]), found


def _of_one(own: Side, at: int, others: _Others, sums: tuple[Sums, Sums], width: int) -> Iterator[Found]:
    for side in (True, False):
        choose = _best_inside if side else _best_outside
        picked = np.union1d(*(choose(own, at, others, one, width) for one in sums))
        if len(picked):
            row, flag = np.full(len(picked), own.row[at]), np.full(len(picked), side)
            yield Found(row, others.side.row[picked], flag, sums[0][picked], sums[1][picked])


def _best_inside(own: Side, at: int, others: _Others, sums: Sums, width: int) -> Rows:
    places = others.of_region(int(own.region[at]))
    places = places[sums[places] > 0]
    return _best(sums, places[_may(own, at, others.side, places)], others.side.id, width)


def _best_outside(own: Side, at: int, others: _Others, sums: Sums, width: int) -> Rows:
    """Look first at those above a sum that enough are likely to reach, and at all where they are too few."""
    for least in dict.fromkeys([_likely(sums, width), 1]):
        places = np.flatnonzero(sums >= least)
        places = places[others.side.region[places] != own.region[at]]
        places = places[_may(own, at, others.side, places)]
        if len(places) >= width:
            break
    return _best(sums, places, others.side.id, width)


def _likely(sums: Sums, width: int) -> int:
    """Guess, by a sample, a sum that some times `width` of all reach; 1 where that is not worth the while."""
    sample = sums[::SAMPLED]
    rank = max(SAMPLE_LEAST, MARGIN * width // SAMPLED)
    return max(int(np.partition(sample, -rank)[-rank]), 1) if len(sample) > MARGIN * rank else 1


def _best(sums: Sums, places: Rows, ids: npt.NDArray[np.int64], width: int) -> Rows:
    """Give of some places the `width` of the largest sums, of equal ones those with the lowest ids."""
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
    at = int(np.searchsorted(own.row, row))
    may = np.flatnonzero(_may(own, at, others, np.arange(len(others))))
    return others.row[may], others.region[may] == own.region[at]


def _may(own: Side, at: int, others: Side, places: Rows) -> npt.NDArray[np.bool_]:
    """Tell with which of some others a resource may be matched at all.

    Never with its own organisation, nor hazardous waste with a need that can't take it. What only its own region may
    see is matched within it, what is private never.
    """
    may = others.open[places] & (others.organisation[places] != own.organisation[at]) & own.open[at]
    if own.barred[at]:
        may &= ~others.barred[places]
    inside = others.region[places] == own.region[at]
    may &= inside if own.regional[at] else inside | ~others.regional[places]
    return np.asarray(may, dtype=bool)
