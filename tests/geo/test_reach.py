from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
import shapely

from config import settings
from geo import crs, distance, main_roads
from geo.land import outlines
from geo.reach import Reach, reachable
from geo.regions import load
from geo.road_engine import RoadEngine
from geo.road_graph import MAIN, RoadGraph

Towns = dict[str, npt.NDArray[np.float64]]
ROUNDING_M2 = 1.0  # overlays leave slivers of a few square millimetres


@pytest.fixture(scope="module")
def table() -> RoadGraph:
    """Give the main-road table."""
    return main_roads.load(settings.load().reference)


@pytest.fixture(scope="module")
def reach(table: RoadGraph) -> Reach:
    """Give the areas of the main-road table."""
    return Reach(table)


def _straight_road(*, oneway: bool = False) -> RoadGraph:
    """Give one main road of 100 km from west to east, inland, in two links."""
    return RoadGraph(
        xy=np.array([(400_000.0, 7_000_000.0), (450_000.0, 7_000_000.0), (500_000.0, 7_000_000.0)]),
        ends=np.array([(0, 1), (1, 2)] if not oneway else [(0, 1), (1, 2), (2, 0)], dtype=np.int32),
        metres=np.array([50_000.0, 50_000.0, 100_000.0][: 3 if oneway else 2]),
        road_class=np.full(3 if oneway else 2, MAIN, dtype=np.int32),
        number=np.ones(3 if oneway else 2, dtype=np.int32),
        oneway=np.full(3 if oneway else 2, oneway),
        speed_kmh=np.zeros(3 if oneway else 2),
        shape_xy=np.empty((0, 2)),
        shape_start=np.zeros(4 if oneway else 3, dtype=np.int32),
    )


@pytest.mark.parametrize("place", ["Tampere", "Turku", "Rovaniemi", "Joensuu"])
@pytest.mark.parametrize("unit", ["km", "minutes"])
def test_a_larger_limit_holds_the_smaller(reach: Reach, town: Towns, place: str, unit: str) -> None:
    """Areas lie within one another, also across the change of grid, and each is valid, light and on land."""
    areas = [
        reach.area(town[place], **{unit: limit})
        for limit in (0.4, 7.0, 25.0, 39.0, 41.0, 120.0, 159.0, 161.0, 300.0, 900.0)
    ]
    for small, large in pairwise(areas):
        assert small.area < large.area
        assert small.difference(large).area < ROUNDING_M2
    for area in areas:
        assert area.is_valid
        degrees = shapely.transform(area, lambda xy: np.column_stack(crs.to_wgs84(xy[:, 0], xy[:, 1])).round(4))
        assert len(shapely.to_geojson(degrees)) < 60_000


def test_the_area_is_where_the_distances_are_within_the_limit(table: RoadGraph, reach: Reach, town: Towns) -> None:
    """Municipalities' points near a road lie inside exactly when their road distance is within the limit."""
    places = np.array([(place.easting, place.northing) for place in load().municipalities.values()])
    found = distance.one_to_many(town["Tampere"], places, RoadEngine(table))
    # Some points stand in the sea, and others more than 5 km off the road, where the area doesn't go.
    beside = (found.method == distance.ROAD) & shapely.contains_xy(shapely.union_all(outlines()), places)
    places, found = places[beside], found[beside]
    for limit in (60.0, 150.0, 300.0):
        area = reach.area(town["Tampere"], km=limit)
        inside = shapely.contains_xy(area, places)
        near, far = found.km < 0.95 * limit, ~(found.km < 1.05 * limit)
        assert near.sum() >= 10
        assert inside[near].mean() > 0.97
        assert inside[far].mean() < 0.03


def test_a_link_is_cut_at_the_limit() -> None:
    """20 km from the west end of a straight road the area ends at 20 km along it, and minutes count the truck."""
    origin = (400_000.0, 7_000_000.0)
    east = reachable(_straight_road(), origin, km=20).bounds[2]
    assert east == pytest.approx(420_000.0, abs=400)
    east = reachable(_straight_road(), origin, minutes=45).bounds[2]
    assert east == pytest.approx(460_000.0, abs=2_000)  # 80 km/h, though the road allows 90


def test_one_way_links_lead_one_way() -> None:
    """From the middle of a one-way ring only what lies ahead is reached."""
    west, _, east, _ = reachable(_straight_road(oneway=True), (450_000.0, 7_000_000.0), km=30).bounds
    assert east == pytest.approx(480_000.0, abs=400)
    assert west > 420_000.0


def test_the_same_question_has_the_same_answer(table: RoadGraph, reach: Reach, town: Towns) -> None:
    """Made twice, the area is the same to the last bit."""
    assert reach.area(town["Oulu"], km=90).wkb == reachable(table, town["Oulu"], km=90).wkb


@pytest.mark.parametrize("limit", [0.0, -5.0])
def test_no_limit_no_area(reach: Reach, town: Towns, limit: float) -> None:
    """Zero km lead nowhere."""
    assert reach.area(town["Oulu"], km=limit).is_empty
    assert reach.area(town["Oulu"], minutes=limit).is_empty


def test_no_road_no_area(reach: Reach) -> None:
    """Far out at sea, and for a broken point, there is nothing to reach."""
    assert reach.area((60_000.0, 6_600_000.0), km=100).is_empty
    assert reach.area((np.nan, np.nan), km=100).is_empty


def test_one_limit_is_asked_for(reach: Reach, town: Towns) -> None:
    """Neither or both of km and minutes are a mistake of the caller."""
    with pytest.raises(TypeError):
        reach.area(town["Oulu"])
    with pytest.raises(TypeError):
        reach.area(town["Oulu"], km=1, minutes=1)
