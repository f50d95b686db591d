from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.importers.codes import densities
from geo import vehicles
from matching import pooled
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.rounds import Pool

OULU = (429_300.0, 7_209_300.0)
NEED = 100
TRUCK = vehicles.load()[vehicles.DEFAULT]
LOAD_T = float(vehicles.load_t(TRUCK, densities()["steel_scrap"]))

Make = Callable[..., dict[str, Any]]
Row = dict[str, Any]


def scrap(make: Make, number: int, share: float, east_km: float = 0.0, **more: object) -> Row:
    """Offer scrap that fills a share of a truck, 100 km south of the need and some km to the east."""
    tonnes = share * LOAD_T
    place = {"easting_m": OULU[0] + east_km * 1000, "northing_m": OULU[1] - 100_000}
    amount = {"tonnes_low": tonnes, "tonnes_high": tonnes, "continuity": "one_off", "ewc_code": "170405"}
    own = {"id": number, "organisation_id": number, "site_id": number, "type": "waste", "title": "Romurautaa pihalla"}
    return make(**{**own, **amount, **place, "region_code": "17", **more})


def need(make: Make, **more: object) -> Row:
    """Ask for scrap in Oulu."""
    own = {"id": NEED, "organisation_id": NEED, "site_id": NEED, "direction": "want", "title": "Romurautaa sulatukseen"}
    return make(**{**own, "easting_m": OULU[0], "northing_m": OULU[1], "region_code": "17", **more})


@pytest.fixture
def three(make: Make) -> list[Row]:
    """Give three small offers within 20 km of each other."""
    return [scrap(make, number, 0.32, 10.0 * number) for number in (1, 2, 3)]


def rounds(rows: list[Row], hauls: Hauls) -> list[Pool]:
    """Find the rounds to the need among all that is offered."""
    index = MatchIndex.build(pd.DataFrame(rows))
    offers = index.side(("have", "material")).row
    return pooled.for_want(index, NEED, offers, hauls)


def stops(pools: list[Pool]) -> list[list[int]]:
    """Name the stops of each round, in the order of their ids."""
    return [sorted(stop.id for stop in pool.stops) for pool in pools]


def test_small_offers_near_each_other_fill_a_truck(three: list[Row], make: Make, hauls: Hauls) -> None:
    """One round instead of three trips, and a tonne costs less."""
    pool = rounds([*three, need(make)], hauls)[0]
    assert sorted(stop.id for stop in pool.stops) == [1, 2, 3]
    assert pool.filled == pytest.approx(0.96)
    assert pool.tonnes == pytest.approx(0.96 * LOAD_T)
    assert (pool.saved_trips, pool.times_a_year, pool.material) == (2, 1, "steel_scrap")
    assert pool.km < pool.alone_km
    assert pool.eur_per_tonne < pool.alone_eur_per_tonne


def test_the_cost_is_that_of_a_haul(three: list[Row], make: Make, hauls: Hauls) -> None:
    """Out of the round's own way and time, with the empty way back to its first stop."""
    rows = [*three, need(make)]
    index = MatchIndex.build(pd.DataFrame(rows))
    pool = rounds(rows, hauls)[0]
    places = [*(stop.row for stop in pool.stops), index.position(NEED)]
    points = index.take(np.array(places), ["easting_m", "northing_m"]).to_numpy(float)
    legs, back = hauls(points[:-1], points[1:]), hauls(points[-1:], points[:1])
    empty = TRUCK.value("empty_return")
    km, hours = legs.km.sum() + empty * back.km[0], (legs.minutes.sum() + empty * back.minutes[0] + 2 * 20) / 60
    driven = km * TRUCK.value("eur_per_km") + hours * TRUCK.value("eur_per_hour")
    assert pool.km == pytest.approx(legs.km.sum())
    assert pool.eur_per_tonne == pytest.approx(driven / pool.tonnes + TRUCK.value("handling_eur_per_t"))


