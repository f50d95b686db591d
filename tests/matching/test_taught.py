"""A taught word is read in all listings at once, and forgotten as quickly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import concepts
from matching import live as live_module
from matching.concepts import Term
from matching.live import LiveIndex, Store, make, put
from matching.pairs import Hauls
from matching.pipeline import find_matches
from matching.shelf import Shelf

Make = Callable[..., dict[str, Any]]

TERM = Term("ash", "fi", "hömpsy")


class Taught:
    """Hold resources that stay as they are, and words that come and go."""

    def __init__(self, resources: pd.DataFrame, folder: Path) -> None:
        self.resources, self.shelf = resources, Shelf(folder, "here")
        self.words: tuple[Term, ...] = ()
        self.built = 0

    @property
    def store(self) -> Store:
        """Give what a live index asks."""
        ids = np.sort(self.resources["id"].to_numpy())
        return Store(
            now=lambda: 2,
            changed=lambda _since: [],
            ids=lambda: ids,
            read=lambda some: [self.resources if some is None else self.resources[self.resources["id"].isin(some)]],
            tally=lambda: (len(ids), int(ids.sum())),
            taught=lambda: self.words,
        )

    def live(self) -> LiveIndex:
        """Give a live index, as another process would have one."""
        return LiveIndex(self.store, self.shelf, self.build)

    def build(self) -> None:
        """Make a base beside."""
        self.built += 1
        put(self.shelf, make([self.resources], concepts.taught(self.words)), 2)


@pytest.fixture
def told(resources: pd.DataFrame, make: Make, tmp_path: Path) -> Taught:
    """Give the listings, and two whose titles are a word that nobody knows."""
    unknown = [make(id=one, organisation_id=one, title="Hömpsyä", region_code="17") for one in (20, 21)]
    return Taught(pd.concat([resources, pd.DataFrame(unknown)], ignore_index=True), tmp_path / "matching")


def partners(live: LiveIndex, stamp: str, hauls: Hauls, of: int = 20) -> pd.DataFrame:
    """Rank the partners of one of the two."""
    return find_matches(live.current(stamp), of, hauls, k=None)[["partner_id", "score", "substance"]]


def test_a_taught_word_ranks_and_a_forgotten_one_does_not(told: Taught, hauls: Hauls) -> None:
    """To the last digit as before; another process counts the same, and finds the base that was made."""
    live = told.live()
    before = partners(live, "1", hauls)
    assert before.empty
    told.words = (TERM,)
    taught = partners(live, "2", hauls)
    assert taught["partner_id"].iloc[0] == 2
    pd.testing.assert_frame_equal(partners(told.live(), "2", hauls), taught, check_exact=True)
    needed = find_matches(live.current("2"), 2, hauls, k=None)
    assert {20, 21} <= set(needed["partner_id"])
    told.words = ()
    pd.testing.assert_frame_equal(partners(live, "3", hauls), before, check_exact=True)


def test_a_base_is_only_read_with_the_words_it_was_made_with(told: Taught) -> None:
    """Its name tells them."""
    told.live().current("1")
    assert told.shelf.newest(()) is not None
    assert told.shelf.newest((TERM,)) is None
    assert told.shelf.newest() == told.shelf.newest(())


def test_beside_a_large_base_a_word_holds_for_whoever_asks(
    told: Taught, hauls: Hauls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once for the one that is asked, and for all when the new base is there."""
    monkeypatch.setattr(live_module, "LARGE", 5)
    live = told.live()
    first = live.current("1")
    told.words = (TERM,)
    second = live.current("2")
    assert second.base is first.base
    assert find_matches(second, 20, hauls, k=None)["partner_id"].iloc[0] == 2
    live.wait()
    third = live.current("2")
    assert told.built == 2
    assert {20, 21} <= set(find_matches(third, 2, hauls, k=None)["partner_id"])


def test_what_came_since_is_read_anew(told: Taught, hauls: Hauls) -> None:
    """An index that reads with other words has the matches of one made with them, but for how rare they are."""
    base, news = told.resources.iloc[:-2], told.resources.iloc[-2:]
    index = make([base]).add(news).reading(concepts.taught((TERM,)))
    assert {20, 21} <= set(find_matches(index, 2, hauls, k=None)["partner_id"])
    plain = make([base]).add(news)
    assert not {20, 21} & set(find_matches(plain, 2, hauls, k=None)["partner_id"])


def test_topics_set_by_hand_stand_in_the_place_of_the_text(make: Make, hauls: Hauls) -> None:
    """Whoever corrects a resource has the last word."""
    offer = make(id=1, title="Tuhkaa", description="Lentotuhkaa voimalasta", region_code="17")
    wants = [
        make(id=2, organisation_id=2, direction="want", title="Fly ash", language="en"),
        make(id=3, organisation_id=3, direction="want", title="Sawdust", language="en"),
    ]
    plain = find_matches(make_of(offer, *wants), 1, hauls, k=None)["partner_id"].tolist()
    corrected = find_matches(make_of(offer | {"concepts": ["!", "sawdust"]}, *wants), 1, hauls, k=None)
    assert (plain, corrected["partner_id"].tolist()) == ([2], [3])


def make_of(*rows: dict[str, Any]) -> Any:  # noqa: ANN401 - an index
    """Index some listings."""
    return make([pd.DataFrame(rows)])
