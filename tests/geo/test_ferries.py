import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from config import settings
from config.errors import GeoProblem
from geo import crs, distance, ferries, island_roads, main_roads
from geo.ferries import Ferry, join_ferries
from geo.island_roads import IslandRoad
from geo.road_engine import RoadEngine
from geo.road_graph import FERRY, MAIN, STREET, RoadGraph

Point = npt.NDArray[np.float64]

PLACES = {
    "Mariehamn": (19.93, 60.10),
    "Eckerö": (19.545, 60.215),
    "Geta": (19.848, 60.375),
    "Godby": (19.989, 60.229),
    "Turku": (22.27, 60.45),
    "Vårdö": (20.37, 60.24),
    "Degerby": (20.388, 60.03),
    "Överö": (20.505, 60.11),
    "Kumlinge": (20.785, 60.285),
    "Sottunga": (20.67, 60.118),
    "Kökar": (20.91, 59.92),
    "Brändö": (21.05, 60.41),
    "Iniö": (21.39, 60.40),
    "Kittuis": (21.43, 60.19),
    "Korpo": (21.566, 60.165),
    "Utö": (21.37, 59.78),
    "Jurmo": (21.585, 59.828),
    "Seili": (21.962, 60.239),
}


@pytest.fixture(scope="module")
def engine() -> RoadEngine:
    """Give the main-road table with its ferries."""
    return RoadEngine(main_roads.load(settings.load().reference))


def _at(name: str) -> Point:
    return np.ravel(crs.to_tm35fin(*PLACES[name]))


def _between(engine: RoadEngine, start: str, end: str) -> distance.Distances:
    return distance.one_to_many(_at(start), _at(end)[None], engine)[0:1]


def _road() -> RoadGraph:
    """Give 10 km of road with a bend, from west to east."""
    return RoadGraph(
        xy=np.array([(200_000.0, 6_700_000.0), (210_000.0, 6_700_000.0)]),
        ends=np.array([(0, 1)], dtype=np.int32),
        metres=np.array([12_000.0]),
        road_class=np.array([MAIN], dtype=np.int32),
        number=np.array([1], dtype=np.int32),
        oneway=np.array([False]),
        speed_kmh=np.zeros(1),
        shape_xy=np.array([(205_000.0, 6_702_000.0)]),
        shape_start=np.array([0, 1], dtype=np.int32),
    )


def _crossing(km: float = 30.0, minutes: float = 60.0, waiting_minutes: float = 40.0) -> Ferry:
    start, end = (205_000.0, 6_701_000.0), (205_000.0, 6_672_000.0)
    return Ferry("test", start, end, start, end, km, minutes, waiting_minutes)


def test_a_ferry_is_joined_to_the_road_beside_its_terminal() -> None:
    """A street leads from the terminal to a new junction on the road; the other shore has a quay."""
    joined = join_ferries(_road(), [_crossing()])
    ferry = joined.road_class == FERRY
    assert joined.metres[ferry].tolist() == [30_000.0]
    assert joined.route_minutes[ferry] == pytest.approx(60.0 + 40.0)  # under way and waiting
    assert joined.component.all()
    assert joined.metres[joined.road_class == MAIN].sum() == pytest.approx(12_000.0)
    off_m = 1_000.0 * np.cos(np.arctan(0.4)) * ferries.HARBOUR_RATIO
    assert sorted(joined.metres[joined.road_class == STREET]) == pytest.approx([ferries.QUAY_M, off_m])
    for link in range(len(joined.ends)):
        drawn_m = np.hypot(*np.diff(joined.line(link), axis=0).T).sum()
        assert joined.metres[link] >= drawn_m - 1e-6


def test_the_network_stays_as_it_was() -> None:
    """What was there keeps its place, length and number, cut at the new junction; without ferries nothing changes."""
    road = _road()
    assert join_ferries(road, []) is road
    joined = join_ferries(road, [_crossing()])
    np.testing.assert_array_equal(joined.xy[:2], road.xy)
    pieces = np.flatnonzero(joined.road_class == MAIN)
    assert joined.number[pieces].tolist() == [1, 1]
    drawn = np.unique(np.vstack([joined.line(piece) for piece in pieces]), axis=0)
    assert {tuple(spot) for spot in road.line(0)} <= {tuple(spot) for spot in drawn}


def test_ferries_that_call_at_one_spot_share_its_terminal() -> None:
    """From an island without a road two ferries lead on, and whoever comes by one may leave by the other."""
    first = _crossing()
    second = Ferry("on", first.end, (205_000.0, 6_650_000.0), first.end, (205_000.0, 6_650_000.0), 25.0, 60.0, 15.0)
    joined = join_ferries(_road(), [first, second])
    assert (joined.road_class == FERRY).sum() == 2
    assert joined.component.all()


@pytest.mark.parametrize(
    ("km", "minutes", "waiting"), [(20.0, 60.0, 15.0), (30.0, 0.0, 15.0), (np.nan, 60.0, 15.0), (30.0, 60.0, 5.0)]
)
def test_a_ferry_that_cannot_be_is_refused(km: float, minutes: float, waiting: float) -> None:
    """Shorter than the straight line, in no time, without a length, or with less than the least wait."""
    with pytest.raises(GeoProblem, match=r"freight\.broken_ferries"):
        _crossing(km, minutes, waiting)


