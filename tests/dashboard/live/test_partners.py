"""A room is told of the same partners as the page of nearby partners shows: one engine, one limit, one order."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import create_engine

from dashboard.live import partners
from dashboard.live.partners import Round
from dashboard.views import partner_pick
from matching.index import MatchIndex
from matching.pipeline import find_matches
from matching.weights import defaults
from tests.matching.conftest import KEMI, LAHTI, OULU, hauls, listing

__all__ = ["hauls"]  # a fixture
NEAR, FAR = (KEMI[0] + 9_000.0, KEMI[1] - 9_000.0), (LAHTI[0], LAHTI[1] - 60_000.0)
BEYOND = (KEMI[0], KEMI[1] - 280_000.0)
Known = Callable[..., Round]


@pytest.fixture
def known(hauls: Any) -> Known:  # noqa: ANN401 - the fixture of that name
    """Give a function that knows one offer of bark in Kemi and needs for it at some places."""

    def made(*places: tuple[float, float]) -> Round:
        offer = listing(title="Kuori kuorimolta", tonnes_low=2000.0, tonnes_high=2000.0)
        needs = [
            listing(
                id=one,
                organisation_id=one,
                site_id=one,
                direction="want",
                region_code=f"0{one}",
                title="Kuorta kattilaan polttoaineeksi",
                easting_m=place[0],
                northing_m=place[1],
                tonnes_low=2000.0,
                tonnes_high=2000.0,
            )
            for one, place in enumerate(places, 2)
        ]
        index = MatchIndex.build([pd.DataFrame([offer, *needs])])
        return Round(create_engine("postgresql+psycopg://"), 1, index, set(), hauls, defaults(), dated=False)

    return made


def test_a_room_is_told_what_the_page_shows(known: Known) -> None:
    """The best within the page's limit, in its order; beyond it there is nobody while somebody is nearer."""
    room = known(LAHTI, OULU, NEAR, FAR)
    told = [(one.have_id, one.want_id) for one in partners.find(room, [1])]
    every = find_matches(room.index, 1, room.hauls, k=None, weights=room.weights)
    shown = partner_pick.pick(every.assign(own_id=1, fit=every["score"]), partner_pick.Limit()).within["all"]
    assert told == [(1, row["partner_id"]) for row in shown] == [(1, 4), (1, 3)]


def test_the_nearest_beyond_the_limit_where_nobody_is_within(known: Known) -> None:
    """One, so that the wall doesn't fill up with arcs across the country."""
    assert [one.want_id for one in partners.find(known(LAHTI, BEYOND), [1])] == [3]


def test_what_hardly_fits_is_no_suggestion(known: Known) -> None:
    """Below the score at which the program proposes anything, a room is told of nothing, and nothing is counted."""
    room = known(NEAR)
    least = max(one.score for one in partners.find(room, [1]))
    weights = room.weights.__class__(**{**vars(room.weights), "least_score": least + 0.01})
    room.weights = weights
    assert partners.find(room, [1]) == []
