from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from config import settings
from geo import distance
from geo.distance import DistanceEngine, Distances, Floats
from geo.engines import ENGINES
from geo.estimate import straight_km
from geo.regions import load

Towns = dict[str, npt.NDArray[np.float64]]


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> DistanceEngine:
    """Give every registered engine: a newcomer gets these tests for free."""
    return ENGINES[request.param](settings.load())


@pytest.fixture(scope="module")
def table() -> DistanceEngine:
    """Give the engine that the program uses."""
    return distance.default_engine(settings.load())


@pytest.fixture(scope="module")
def points() -> npt.NDArray[np.float64]:
    """Give all municipalities' points and some scattered around them."""
    centres = np.array([(place.easting, place.northing) for place in load().municipalities.values()])
    scattered = centres[::5] + np.random.default_rng(3).normal(0, 9_000, (len(centres[::5]), 2))
    return np.vstack([centres, scattered])


def test_contract(engine: DistanceEngine, points: npt.NDArray[np.float64]) -> None:
    """Zero to itself, never below the straight line, alike both ways, NaN exactly where there is no way."""
    found = distance.matrix(points, points, engine)
    assert_distances(found)
    ashore = np.diag(found.method) != "none"
    assert ashore.sum() > 300
    np.testing.assert_array_equal(np.diag(found.km)[ashore], 0.0)
    np.testing.assert_allclose(found.km, found.km.T, rtol=1e-9)
    straight = straight_km(points, points)
    known = found.method != "none"
    assert (found.km[known] >= straight[known] - 1e-6).all()


def assert_distances(found: Distances) -> None:
    """Check that methods, figures and bands go together."""
    assert set(np.unique(found.method)) <= set(distance.METHODS)
    nothing = found.method == "none"
    for figures in (found.km, found.minutes, found.access_km, found.ferry_km):
        np.testing.assert_array_equal(np.isnan(figures), nothing)
    guess = found.method == "estimate"
    np.testing.assert_array_equal(np.isfinite(found.low_km), guess)
    assert (found.low_km[guess] <= found.km[guess]).all()
    assert (found.km[guess] <= found.high_km[guess]).all()
    assert (found.ferry_km[found.method == "road+ferry"] > 0).all()


def test_broken_points_have_no_way(engine: DistanceEngine, town: Towns) -> None:
    """NaN and infinity yield none and don't spoil the row."""
    found = distance.one_to_many(town["Helsinki"], [town["Turku"], (np.nan, 1.0), (np.inf, np.inf)], engine)
    assert found.method.tolist()[1:] == ["none", "none"]
    assert found.km[0] > 100


def test_no_points(engine: DistanceEngine) -> None:
    """No origins or no destinations give empty arrays."""
    assert distance.matrix(np.empty((0, 2)), [(4e5, 7e6)], engine).km.shape == (0, 1)
    assert len(distance.pairs(np.empty((0, 2)), np.empty((0, 2)), engine)) == 0


def test_pairs_are_the_matrix(engine: DistanceEngine, points: npt.NDArray[np.float64]) -> None:
    """Distances of chosen pairs are those of the whole matrix, in the order asked for."""
    random = np.random.default_rng(5)
    start, end = random.integers(0, len(points), (2, 400))
    found = distance.pairs(points[start], points[end], engine)
    whole = distance.matrix(points, points, engine)
    np.testing.assert_allclose(found.km, whole.km[start, end])
    assert found.method.tolist() == whole.method[start, end].tolist()


def test_over_water_there_is_no_estimate(engine: DistanceEngine, town: Towns) -> None:
    """Utö is out of reach of Mariehamn, Vårdö and Turku over a ferry at most, and within Åland an estimate is fair."""
    goals = [town["Utö"], town["Geta"], town["Turku"], town["Vårdö"]]
    found = distance.one_to_many(town["Mariehamn"], goals, engine)
    assert found.method.tolist()[:2] == ["none", "estimate"]
    for method, ferry_km, least in zip(found.method[2:], found.ferry_km[2:], (100, 0.5), strict=True):
        assert method == "none" or ferry_km > least
    assert distance.route(town["Mariehamn"], town["Utö"], engine).shape == (0, 2)
    assert len(distance.route(town["Mariehamn"], town["Geta"], engine)) >= 2


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        ("Helsinki", "Turku", 166.1),
        ("Helsinki", "Tampere", 179.6),
        ("Helsinki", "Oulu", 602.1),
        ("Helsinki", "Rovaniemi", 821.5),
        ("Turku", "Joensuu", 547.8),
    ],
)
def test_towns_lie_as_far_apart_as_measured(
    table: DistanceEngine, town: Towns, start: str, end: str, km: float
) -> None:
    """Between towns the table is within 3 % of what the whole road network gave."""
    found = distance.one_to_many(town[start], town[end], table)
    assert found.method.tolist() == ["road"]
    assert found.km[0] == pytest.approx(km, rel=0.03)


