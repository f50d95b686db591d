"""The shipped table against the whole network that it was computed from, between 61 towns: all pairs of them."""

import csv
from pathlib import Path

import numpy as np
import pytest

from config import settings
from config.settings import ROOT
from geo import alertc, crs, distance, main_roads
from geo.results import ROAD, Floats
from geo.road_engine import RoadEngine

TOWNS = ROOT / "tests" / "samples" / "towns.csv"
FOLDER = ROOT.parent / "shared" / "data" / "roads"
LARGEST, LARGEST_MEDIAN = 0.03, 0.001


@pytest.fixture(scope="module")
def towns() -> dict[str, Floats]:
    """Give the market squares and stations of towns from Helsinki to Ivalo."""
    with TOWNS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["name"]: np.ravel(crs.to_tm35fin(float(row["lon"]), float(row["lat"]))) for row in rows}


@pytest.fixture(scope="module")
def engines() -> tuple[RoadEngine, RoadEngine]:
    """Give the table, and the whole network of Fintraffic's table where that lies beside the project."""
    if not FOLDER.is_dir():
        pytest.skip("the publishers' files do not lie beside the project")
    whole = alertc.read(Path(next(FOLDER.glob("*.zip"))))
    return RoadEngine(main_roads.load(settings.load().reference)), RoadEngine(whole)


def _error(engines: tuple[RoadEngine, RoadEngine], origins: Floats, destinations: Floats) -> Floats:
    """Give what each distance by the table is longer than by the whole network, as a share."""
    table, whole = (distance.matrix(origins, destinations, engine) for engine in engines)
    by_road = (table.method == ROAD) & (whole.method == ROAD)
    assert (by_road | (whole.km == 0)).all()
    return np.where(whole.km > 0, table.km / np.maximum(whole.km, 1e-9) - 1.0, 0.0)


def test_the_table_agrees_with_the_whole_network(
    engines: tuple[RoadEngine, RoadEngine], towns: dict[str, Floats]
) -> None:
    """No pair of towns is beyond 3 %, and half of all are within 0.1 %."""
    points = np.array(list(towns.values()))
    error = np.abs(_error(engines, points, points)[np.triu_indices(len(points), 1)])
    assert len(error) > 1_700
    assert error.max() < LARGEST
    assert np.median(error) < LARGEST_MEDIAN


def test_wherever_in_ylivieska_the_way_begins(engines: tuple[RoadEngine, RoadEngine], towns: dict[str, Floats]) -> None:
    """A connecting road that ends beside another, in the source without a crossing, leads from one to the other."""
    step_m = np.linspace(-1_000, 1_000, 9)
    around = np.array([towns["Ylivieska"] + np.array([east, north]) for east in step_m for north in step_m])
    error = _error(engines, around, towns["Haapajärvi"][None])
    assert np.abs(error).max() < LARGEST