def test_a_missing_or_broken_table_is_refused(tmp_path: Path) -> None:
    """No file, and a file without the columns."""
    with pytest.raises(GeoProblem, match=r"freight\.broken_ferries"):
        ferries.read(tmp_path)
    (tmp_path / ferries.FILE).write_text("id,from\nx,y\n", encoding="utf-8")
    with pytest.raises(GeoProblem, match=r"freight\.broken_ferries"):
        ferries.read(tmp_path)


def test_every_ferry_says_how_sure_it_is() -> None:
    """Each figure is published or an estimate of our own, with a source, and its speed is that of a ship."""
    folder = settings.load().reference
    with (folder / ferries.FILE).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row, ferry in zip(rows, ferries.read(folder), strict=True):
        for figure in ("km", "minutes", "places"):
            assert row[f"{figure}_certainty"] in {"published", "derived", "own estimate"}
        assert len(row["source"]) > 20
        assert row["operator"]
        assert 8 < ferry.speed_kmh < 45


def test_every_island_road_says_whose_length_it_has() -> None:
    """Only roads whose length was published, or follows from published ones, are drawn."""
    folder = settings.load().reference
    with (folder / island_roads.FILE).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["km_certainty"] for row in rows} <= {"published", "derived"}
    assert len(island_roads.read(folder)) == len(rows) > 5


def test_an_island_road_that_is_too_short_is_refused() -> None:
    """Shorter than its own line."""
    with pytest.raises(GeoProblem, match=r"freight\.broken_ferries"):
        IslandRoad("test", np.array([(0.0, 0.0), (9_000.0, 0.0)]), 8.0)


def test_mariehamn_is_reached_by_road_and_ferry(engine: RoadEngine) -> None:
    """The km over water are told apart, and the line ends at both sites."""
    found = _between(engine, "Mariehamn", "Turku")
    assert found.method.tolist() == ["road+ferry"]
    assert found.ferry_km[0] == pytest.approx(152)
    assert found.km[0] == pytest.approx(160, abs=3)
    assert found.access_km[0] < 2
    assert 325 + 60 < found.minutes[0] < 420
    line = distance.route(_at("Mariehamn"), _at("Turku"), engine)
    np.testing.assert_allclose(line[[0, -1]], [_at("Mariehamn"), _at("Turku")])


@pytest.mark.parametrize(
    ("place", "least_ferry_km"),
    [
        ("Eckerö", 100),
        ("Godby", 100),
        ("Vårdö", 40),
        ("Degerby", 100),
        ("Överö", 80),
        ("Sottunga", 70),
        ("Kökar", 50),
        ("Kumlinge", 25),
        ("Brändö", 11),
        ("Iniö", 5.7),
        ("Kittuis", 10),
    ],
)
def test_the_places_of_the_archipelago_are_reached(engine: RoadEngine, place: str, least_ferry_km: float) -> None:
    """From Turku by road and ferry, with the km over water told apart and never more than all of it."""
    found = _between(engine, place, "Turku")
    assert found.method.tolist() == ["road+ferry"]
    assert least_ferry_km <= found.ferry_km[0] < found.km[0] < 250


@pytest.mark.parametrize(("place", "km"), [("Eckerö", 36), ("Godby", 16.5), ("Överö", 53)])
def test_ways_of_the_archipelago_are_driven(engine: RoadEngine, place: str, km: float) -> None:
    """From Mariehamn the roads' published lengths count: Eckerö about 35 km, Överö over Svinö and Föglö."""
    assert _between(engine, "Mariehamn", place).km[0] == pytest.approx(km, rel=0.06)


def test_far_from_the_known_roads_the_way_is_an_estimate(engine: RoadEngine) -> None:
    """From Geta the leg ashore decides too much: a band is told, and the km over water still are."""
    found = _between(engine, "Geta", "Turku")
    assert found.method.tolist() == ["estimate"]
    assert found.ferry_km[0] > 100
    assert 20 < found.access_km[0] < 40
    assert found.low_km[0] < found.km[0] < found.high_km[0]


def test_within_aland_nobody_sails(engine: RoadEngine) -> None:
    """Between places of one island nobody takes a ferry, whether the way is known or estimated."""
    for place, method in (("Eckerö", "road"), ("Geta", "estimate")):
        found = _between(engine, "Mariehamn", place)
        assert found.method.tolist() == [method]
        assert found.ferry_km[0] == 0
        assert found.km[0] < 50


def test_brando_is_crossed_by_road(engine: RoadEngine) -> None:
    """From Torsholma to Åva the road leads, not the ferries around the archipelago."""
    ends = [np.ravel(crs.to_tm35fin(*place)) for place in ((21.039, 60.358), (21.075, 60.461))]
    found = distance.one_to_many(ends[0], ends[1][None], engine)
    assert found.method.tolist() == ["road"]
    assert found.km[0] == pytest.approx(21, abs=0.6)


@pytest.mark.parametrize("island", ["Utö", "Jurmo", "Seili"])
def test_islands_without_a_ferry_have_no_way(engine: RoadEngine, island: str) -> None:
    """What the table doesn't serve is none, from the mainland and from Åland."""
    assert _between(engine, island, "Turku").method.tolist() == ["none"]
    assert _between(engine, "Mariehamn", island).method.tolist() == ["none"]
