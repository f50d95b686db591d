from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import candidates, columns
from matching import index as index_module
from matching.frame import FAMILY, prepare
from matching.index import MatchIndex
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]

TYPES = ["material", "waste", "energy", "water", "logistics", "storage", "capacity", "service", "expertise"]


@settings(deadline=None, max_examples=12)  # the first example loads scikit-learn
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["have", "want"]),
            st.sampled_from(TYPES),
            st.integers(1, 4),
            st.sampled_from(["public", "network", "region", "private"]),
            st.sampled_from(["01", "19"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_no_pair_passes_that_may_not(make: Make, rows: list[tuple[str, str, int, str, str]]) -> None:
    """Never two offers, two needs, one company with itself, another kind, or what the other may not see."""
    columns = ["direction", "type", "organisation_id", "visibility", "region_code"]
    frame = pd.DataFrame([make(**dict(zip(columns, row, strict=True))) for row in rows])
    index = MatchIndex.build(frame.assign(id=range(len(frame))))
    found = candidates.find(index, np.arange(len(frame)), defaults())
    ids = index.resources["id"].to_numpy()
    pairs = set(zip(ids[found["row"]].tolist(), ids[found["other"]].tolist(), strict=True))
    for at, one in enumerate(frame.itertuples()):
        for to, other in enumerate(frame.itertuples()):
            seen = {one.visibility, other.visibility}
            expected = (
                one.direction != other.direction
                and FAMILY.get(one.type, one.type) == FAMILY.get(other.type, other.type)
                and one.organisation_id != other.organisation_id
                and "private" not in seen
                and ("region" not in seen or one.region_code == other.region_code)
            )
            assert ((at, to) in pairs) == expected


def test_inside_and_outside_the_region_are_counted_apart(index: MatchIndex) -> None:
    """A full region can't push out what lies across its border."""
    found = candidates.find(index, np.array([index.position(1)]), replace(defaults(), width=1))
    assert set(found["inside"]) == {True, False}


@pytest.mark.parametrize(("chunk", "few", "narrow"), [(1, 0, 0), (5, 100, 100), (256, 0, 100), (256, 100, 0)])
def test_the_way_of_counting_changes_nothing(
    index: MatchIndex, monkeypatch: pytest.MonkeyPatch, chunk: int, few: int, narrow: int
) -> None:
    """How many are compared at a time, and by which of the ways, is a matter of memory and time alone."""
    everybody = np.arange(len(index.resources))
    expected = candidates.find(index, everybody, defaults())
    monkeypatch.setattr(candidates, "CHUNK", chunk)
    monkeypatch.setattr(index_module, "FEW", few)
    monkeypatch.setattr(columns, "FEW", narrow)
    pd.testing.assert_frame_equal(candidates.find(index, everybody, defaults()), expected)


def test_of_equals_the_lowest_ids_are_taken(make: Make) -> None:
    """Whatever the order in which they came."""
    wants = [make(id=one, organisation_id=one, direction="want") for one in (9, 3, 7, 5)]
    index = MatchIndex.build(pd.DataFrame([make(id=1), *wants])).add(
        pd.DataFrame([make(id=4, organisation_id=4, direction="want")])
    )
    found = candidates.find(index, np.array([index.position(1)]), replace(defaults(), width=3))
    assert sorted(index.resources["id"].to_numpy()[found["other"]]) == [3, 4, 5]


def test_months_are_kept_as_bits(make: Make) -> None:
    """No months at all means all of them."""
    frame = prepare(pd.DataFrame([make(season_months=[]), make(season_months=[1, 12])]))
    assert frame["months"].tolist() == [0b111111111111, 0b100000000001]
