from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from config.errors import GeoProblem
from config.settings import Settings
from geo import distance, main_roads, road_graph
from geo.engines import road
from geo.results import ROAD, Floats
from geo.road_engine import RoadEngine
from geo.road_graph import MAIN, RoadGraph

OULU = np.array([427_900.0, 7_210_800.0])
KAJAANI = np.array([535_600.0, 7_122_800.0])
TURKU = np.array([239_500.0, 6_711_000.0])


def ring(centre: Floats, road_ratio: float) -> RoadGraph:
    """Give a fine network around a place: 200 nodes on a line of 10 km, as long as the ratio says."""
    east = np.linspace(-5_000.0, 5_000.0, 200)
    xy = centre + np.column_stack([east, np.where(np.arange(200) % 2, 40.0, 0.0)])
    ends = np.column_stack([np.arange(199), np.arange(1, 200)]).astype(np.int32)
    chord = np.hypot(*np.diff(xy, axis=0).T)
    return RoadGraph(
        xy=xy,
        ends=ends,
        metres=chord * road_ratio,
        road_class=np.full(199, MAIN, dtype=np.int32),
        number=np.zeros(199, dtype=np.int32),
        oneway=np.zeros(199, dtype=bool),
        speed_kmh=np.zeros(199),
        shape_xy=np.empty((0, 2)),
        shape_start=np.zeros(200, dtype=np.int32),
        source="test",
        date="2026-11-22",
    )


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Give settings with a home of its own that holds one built network around Kajaani."""
    chosen = settings.model_copy(update={"home": tmp_path})
    folder = tmp_path / "roads" / "kajaani"
    road_graph.save(ring(KAJAANI, 3.0), folder)
    road.prepare(folder)
    return chosen


def test_the_finer_network_measures_what_it_covers(own: Settings, settings: Settings) -> None:
    """Between two places in the built region its roads count; everything else is as on the shipped table."""
    here = np.add(KAJAANI, [[-4_000.0, 0.0], [4_000.0, 0.0]])
    points = np.vstack([here, OULU, TURKU])
    mixed = distance.matrix(points, points, road.from_settings(own))
    table = distance.matrix(points, points, RoadEngine(main_roads.load(settings.reference)))
    pairs = distance.pairs(points, points[::-1], road.from_settings(own))
    np.testing.assert_allclose(pairs.km, np.diag(mixed.km[:, ::-1]), rtol=1e-12)
    assert mixed.method[0, 1] == ROAD
    assert mixed.km[0, 1] == pytest.approx(30.8, rel=0.02)  # a zigzag of 8 km, 1.28 * 3 times as long
    inside = np.zeros((4, 4), dtype=bool)
    inside[:2, :2] = True
    assert np.array_equal(mixed.km[~inside], table.km[~inside], equal_nan=True)


def test_a_saved_index_measures_as_a_fresh_one(own: Settings) -> None:
    """What was prepared and opened by memory map gives the same kilometres as an index made now."""
    folder = own.home / "roads" / "kajaani"
    here = KAJAANI + np.column_stack([np.linspace(-4_500, 4_500, 7), np.zeros(7)])
    opened = distance.matrix(here, here, road.open_engine(folder))
    fresh = distance.matrix(here, here, RoadEngine(road_graph.load(folder)))
    assert np.array_equal(opened.km, fresh.km)


def test_a_broken_network_is_left_out(own: Settings) -> None:
    """A network whose files are damaged isn't used, and the others are."""
    folder = own.home / "roads" / "kajaani"
    whole = road.from_settings(own)
    (folder / "metres.npy").write_bytes(b"broken")
    without = road.from_settings(own)
    pair = np.add(KAJAANI, [[-4_000.0, 0.0], [4_000.0, 0.0]])
    assert whole.hash != without.hash
    assert distance.matrix(pair, pair, without).km[0, 1] < distance.matrix(pair, pair, whole).km[0, 1]


@pytest.mark.parametrize("spoil", [b"", b"half", None])
def test_a_broken_index_is_refused(own: Settings, spoil: bytes | None) -> None:
    """Whichever of its files is empty, cut or gone: nothing is half used."""
    folder = own.home / "roads" / "kajaani"
    for file in sorted((folder / road.INDEX).iterdir()):
        whole = file.read_bytes()
        for content in (spoil, whole[:-1]):
            file.unlink() if content is None else file.write_bytes(content)
            with pytest.raises(GeoProblem) as refused:
                road.open_engine(folder)
            assert refused.value.key == "roads.broken_graph"
        file.write_bytes(whole)
    assert road.built(own)[1] == []


def test_a_one_way_road_is_longer_back() -> None:
    """On a ring that is driven one way only, the way back goes round."""
    line = ring(KAJAANI, 1.0)
    closing = replace(
        line,
        ends=np.vstack([line.ends, [[199, 0]]]).astype(np.int32),
        metres=np.append(line.metres, 20_000.0),
        road_class=np.full(200, MAIN, dtype=np.int32),
        number=np.zeros(200, dtype=np.int32),
        oneway=np.ones(200, dtype=bool),
        speed_kmh=np.zeros(200),
        shape_start=np.zeros(201, dtype=np.int32),
    )
    pair = np.add(KAJAANI, [[-4_000.0, 0.0], [4_000.0, 0.0]])
    km = distance.matrix(pair, pair, RoadEngine(closing)).km
    assert km[0, 1] == pytest.approx(8.0, rel=0.35)
    assert km[1, 0] == pytest.approx(22.0, rel=0.2)
