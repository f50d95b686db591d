import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from config import settings
from config.errors import GeoProblem
from geo import crs, distance, ferries, main_roads
from geo.ferries import Ferry, join_ferries
from geo.road_engine import RoadEngine
from geo.road_graph import FERRY, MAIN, RoadGraph

Point = npt.NDArray[np.float64]

PLACES = {
    "Mariehamn": (19.93, 60.10),
    "Eckerö": (19.61, 60.225),
    "Turku": (22.27, 60.45),
    "Vårdö": (20.37, 60.24),
    "Kökar": (20.91, 59.92),
    "Brändö": (21.05, 60.41),
    "Iniö": (21.39, 60.40),
    "Kittuis": (21.43, 60.212),
    "Korpo": (21.566, 60.165),
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


def _crossing(km: float = 30.0, minutes: float = 60.0) -> Ferry:
    start, end = (205_000.0, 6_701_000.0), (205_000.0, 6_672_000.0)
    return Ferry("test", start, end, start, end, km, minutes)


def test_a_ferry_is_joined_to_the_road_beside_its_terminal() -> None:
    """A street leads from the terminal to a spot on the road and on to both ends; the other shore has a quay."""
    joined = join_ferries(_road(), [_crossing()])
    ferry = joined.road_class == FERRY
    assert joined.metres[ferry].tolist() == [30_000.0]
    assert joined.route_minutes[ferry] == pytest.approx(60.0 + 15.0)  # under way and waiting
    assert joined.component.all()
    streets = joined.metres[-2:]
    off_m = 1_000.0 * np.cos(np.arctan(0.4)) * ferries.HARBOUR_RATIO
    assert streets.sum() == pytest.approx(12_000.0 + 2 * off_m)
    assert joined.metres[2] == ferries.QUAY_M
    for link in range(len(joined.ends)):
        drawn_m = np.hypot(*np.diff(joined.line(link), axis=0).T).sum()
        assert joined.metres[link] >= drawn_m - 1e-6


def test_the_network_stays_as_it_was() -> None:
    """What was there keeps its place, and without ferries nothing changes."""
    road = _road()
    assert join_ferries(road, []) is road
    joined = join_ferries(road, [_crossing()])
    np.testing.assert_array_equal(joined.xy[:2], road.xy)
    np.testing.assert_array_equal(joined.line(0), road.line(0))


@pytest.mark.parametrize(("km", "minutes"), [(20.0, 60.0), (30.0, 0.0), (np.nan, 60.0)])
def test_a_ferry_that_cannot_be_is_refused(km: float, minutes: float) -> None:
    """Shorter than the straight line, in no time, or without a length."""
    with pytest.raises(GeoProblem, match=r"freight\.broken_ferries"):
        _crossing(km, minutes)


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
            assert row[f"{figure}_certainty"] in {"published", "own estimate"}
        assert len(row["source"]) > 20
        assert 10 < ferry.speed_kmh < 45


def test_mariehamn_is_reached_by_road_and_ferry(engine: RoadEngine) -> None:
    """The km over water are told apart, those ashore on Åland are an access leg, and the line ends at both sites."""
    found = _between(engine, "Mariehamn", "Turku")
    assert found.method.tolist() == ["road+ferry"]
    assert found.ferry_km[0] == pytest.approx(152)
    assert found.km[0] == pytest.approx(160, abs=3)
    assert 1 < found.access_km[0] < 3
    assert 325 < found.minutes[0] < 400
    line = distance.route(_at("Mariehamn"), _at("Turku"), engine)
    np.testing.assert_allclose(line[[0, -1]], [_at("Mariehamn"), _at("Turku")])


def test_far_from_the_quay_the_way_is_an_estimate(engine: RoadEngine) -> None:
    """From Eckerö the leg ashore decides too much: a band is told, and the km over water still are."""
    found = _between(engine, "Eckerö", "Turku")
    assert found.method.tolist() == ["estimate"]
    assert found.ferry_km[0] == pytest.approx(152)
    assert 25 < found.access_km[0] < 40
    assert found.low_km[0] < found.km[0] < found.high_km[0]


def test_within_aland_nobody_sails(engine: RoadEngine) -> None:
    """Between places of one island the way is estimated over land."""
    found = _between(engine, "Mariehamn", "Eckerö")
    assert found.method.tolist() == ["estimate"]
    assert found.ferry_km[0] == 0
    assert found.km[0] < 35


def test_houtskar_is_reached_over_korpo(engine: RoadEngine) -> None:
    """The road ferry from Galtby leads there."""
    found = _between(engine, "Korpo", "Kittuis")
    assert found.method.tolist() == ["road+ferry"]
    assert found.ferry_km[0] == pytest.approx(9.5)
    assert found.km[0] < 25


@pytest.mark.parametrize("island", ["Vårdö", "Kökar", "Brändö", "Iniö"])
def test_islands_without_a_ferry_have_no_way(engine: RoadEngine, island: str) -> None:
    """What the table doesn't serve is none, from the mainland and from Åland."""
    assert _between(engine, island, "Turku").method.tolist() == ["none"]
    assert _between(engine, "Mariehamn", island).method.tolist() == ["none"]
