"""What holds for distances on the real main-road table, whatever the points.

The triangle inequality holds for the minutes that decide the way, which are a car's: there it is exact. For a truck's
minutes it holds up to the ratio of both speeds on main roads, and for km not at all: a slower way may be the shorter.
Estimates keep no such rule: their ratio falls with the distance.
"""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from config import factors
from config import settings as program
from geo import distance, main_roads
from geo.estimate import straight_km
from geo.regions import load
from geo.results import ESTIMATE, NONE, ROAD, ROAD_FERRY, Distances, Floats
from geo.road_engine import RoadEngine

ROUNDING = 1e-6
TRUCK_SHARE = factors.value("speed.main") / factors.value("speed.truck_limit")


@cache
def _engine() -> RoadEngine:
    return RoadEngine(main_roads.load(program.load().reference))


@cache
def _centres() -> Floats:
    return np.array([(place.easting, place.northing) for place in load().municipalities.values()])


@st.composite
def places(draw: st.DrawFn, count: int) -> Floats:
    """Draw points around municipalities, some of them at sea, on islands or abroad."""
    rows = draw(st.lists(st.integers(0, len(_centres()) - 1), min_size=count, max_size=count))
    off_m = st.floats(-30_000, 30_000, allow_nan=False)
    return _centres()[rows] + np.array([[draw(off_m), draw(off_m)] for _ in range(count)])


def _square(points: Floats) -> Distances:
    return distance.matrix(points, points, _engine())


@settings(max_examples=60, deadline=None)
@given(places(5))
def test_there_and_back_is_the_same(points: Floats) -> None:
    """The table's roads are driven both ways, so every figure is the same in both directions."""
    found = _square(points)
    assert (found.method == found.method.T).all()
    for figures in (found.km, found.ferry_km, found.access_km, found.minutes, found.low_km, found.high_km):
        np.testing.assert_allclose(figures, figures.T, rtol=1e-9, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(places(5))
def test_no_way_is_shorter_than_the_straight_line(points: Floats) -> None:
    """By road, by sea and estimated; the low end of a band may not be below it either."""
    found = _square(points)
    straight = straight_km(points, points)
    known = found.method != NONE
    assert (found.km[known] >= straight[known] * (1 - ROUNDING)).all()
    guess = found.method == ESTIMATE
    assert (found.low_km[guess] <= found.km[guess]).all()


@settings(max_examples=60, deadline=None)
@given(places(5))
def test_figures_are_missing_only_where_there_is_no_way(points: Floats) -> None:
    """NaN for none and for nothing else, and a way has a length unless it leads nowhere."""
    found = _square(points)
    nothing = found.method == NONE
    for figures in (found.km, found.minutes, found.access_km, found.ferry_km):
        np.testing.assert_array_equal(np.isnan(figures), nothing)
    apart = ~nothing & (straight_km(points, points) > 0)
    assert (found.km[apart] > 0).all()
    assert (found.ferry_km[found.method == ROAD] == 0).all()
    assert (found.ferry_km[found.method == ROAD_FERRY] > 0).all()


@settings(max_examples=100, deadline=None)
@given(places(3))
def test_a_way_over_a_third_site_is_no_faster(points: Floats) -> None:
    """As far as all three are on the network: the detour drives the third site's legs besides."""
    found = _square(points)
    if np.isin(found.method[~np.eye(3, dtype=bool)], (ROAD, ROAD_FERRY)).all():
        assert found.minutes[0, 2] <= (found.minutes[0, 1] + found.minutes[1, 2]) * TRUCK_SHARE + ROUNDING


def test_a_way_over_another_junction_is_no_faster() -> None:
    """The same between junctions, where nothing but the network counts."""
    junctions = _engine().graph.xy[np.random.default_rng(8).integers(0, len(_engine().graph.xy), 60)]
    minutes = _square(junctions).minutes
    over = minutes[:, :, None] + minutes[None, :, :]
    assert (minutes[:, None, :] <= over * TRUCK_SHARE + ROUNDING).all()