def test_lappeenranta_is_not_cut_off(table: DistanceEngine, town: Towns) -> None:
    """The main roads hang together through the links that the source shows only on lesser roads."""
    assert distance.one_to_many(town["Helsinki"], town["Lappeenranta"], table).km[0] == pytest.approx(228, rel=0.03)


def test_a_ferry_is_said(table: DistanceEngine, town: Towns) -> None:
    """Hailuoto is reached by ferry: about 7 km over water and a wait."""
    found = distance.one_to_many(town["Oulu"], town["Hailuoto"], table)
    assert found.method.tolist() == ["road+ferry"]
    assert 6 < found.ferry_km[0] < 9


def test_neighbours_off_the_roads_are_estimated(table: DistanceEngine, town: Towns) -> None:
    """Two sites 300 m apart are not sent to the main road and back."""
    yard = town["Joensuu"] + np.array([4_000.0, 9_000.0])
    found = distance.one_to_many(yard, yard + np.array([300.0, 0.0]), table)
    assert found.method.tolist() == ["estimate"]
    assert found.km[0] < 0.5


def test_a_limit_takes_away_exactly_what_lies_beyond(table: DistanceEngine, town: Towns) -> None:
    """Within the limit nothing changes, beyond it there is no distance."""
    goals = np.array(list(town.values()))
    free = distance.one_to_many(town["Tampere"], goals, table)
    held = distance.one_to_many(town["Tampere"], goals, table, limit_km=250.0)
    near = free.km <= 250.0
    np.testing.assert_array_equal(held.km[near], free.km[near])
    assert set(held.method[~near]) == {"none"}


def test_the_line_is_the_way_that_was_measured(table: DistanceEngine, town: Towns) -> None:
    """A route begins and ends at the sites, and its line is a little shorter than the road it stands for."""
    for start, end in pairwise(["Turku", "Joensuu", "Rovaniemi", "Oulu", "Helsinki"]):
        line = distance.route(town[start], town[end], table)
        np.testing.assert_allclose(line[[0, -1]], [town[start], town[end]])
        drawn_km = np.hypot(*np.diff(line, axis=0).T).sum() / 1000
        km = distance.one_to_many(town[start], town[end], table).km[0]
        assert 0.9 * km < drawn_km <= km


def test_the_line_between_spots_on_one_link(table: DistanceEngine, town: Towns) -> None:
    """Two sites beside the same stretch of road get the stretch between them."""
    line = distance.route(town["Rovaniemi"], town["Oulu"], table)
    middle = line[len(line) // 2]
    start, end = middle, (middle + line[len(line) // 2 + 1]) / 2
    route = distance.route(start, end, table)
    assert np.hypot(*np.diff(route, axis=0).T).sum() == pytest.approx(np.hypot(*(start - end)), rel=0.05, abs=60)


def test_what_is_known_is_not_computed(table: DistanceEngine, town: Towns) -> None:
    """Known rows are taken as they are, the others are computed, and all come in the order asked."""
    places = np.array(list(town.values()))
    fresh = distance.pairs(places, places[::-1], table)
    asked = []

    def known(origins: Floats, destinations: Floats) -> tuple[npt.NDArray[np.intp], Distances]:
        asked.append((origins, destinations))
        rows = np.array([4, 1], dtype=np.intp)
        return rows, replace(fresh[rows], km=np.array([-4.0, -1.0]))

    mixed = distance.pairs(places, places[::-1], table, known)
    expected = fresh.km.copy()
    expected[[4, 1]] = [-4.0, -1.0]
    np.testing.assert_array_equal(mixed.km, expected)
    np.testing.assert_array_equal(mixed.method, fresh.method)
    np.testing.assert_array_equal(asked[0][1], places[::-1])
