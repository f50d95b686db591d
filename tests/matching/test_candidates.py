from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import candidates
from matching.candidates import gate
from matching.frame import prepare
from matching.index import MatchIndex
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]

TYPES = ["material", "waste", "energy", "water", "logistics", "storage", "capacity", "service", "expertise"]


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
        max_size=12,
    )
)
def test_no_pair_passes_that_may_not(rows: list[tuple[str, str, int, str, str]]) -> None:
    """Never two offers, two needs, one company with itself, another kind, or what the other may not see."""
    frame = pd.DataFrame(rows, columns=["direction", "type", "organisation_id", "visibility", "region_code"])
    frame["family"] = frame["type"].replace({"waste": "material"})
    allowed = gate(frame, np.arange(len(frame)))
    for at, one in enumerate(frame.itertuples()):
        for to, other in enumerate(frame.itertuples()):
            seen = {one.visibility, other.visibility}
            expected = (
                one.direction != other.direction
                and one.family == other.family
                and one.organisation_id != other.organisation_id
                and "private" not in seen
                and ("region" not in seen or one.region_code == other.region_code)
            )
            assert allowed[at, to] == expected


def test_inside_and_outside_the_region_are_counted_apart(index: MatchIndex) -> None:
    """A full region can't push out what lies across its border."""
    found = candidates.find(index, np.array([index.position(1)]), replace(defaults(), width=1))
    assert found["inside"].tolist() == [True, False]


@pytest.mark.parametrize("rows", [1, 5, 9])
def test_chunks_change_nothing(index: MatchIndex, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many are compared at a time is a matter of memory alone."""
    everybody = np.arange(len(index.resources))
    whole = candidates.find(index, everybody, defaults())
    monkeypatch.setattr(candidates, "CHUNK", rows)
    parts = candidates.find(index, everybody, defaults())
    key = ["row", "other"]
    pd.testing.assert_frame_equal(whole.sort_values(key, ignore_index=True), parts.sort_values(key, ignore_index=True))


def test_months_are_kept_as_bits(make: Make) -> None:
    """No months at all means all of them."""
    frame = prepare(pd.DataFrame([make(season_months=[]), make(season_months=[1, 12])]))
    assert frame["months"].tolist() == [0b111111111111, 0b100000000001]
