"""Match everything with everything: the proposals that the store keeps."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from matching import candidates, features, judged, pairs
from matching.columns import Rows
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import score_pairs
from matching.weights import Weights, defaults

Progress = Callable[[int, int], None]

# Best on both sides at once: a need that is everybody's third best would otherwise drown the ones that fit.
TOP = 2
AT_ONCE = 200_000  # candidates that are scored together: some 100 MB
PRUNED_AT = 100_000  # pairs that are kept before those go that other offers have already pushed out
FIRST = 8  # of each side of a resource's region border that are scored before the rest is looked at


@dataclass(frozen=True)
class Everything:
    """Hold the pairs worth proposing (columns of pipeline.score_pairs) and how many were compared."""

    pairs: pd.DataFrame
    scored: int


@dataclass(frozen=True)
class Best:
    """Hold the best pairs of some offers, how many offers they were and how many pairs were compared."""

    pairs: pd.DataFrame
    offers: int
    compared: int


def match_all(
    index: MatchIndex,
    hauls: Hauls,
    *,
    top: int = TOP,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> Everything:
    """Give the pairs in which each side is among the other's best `top`, inside the region and outside it apart.

    None below the score that is worth a coordinator's look. Whoever wants to stop raises out of `progress`.
    """
    chosen = weights or defaults()
    return gathered(best_of(index, offers(index), hauls, top, chosen), len(offers(index)), top, progress)


def offers(index: MatchIndex) -> Rows:
    """Give the rows of all that is offered."""
    return np.concatenate([np.zeros(0, np.intp), *(index.side(part).row for part in index.parts if part[0] == "have")])


def gathered(found: Iterable[Best], total: int, top: int, progress: Progress | None) -> Everything:
    """Put the best of all offers together, in whatever order they come, and keep what is best for the needs as well."""
    kept: list[pd.DataFrame] = []
    done, compared, most = 0, 0, PRUNED_AT
    for block in found:
        kept.append(block.pairs)
        if sum(map(len, kept)) > most:
            kept = [_top(pd.concat(kept, ignore_index=True), "want_id", "have_id", top)]
            most = max(PRUNED_AT, 2 * len(kept[0]))
        done, compared = done + block.offers, compared + block.compared
        if progress:
            progress(done, total)
    both = _top(pd.concat(kept, ignore_index=True), "want_id", "have_id", top) if kept else pd.DataFrame()
    return Everything(both.reset_index(drop=True), compared)


def best_of(index: MatchIndex, rows: Rows, hauls: Hauls, top: int, weights: Weights) -> Iterator[Best]:
    """Find the best `top` pairs of some offers on each side of the region border, some thousand offers at a time."""
    plain = replace(weights, learned=None)  # whether a pair is worth a look at all is not learned
    for asked, found in _together(candidates.chunks(index, rows, weights)):
        likely = found[_most(index, found, plain) >= weights.least_score].reset_index(drop=True)
        yield Best(_best(index, likely, hauls, top, weights), asked, len(found))


def _together(chunks: Iterable[tuple[int, pd.DataFrame]]) -> Iterator[tuple[int, pd.DataFrame]]:
    """Join what was found for some offers at a time until it is worth the calls that score it."""
    asked, held, size = 0, list[pd.DataFrame](), 0
    for more, found in chunks:
        asked, size = asked + more, size + len(found)
        held.append(found)
        if size >= AT_ONCE:
            yield asked, pd.concat(held, ignore_index=True)
            asked, held, size = 0, [], 0
    if held:
        yield asked, pd.concat(held, ignore_index=True)


def _best(index: MatchIndex, found: pd.DataFrame, hauls: Hauls, top: int, weights: Weights) -> pd.DataFrame:
    """Score first those that are most alike, then of the rest only those that could still be better."""
    most = pd.Series(_most(index, found, weights), index=found.index)
    side = _side(found)
    first = most.groupby(side).rank(method="first", ascending=False) <= FIRST
    scored = _scored(index, found[first], hauls, weights)
    ranked = scored.sort_values("score", ascending=False)
    last = ranked[ranked.groupby(_side(ranked)).cumcount() == top - 1]
    to_beat = side.map(dict(zip(_side(last), last["score"], strict=True))).astype(float)
    rest = found[~first & ~(most < to_beat)]  # nothing to beat where there are fewer
    return _top(pd.concat([scored, _scored(index, rest, hauls, weights)], ignore_index=True), "have_id", "want_id", top)


def _side(found: pd.DataFrame) -> "pd.Series[int]":
    """Give each side of the region border of each resource a number of its own."""
    return found["row"] * 2 + found["inside"]


def _most(index: MatchIndex, found: pd.DataFrame, weights: Weights) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Give the highest score that each pair could reach: what they have in common, everything else being perfect."""
    told = pairs.lay_out(index, found, ["ewc_code"])
    values = pd.DataFrame({name: features.FEATURES[name].value(told, weights) for name in weights.substance})
    return judged.at_most(values, weights)


def _scored(index: MatchIndex, found: pd.DataFrame, hauls: Hauls, weights: Weights) -> pd.DataFrame:
    scored = score_pairs(index, found, hauls, weights).assign(row=found["row"].to_numpy())
    return scored[scored["default"] >= weights.least_score]


def _top(block: pd.DataFrame, side: str, tie: str, top: int) -> pd.DataFrame:
    ordered = block.sort_values([side, "score", tie], ascending=[True, False, True])
    return ordered[ordered.groupby([side, "inside"]).cumcount() < top]
