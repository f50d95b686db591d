import numpy as np
import numpy.typing as npt
import pytest
import shapely

from config import settings
from geo import crs, distance
from geo.engines import ENGINES
from geo.reach import Reach, edge
from geo.results import DistanceEngine
from geo.road_engine import RoadEngine

PLACES = {
    "Turku": (22.27, 60.45),
    "Mariehamn": (19.94, 60.10),
    "Sund": (20.11, 60.25),
    "Tampere": (23.76, 61.50),
    "at sea": (20.30, 59.40),
    "Kemi": (24.56, 65.73),
}


def at(place: str) -> npt.NDArray[np.float64]:
    """Give a place in TM35FIN metres."""
    return np.ravel(crs.to_tm35fin(*PLACES[place]))


@pytest.fixture(scope="module")
def engine() -> DistanceEngine:
    """Give the engine of the main-road table."""
    return ENGINES["table"](settings.load())


def test_a_way_with_a_ferry_tells_which_part_of_it_is_water(engine: DistanceEngine) -> None:
    """Turku to Mariehamn: driven, sailed, driven, each part beginning where the one before ends in a harbour."""
    parts = distance.pieces(at("Turku"), at("Mariehamn"), engine)
    assert [piece.ferry for piece in parts] == [False, True, False]
    sailed_km = np.hypot(*np.diff(parts[1].points, axis=0).T).sum() / 1000
    assert 100 < sailed_km < 152
    for before, behind in ((parts[0], parts[1]), (parts[1], parts[2])):
        assert np.hypot(*(before.points[-1] - behind.points[0])) < 1.0
    assert parts[0].points[0].tolist() == at("Turku").tolist()
    assert parts[-1].points[-1].tolist() == at("Mariehamn").tolist()


def test_no_straight_line_leads_over_the_sea(engine: DistanceEngine) -> None:
    """Sund may lie so far from the known roads that its distance is an estimate: the ferry is shown all the same."""
    assert distance.pairs([at("Turku")], [at("Sund")], engine).ferry_km[0] > 0
    assert [piece.ferry for piece in distance.pieces(at("Turku"), at("Sund"), engine)] == [False, True, False]


@pytest.mark.parametrize(("start", "end", "parts"), [("Turku", "Tampere", 1), ("Turku", "at sea", 0)])
def test_a_way_is_the_sum_of_its_parts(engine: DistanceEngine, start: str, end: str, parts: int) -> None:
    """All of it in one on land, none where there is no way."""
    pieces = distance.pieces(at(start), at(end), engine)
    assert len(pieces) == parts
    assert sum(len(piece.points) for piece in pieces) == len(distance.route(at(start), at(end), engine))


def test_estimates_alone_are_one_straight_part() -> None:
    """Where no road network is at hand; nothing over water."""
    crow = ENGINES["circuity"](settings.load())
    assert [piece.points.shape for piece in distance.pieces(at("Turku"), at("Tampere"), crow)] == [(2, 2)]
    assert distance.pieces(at("Turku"), at("Mariehamn"), crow) == ()


def test_the_edge_of_an_area_follows_neither_coast_nor_border(engine: DistanceEngine) -> None:
    """Kemi lies on the sea and beside Sweden: what is left of the outline ends inland, and where the limit is."""
    assert isinstance(engine, RoadEngine)
    area = Reach(engine.graph).area(at("Kemi"), km=150)
    line = edge(area)
    assert 0 < shapely.length(line) < shapely.length(shapely.boundary(area))
    assert shapely.distance(line, shapely.boundary(area)) < 1.0
    ends = shapely.points(shapely.get_coordinates(line)[::20])
    ways = distance.one_to_many(at("Kemi"), shapely.get_coordinates(ends), engine)
    assert np.nanmedian(np.abs(ways.km - 150)) < 10


def test_one_search_gives_the_areas_of_every_limit(engine: DistanceEngine) -> None:
    """As a search of its own gives them; beyond the search and in the open sea there is nothing."""
    assert isinstance(engine, RoadEngine)
    reach = Reach(engine.graph)
    around = reach.around(at("Tampere"), 500)
    for limit_km in (10, 40, 100, 160, 330, 500):
        alone = reach.area(at("Tampere"), km=limit_km)
        together = around.area(limit_km)
        assert shapely.area(shapely.symmetric_difference(alone, together)) < 1e-3 * shapely.area(alone)
    assert around.area(0).is_empty
    assert reach.around(at("at sea"), 500).area(100).is_empty
