from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching import live as live_module
from matching.live import LiveIndex, Store, make, put
from matching.pairs import Hauls
from matching.pipeline import find_matches
from matching.shelf import Shelf, open_base


class Rows:
    """Hold resources as a store would: each write has a number, and what was read is noted."""

    def __init__(self, resources: pd.DataFrame) -> None:
        self.resources = resources
        self.written = dict.fromkeys(resources["id"].tolist(), 1)
        self.number = 2
        self.read_ids: list[list[int] | None] = []

    def write(self, rows: pd.DataFrame) -> None:
        """Put rows in the place of those of the same id."""
        others = self.resources[~self.resources["id"].isin(rows["id"])]
        self.resources = pd.concat([others, rows], ignore_index=True)
        self.written |= dict.fromkeys(rows["id"].tolist(), self.number)
        self.number += 1

    def read(self, ids: Sequence[int] | None) -> Iterator[pd.DataFrame]:
        """Give all in two pieces, or those named."""
        self.read_ids.append(None if ids is None else list(ids))
        chosen = self.resources if ids is None else self.resources[self.resources["id"].isin(ids)]
        yield chosen.iloc[:4]
        yield chosen.iloc[4:]

    @property
    def store(self) -> Store:
        """Give what a live index asks."""
        return Store(
            now=lambda: self.number,
            changed=lambda since: [one for one, number in self.written.items() if number >= since],
            ids=lambda: np.sort(self.resources["id"].to_numpy()),
            read=self.read,
            tally=lambda: (len(self.resources), int(self.resources["id"].sum())),
        )


@pytest.fixture
def rows(resources: pd.DataFrame) -> Rows:
    """Give a store of the listings."""
    return Rows(resources)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Give an empty shelf."""
    return Shelf(tmp_path / "matching", "here")


@pytest.fixture
def live(rows: Rows, shelf: Shelf) -> LiveIndex:
    """Give a live index of the listings."""
    return LiveIndex(rows.store, shelf, lambda: None)


def changed(resources: pd.DataFrame, resource_id: int, **values: object) -> pd.DataFrame:
    """Give one of the listings with other values."""
    return resources[resources["id"] == resource_id].assign(**values)


def test_only_what_changed_is_read(live: LiveIndex, rows: Rows, resources: pd.DataFrame) -> None:
    """The same stamp costs nothing, one change one row, a row that vanished none."""
    assert live.current("1") is live.current("1")
    rows.write(changed(resources, 3, title="Something else"))
    renewed = live.current("2")
    assert rows.read_ids == [None, [3]]
    assert renewed.take(np.array([renewed.position(3)]), ["title"]).loc[0, "title"] == "Something else"
    rows.resources = rows.resources[rows.resources["id"] != 4]
    assert 4 not in live.current("3").ids
    assert rows.read_ids == [None, [3], [4]]


def test_much_news_at_once_makes_a_new_base(live: LiveIndex, rows: Rows, resources: pd.DataFrame) -> None:
    """The rarity of words is counted again."""
    live.current("1")
    rows.write(resources)
    live.current("2")
    assert rows.read_ids == [None, None]


def test_another_process_goes_on_from_the_same_base(
    live: LiveIndex, rows: Rows, shelf: Shelf, resources: pd.DataFrame, hauls: Hauls
) -> None:
    """It reads only what came since, and gives the same matches to the last digit."""
    live.current("1")
    rows.write(changed(resources, 6, title="Lentotuhkaa"))
    ours = live.current("2")
    rows.read_ids.clear()
    theirs = LiveIndex(rows.store, shelf, lambda: None).current("2")
    assert rows.read_ids == [[6]]
    for one in resources["id"].tolist():
        mine, other = (find_matches(index, one, hauls, k=None) for index in (ours, theirs))
        pd.testing.assert_frame_equal(mine, other, check_exact=True)


def test_a_base_of_another_store_is_not_read(live: LiveIndex, shelf: Shelf, tmp_path: Path) -> None:
    """Nor one that other code has made, which has another key as well."""
    live.current("1")
    assert shelf.newest() is not None
    assert Shelf(tmp_path / "matching", "elsewhere").newest() is None


def test_a_base_is_read_as_it_was_written(live: LiveIndex, shelf: Shelf) -> None:
    """All columns, all vectors."""
    index = live.current("1")
    newest = shelf.newest()
    assert newest is not None
    opened, mark = open_base(newest)
    assert mark == 2
    pd.testing.assert_frame_equal(opened.resources, index.resources)
    for name in ("letters", "concepts"):
        written, read = (getattr(one.base, name).everything() for one in (index, opened))
        assert (written != read).nnz == 0


def test_few_bases_are_kept(live: LiveIndex, shelf: Shelf, tmp_path: Path) -> None:
    """The one before stays for whoever is just opening it."""
    index = live.current("1")
    for _ in range(3):
        put(shelf, index, 1)
    assert len(list((tmp_path / "matching").iterdir())) == 2


def test_a_large_base_is_made_by_the_builder(
    rows: Rows, shelf: Shelf, resources: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks first waits for it; later ones go on with the old base until the new one is there."""
    monkeypatch.setattr(live_module, "LARGE", 5)
    monkeypatch.setattr(live_module, "NEWS_MAX", 2)
    built: list[int] = []

    def builder() -> None:
        built.append(rows.number)
        put(shelf, make(rows.read(None)), rows.number)

    live = LiveIndex(rows.store, shelf, builder)
    first = live.current("1")
    rows.write(resources.head(3).assign(title="Uutta"))
    second = live.current("2")
    assert second.base is first.base
    live.wait()
    third = live.current("2")
    assert third.take(np.array([third.position(1)]), ["title"]).loc[0, "title"] == "Uutta"
    assert built == [2, 3]
