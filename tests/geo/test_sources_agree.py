from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from config.settings import ROOT
from geo import alertc, distance, osm
from geo.road_engine import RoadEngine
from geo.road_graph import RoadGraph
from geo.snap import Snapper

FOLDER = ROOT.parent / "shared" / "data" / "roads"
NEAR_M = 30.0
APART_KM = 0.5


@pytest.fixture(scope="module")
def networks() -> tuple[RoadGraph, RoadGraph]:
    """Give the national table, and the streets of central Helsinki driven both ways, as the table knows no other."""
    if not FOLDER.is_dir():
        pytest.skip("the publishers' files do not lie beside the project")
    streets = osm.read(FOLDER / "Helsinki.osm.pbf", lambda *_, **__: None)
    both_ways = replace(streets, oneway=np.zeros(len(streets.ends), dtype=bool))
    return alertc.read(Path(next(FOLDER.glob("*.zip")))), both_ways


@pytest.fixture(scope="module")
def points(networks: tuple[RoadGraph, RoadGraph]) -> npt.NDArray[np.float64]:
    """Give the crossings of the table that lie in the extract and on one of its streets."""
    table, streets = networks
    inside = ((table.xy >= streets.xy.min(axis=0)) & (table.xy <= streets.xy.max(axis=0))).all(axis=1)
    found = table.xy[inside & table.component]
    return found[Snapper(streets).snap(found).access_m < NEAR_M]


def test_the_table_lies_on_the_streets(networks: tuple[RoadGraph, RoadGraph], points: npt.NDArray[np.float64]) -> None:
    """Of the table's crossings in the extract nearly all are within 30 m of a street, half within 5 m."""
    table, streets = networks
    inside = ((table.xy >= streets.xy.min(axis=0)) & (table.xy <= streets.xy.max(axis=0))).all(axis=1)
    assert len(points) >= 0.8 * (inside & table.component).sum() > 10
    assert np.median(Snapper(streets).snap(points).access_m) < 5


def test_hauls_agree(networks: tuple[RoadGraph, RoadGraph], points: npt.NDArray[np.float64]) -> None:
    """Between crossings over 500 m apart both measure alike: a tenth in the middle, and mostly under 200 m."""
    table, streets = (distance.matrix(points, points, RoadEngine(graph)) for graph in networks)
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) / 1000 > APART_KM
    assert apart.sum() > 50
    assert set(table.method[apart]) == set(streets.method[apart]) == {"road"}
    assert np.median(streets.km[apart] / table.km[apart]) == pytest.approx(1, abs=0.1)
    assert np.median(np.abs(streets.km[apart] - table.km[apart])) < 0.15
    assert np.quantile(np.abs(streets.km[apart] - table.km[apart]), 0.75) < 0.3