@pytest.mark.parametrize(
    "other",
    [
        {"hazardous": True},
        {"ewc_code": "191202"},
        {"ewc_code": ""},
        {"type": "material", "ewc_code": ""},
        {"continuity": "continuous"},
        {"title": "Pahvia paaleissa"},
        {"organisation_id": NEED},
        {"visibility": "private"},
        {"tonnes_low": None, "tonnes_high": None},
        {"easting_m": OULU[0] + 300_000.0},
    ],
)
def test_what_does_not_go_together_is_never_pooled(
    three: list[Row], make: Make, hauls: Hauls, other: dict[str, object]
) -> None:
    """Nothing hazardous, no other code or material, nobody's own, and nobody far away; two alone fill no truck."""
    assert rounds([*three[:2], {**three[2], **other}, need(make)], hauls) == []


def test_waste_without_a_code_goes_with_nothing(three: list[Row], make: Make, hauls: Hauls) -> None:
    """It may be anything."""
    assert rounds([*({**row, "ewc_code": ""} for row in three), need(make)], hauls) == []


def test_a_need_that_takes_less_than_a_load_gets_none(three: list[Row], make: Make, hauls: Hauls) -> None:
    """A truck must not come to a workshop that wants a few sheets."""
    assert rounds([*three, need(make, tonnes_low=1.0, tonnes_high=5.0)], hauls) == []


def test_what_comes_all_the_year_is_fetched_each_month(make: Make, hauls: Hauls) -> None:
    """A year's tonnes in twelve parts."""
    rows = [scrap(make, number, 12 * 0.3, 10.0 * number, continuity="continuous") for number in (1, 2, 3)]
    pool = rounds([*rows, need(make)], hauls)[0]
    assert (pool.times_a_year, pool.saved_trips) == (12, 24)
    assert pool.tonnes == pytest.approx(0.9 * LOAD_T)


def test_bulky_goods_fill_the_truck_by_volume(make: Make, hauls: Hauls) -> None:
    """A tenth of the weight in ten times the room is a full load."""
    cubic = TRUCK.value("volume_m3") * TRUCK.value("load_factor") * 0.3
    rows = [
        scrap(make, number, 0.05, 10.0 * number, unit="i-m3", quantity_low=cubic, quantity_high=cubic)
        for number in (1, 2, 3, 4)
    ]
    assert rounds([*rows, need(make)], hauls)[0].filled == pytest.approx(0.9)


def test_no_offer_is_in_two_rounds_and_no_truck_too_full(make: Make, hauls: Hauls) -> None:
    """In whatever order they come."""
    rows = [scrap(make, number, 0.2 + 0.03 * (number % 7), 3.0 * number) for number in range(1, 15)]
    first, second = rounds([*rows, need(make)], hauls), rounds([need(make), *reversed(rows)], hauls)
    assert stops(first) == stops(second)
    assert len(first) > 1
    passed = [one for each in stops(first) for one in each]
    assert len(passed) == len(set(passed))
    assert all(0.8 <= pool.filled <= 1.0 + 1e-9 for pool in first)


def test_an_offer_finds_the_round_that_passes_it(three: list[Row], make: Make, hauls: Hauls) -> None:
    """With its neighbours of the same kind; a hazardous one finds none."""
    rows = [*three, need(make)]
    index = MatchIndex.build(pd.DataFrame(rows))
    assert stops(pooled.for_have(index, 2, [NEED], hauls)) == [[1, 2, 3]]
    marked = MatchIndex.build(pd.DataFrame([{**row, "hazardous": row["id"] == 2} for row in rows]))
    assert pooled.for_have(marked, 2, [NEED], hauls) == []


def test_a_round_is_explained_in_figures(three: list[Row], make: Make, hauls: Hauls) -> None:
    """Load, way and cost, each with its unit in the name."""
    load, way, cost = pooled.explain(rounds([*three, need(make)], hauls)[0])
    assert (load.key, way.key, cost.key) == ("pool.load", "pool.way", "pool.cost")
    assert (len(load.facts["stops_tonnes"]), load.facts["monthly"]) == (3, False)  # type: ignore[arg-type]
    assert cost.facts["saved_trips"] == 2
