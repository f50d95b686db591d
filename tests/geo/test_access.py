"""The leg between a site and its road: never over the sea, and what a point off the roads gets instead."""

import csv

import numpy as np
import pytest

from config import settings
from config.settings import ROOT
from geo import crs, distance, main_roads
from geo.results import ESTIMATE, NONE, ROAD, Distances, Floats
from geo.road_engine import RoadEngine

SITES = ROOT.parent / "shared" / "data" / "sites" / "prtr_fi_facilities.csv"
HELSINKI = (24.9414, 60.1710)


@pytest.fixture(scope="module")
def engine() -> RoadEngine:
    """Give the main-road table."""
    return RoadEngine(main_roads.load(settings.load().reference))


def _at(lon: float, lat: float) -> Floats:
    return np.ravel(crs.to_tm35fin(lon, lat))


def _from_helsinki(engine: RoadEngine, lon: float, lat: float) -> Distances:
    return distance.one_to_many(_at(*HELSINKI), _at(lon, lat)[None], engine)[0:1]


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Suomenlinna", 24.9881, 60.1454),
        ("the shipyard of Suomenlinna", 24.9814, 60.1455),
        ("Vallisaari", 25.003, 60.137),
        ("Isosaari", 25.056, 60.103),
        ("Högsåra", 22.370, 59.965),
        ("Kaunissaari", 26.780, 60.350),
        ("Säppi", 21.350, 61.475),
        ("Tankar", 22.850, 63.950),
        ("Viikinsaari", 23.724, 61.488),
    ],
)
def test_islands_without_a_road_have_no_way(engine: RoadEngine, name: str, lon: float, lat: float) -> None:
    """However near the mainland's roads are across the water."""
    found = _from_helsinki(engine, lon, lat)
    assert found.method.tolist() == [NONE], name
    assert np.isnan(found.km[0])
    assert distance.route(_at(*HELSINKI), _at(lon, lat), engine).shape == (0, 2)


def test_on_such_an_island_the_way_is_estimated(engine: RoadEngine) -> None:
    """Two places of Suomenlinna are estimated over its own land; Vallisaari across the sound is out of reach."""
    start = _at(24.9881, 60.1454)
    found = distance.one_to_many(start, [_at(24.9814, 60.1455), _at(25.003, 60.137)], engine)
    assert found.method.tolist() == [ESTIMATE, NONE]
    assert 0.3 < found.km[0] < 1


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Lauttasaari", 24.870, 60.160),
        ("Vuosaari harbour", 25.190, 60.215),
        ("Santahamina", 25.050, 60.149),
        ("Reposaari", 21.440, 61.615),
        ("Raippaluoto", 21.410, 63.230),
        ("Mussalo", 26.9099, 60.4370),
        ("the steelworks of Tornio", 24.1941, 65.7689),
        ("the zinc works of Kokkola", 23.0534, 63.8631),
    ],
)
def test_bridged_islands_and_harbours_are_reached(engine: RoadEngine, name: str, lon: float, lat: float) -> None:
    """What stands off the generalised coast, but has a road, is no island."""
    assert _from_helsinki(engine, lon, lat).method.tolist() == [ROAD], name


def test_an_island_site_takes_the_island_s_road(engine: RoadEngine) -> None:
    """The brickworks of Kemiönsaari lies nearer to a road across the sound than to its own island's."""
    found = _from_helsinki(engine, 22.4639, 60.2042)
    assert found.method.tolist() == [ESTIMATE]
    assert found.low_km[0] < found.km[0] < found.high_km[0]
    assert 160 < found.km[0] < 185


def test_too_far_from_a_road_is_an_estimate_with_its_band(engine: RoadEngine) -> None:
    """Kevitsa mine lies 8 km off the roads that the table knows, Lemmenjoki's wilds over 40 km."""
    mine, wilds = _from_helsinki(engine, 26.96, 67.69), _from_helsinki(engine, 25.6, 68.75)
    for found in (mine, wilds):
        assert found.method.tolist() == [ESTIMATE]
        assert found.low_km[0] < found.km[0] < found.high_km[0]


def test_real_sites_are_reached(engine: RoadEngine) -> None:
    """Of 776 real industrial sites nearly all are measured by road, and only the one on Suomenlinna not at all."""
    if not SITES.is_file():
        pytest.skip("the publishers' files do not lie beside the project")
    with SITES.open(encoding="utf-8", newline="") as lines:
        sites = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(lines)]
    counts = distance.one_to_many(_at(*HELSINKI), sites, engine).counts()
    assert counts[NONE] == 1
    assert counts[ESTIMATE] < 10
    assert counts[ROAD] > 760


def test_two_sites_in_one_street(engine: RoadEngine) -> None:
    """A small distance, never less than the straight line and never zero but from a site to itself."""
    street = _at(24.9384, 60.1699)
    for metres in (5.0, 30.0, 200.0, 900.0):
        for towards in ((1.0, 0.0), (0.0, 1.0), (0.6, -0.8)):
            neighbour = street + metres * np.array(towards)
            found = distance.one_to_many(street, neighbour[None], engine)
            assert metres / 1000 <= found.km[0] <= 2.7 * metres / 1000 + 2.0
            assert found.minutes[0] > 0
            assert found.method[0] in {ROAD, ESTIMATE}
    assert distance.one_to_many(street, street[None], engine).km[0] == 0.0
