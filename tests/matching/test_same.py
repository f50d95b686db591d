"""The same matches whichever way they came about: alone or all at once, at once or one by one, in whatever order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import candidates, everything
from matching.everything import match_all
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import score_pairs
from matching.score import chances
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]

WORDS = ["puutuhkaa", "lentotuhkaa", "kuonaa", "haketta", "purkupuuta", "muovia", "lietettä", "lannoitteeksi"]
PLACES = ["metsään", "pellolle", "kattilaan", "työmaalle", "tehtaalle"]


@pytest.fixture(scope="module")
def listings(make: Make) -> pd.DataFrame:
    """Give 240 listings of 60 companies in three regions, many of them alike."""
    draw = np.random.default_rng(7)
    rows = [
        make(
            id=number,
            organisation_id=number % 60,
            site_id=number % 60,
            direction=draw.choice(["have", "want"]),
            type=draw.choice(["material", "waste", "energy"]),
            title=f"{draw.choice(WORDS)} {draw.choice(PLACES)}",
            region_code=draw.choice(["07", "17", "19"]),
            easting_m=390_000.0 + 1_000.0 * draw.integers(60),
            tonnes_low=float(draw.integers(1, 500)),
            tonnes_high=500.0,
        )
        for number in range(1, 241)
    ]
    return pd.DataFrame(rows)


def grown(base: pd.DataFrame, steps: Sequence[pd.DataFrame]) -> MatchIndex:
    """Index the base, then add what comes, step by step."""
    index = MatchIndex.build(base)
    for step in steps:
        index = index.add(step)
    return index


def assert_same(ours: MatchIndex, theirs: MatchIndex, hauls: Hauls) -> None:
    """Compare all proposals by the resources' ids; the rows of the two indexes may differ."""
    rows = ["have_row", "want_row", "row"]
    first, second = (match_all(index, hauls).pairs.drop(columns=rows) for index in (ours, theirs))
    assert len(first) > 0
    pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_one_by_one_or_all_at_once(listings: pd.DataFrame, hauls: Hauls) -> None:
    """In any order."""
    base, news = listings.iloc[:200], listings.iloc[200:]
    ones = [news.iloc[[at]] for at in range(len(news))]
    at_once = grown(base, [news])
    assert_same(at_once, grown(base, ones), hauls)
    assert_same(at_once, grown(base, ones[::-1]), hauls)


def test_an_edit_and_back_again_changes_nothing(listings: pd.DataFrame, hauls: Hauls) -> None:
    """Nor does a listing that came and went."""
    base, stranger = listings.iloc[:239], listings.iloc[239:]
    edited = base.iloc[40:60].assign(title="lietettä pellolle", direction="want")
    there_and_back = grown(base, [stranger, edited, base.iloc[40:60]]).remove(stranger["id"].tolist())
    assert_same(MatchIndex.build(base), there_and_back, hauls)


def test_a_resource_has_the_matches_of_the_whole_count(listings: pd.DataFrame, hauls: Hauls) -> None:
    """Every offer, asked alone and without looking at the likely ones first."""
    index = grown(listings.iloc[:200], [listings.iloc[200:]])
    weights = defaults()
    blocks = list(everything.best_of(index, everything.offers(index), hauls, 2, weights))
    whole = pd.concat([block.pairs for block in blocks]).set_index(["have_id", "want_id"])["score"]
    alone = []
    for row in everything.offers(index):
        found = candidates.find(index, np.array([row]), weights)
        scored = score_pairs(index, found, hauls, weights)
        worth = scored[scored["score"] >= weights.least_score].sort_values(
            ["score", "want_id"], ascending=[False, True]
        )
        alone.append(worth[worth.groupby("inside").cumcount() < 2])
    expected = pd.concat(alone).set_index(["have_id", "want_id"])["score"]
    pd.testing.assert_series_equal(whole.sort_index(), expected.sort_index(), check_exact=True)


def test_blocks_of_any_size_find_the_same(
    listings: pd.DataFrame, hauls: Hauls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many candidates are scored together, and whenever those go that others have pushed out."""
    index = MatchIndex.build(listings)
    whole = match_all(index, hauls)
    monkeypatch.setattr(candidates, "CHUNK", 7)
    monkeypatch.setattr(everything, "AT_ONCE", 300)
    monkeypatch.setattr(everything, "PRUNED_AT", 20)
    parts = match_all(index, hauls)
    assert parts.scored == whole.scored
    pd.testing.assert_frame_equal(parts.pairs, whole.pairs, check_exact=True)


def test_a_sample_decides_about_nothing(listings: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it guesses well, too high or too low: the best are those of looking at all."""
    index, few = MatchIndex.build(listings), replace(defaults(), width=3)
    rows = everything.offers(index)
    whole = candidates.find(index, rows, few)
    for sampled, margin, rank in ((2, 4, 4), (1, 1, 1), (5, 1, 2)):
        monkeypatch.setattr(candidates, "SAMPLED", sampled)
        monkeypatch.setattr(candidates, "MARGIN", margin)
        monkeypatch.setattr(candidates, "SAMPLE_LEAST", rank)
        pd.testing.assert_frame_equal(candidates.find(index, rows, few), whole, check_exact=True)


def test_no_score_is_above_what_two_listings_have_in_common(listings: pd.DataFrame, hauls: Hauls) -> None:
    """By this the whole count leaves out what can't be among the best."""
    index = MatchIndex.build(listings)
    found = candidates.find(index, everything.offers(index), defaults())
    scored = score_pairs(index, found, hauls, defaults())
    most = chances(scored["substance"].to_numpy(), defaults())
    assert (scored["score"] <= most + 1e-12).all()
