"""What nobody within reach takes, and where somebody should."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest

from config import settings
from geo import distance
from geo.engines import ENGINES
from matching import missing
from matching.index import MatchIndex
from matching.missing_sites import Plan, propose
from matching.pairs import Hauls

KUOPIO, IISALMI, KEMI = (534_000.0, 6_973_000.0), (511_000.0, 7_047_000.0), (390_000.0, 7_293_600.0)
MARIEHAMN = (107_000.0, 6_687_000.0)


@pytest.fixture
def index(make: Any) -> MatchIndex:  # noqa: ANN401 - a function of the conftest
    """Index offers of concrete and sawdust, a crusher far away and a pellet mill next door."""
    told = [
        ("have", "waste", "Betonijätettä purkutyömaalta", KUOPIO, 900.0),
        ("have", "waste", "Purkubetonia", IISALMI, 600.0),
        ("have", "material", "Sahanpurua", KUOPIO, 500.0),
        ("have", "material", "Sahanpuru, tuore", IISALMI, 400.0),
        ("want", "material", "Sahanpurua pelletteihin", IISALMI, 2_000.0),
        ("have", "service", "Betonin murskausta", KEMI, None),
        ("want", "material", "Murskettua betonia tienpohjaan", KUOPIO, 1_000.0),
    ]
    rows = [
        make(
            id=at,
            organisation_id=at,
            site_id=at,
            direction=direction,
            type=kind,
            title=title,
            easting_m=place[0],
            northing_m=place[1],
            tonnes_low=tonnes,
            tonnes_high=tonnes,
            region_code="11",
        )
        for at, (direction, kind, title, place, tonnes) in enumerate(told, 1)
    ]
    return MatchIndex.build(pd.DataFrame(rows))


TOPICS = pd.Series({1: "concrete", 2: "concrete", 3: "sawdust", 4: "sawdust"})


def reached(index: MatchIndex, hauls: Hauls) -> pd.DataFrame:
    """Give the offers with the way to the nearest who takes them."""
    offered = missing.offers(index, TOPICS)
    known = missing.takers(index, ["concrete", "sawdust"])
    return offered.assign(nearest_km=missing.nearest_km(index, offered, known, hauls))


def test_an_offer_is_served_by_a_need_or_by_who_treats_it(index: MatchIndex) -> None:
    """Sawdust has a pellet mill, concrete a crusher and who builds roads of it."""
    known = missing.takers(index, ["concrete", "sawdust"])
    ids = {name: set(index.take(np.array([one.row for one in rows]), ["id"])["id"]) for name, rows in known.items()}
    assert 6 in ids["concrete"]
    assert ids["sawdust"] == {5}
    assert {one.treats for one in known["concrete"]} >= {True}


def test_what_is_too_far_is_missing(index: MatchIndex, hauls: Hauls) -> None:
    """With a short haul the far ones wait; with a long one nobody does, and then nothing is listed."""
    offered = reached(index, hauls)
    near = missing.gaps(offered, 1.0)
    assert set(near["material"]) <= {"concrete", "sawdust"}
    assert near["offers"].ge(missing.FEWEST_OFFERS).all()
    assert missing.gaps(offered, 2_000.0).empty
    assert list(missing.gaps(offered.head(0), 50.0).columns) == list(near.columns)


def test_own_needs_take_nothing(index: MatchIndex, hauls: Hauls) -> None:
    """A company is no outlet of its own: with everybody one company there is no way to anybody."""
    offered = reached(index, hauls).assign(organisation_id=5)
    known = missing.takers(index, ["sawdust"])
    mine = offered[offered["material"] == "sawdust"].reset_index(drop=True)
    assert np.isnan(missing.nearest_km(index, mine, known, hauls)).all()


def test_a_site_is_proposed_where_most_is_fetched_the_least_far(index: MatchIndex) -> None:
    """Of three places the one between both offers; the next best are told beside it, and an island gets nothing."""
    offered = missing.offers(index, TOPICS)
    left = offered[offered["material"] == "concrete"].reset_index(drop=True)
    between = tuple((np.array(KUOPIO) * 0.8 + np.array(IISALMI) * 0.2).tolist())
    places = np.array([KEMI, between, IISALMI, MARIEHAMN])
    found = propose(left, places, ENGINES["circuity"](settings.load()), Plan(None, 120.0))
    best = found.sites[0]
    assert (best.place, best.chosen, best.exchanges, best.tonnes) == (1, True, 2, 1_500.0)
    assert {one.place for one in found.sites} == {1, 2}
    assert found.places == 2
    assert best.eur_per_tonne > 0
    assert best.co2e_kg_per_tonne > 0


def test_nothing_within_the_haul_proposes_nothing(index: MatchIndex) -> None:
    """A haul too short for every place, or no offers at all: no sites, and no fault."""
    offered = missing.offers(index, TOPICS)
    engine = ENGINES["circuity"](settings.load())
    assert propose(offered, np.array([KEMI]), engine, Plan(None, 5.0)).sites == ()
    assert propose(offered.head(0), np.array([KUOPIO]), engine, Plan(None, 50.0)).sites == ()


def test_joined_offers_give_the_same_best_place() -> None:
    """Many offers around few places are joined for the solver, and the tonnes add up."""
    rng = np.random.default_rng(2)
    places = rng.uniform((300_000, 6_800_000), (500_000, 7_000_000), (12, 2))
    points = places[rng.integers(0, 12, 600)] + rng.normal(0, 3_000, (600, 2))
    offers = pd.DataFrame(points, columns=["easting_m", "northing_m"]).assign(tonnes=rng.uniform(5, 90, 600))
    engine = ENGINES["circuity"](settings.load())
    found = propose(offers, places, engine, Plan(None, 90.0, 2))
    ways = partial(distance.matrix, engine=engine)(points, places).km
    opened = [one.place for one in found.sites if one.chosen]
    served = np.flatnonzero((ways[:, opened] <= 90.0).any(axis=1))
    assert sum(one.tonnes for one in found.sites if one.chosen) == pytest.approx(
        offers["tonnes"].to_numpy()[served].sum()
    )


def test_who_stops_the_search_gets_what_swapping_finds_and_how_far_it_can_be() -> None:
    """Without time for the solver: never better than its answer, and the gap told covers the difference."""
    rng = np.random.default_rng(5)
    places = rng.uniform((300_000, 6_800_000), (600_000, 7_100_000), (20, 2))
    points = rng.uniform((300_000, 6_800_000), (600_000, 7_100_000), (60, 2))
    offers = pd.DataFrame(points, columns=["easting_m", "northing_m"]).assign(tonnes=rng.uniform(5, 900, 60))
    engine, plan = ENGINES["circuity"](settings.load()), Plan(4_000.0, 120.0, 3)
    proved, stopped = (propose(offers, places, engine, plan, time_limit_s=limit) for limit in (15.0, 0.0))
    kept, best = (sum(one.tonnes for one in found.sites if one.chosen) for found in (stopped, proved))
    assert proved.gap == 0.0
    assert kept > 0
    assert stopped.gap >= 0.0
    assert kept * (1 + stopped.gap) >= 0.9 * best
