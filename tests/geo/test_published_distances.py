"""The networks against road distances that others published: tests/samples/road_distances.csv names each source.

The sources round, differ among themselves by up to 3 % for one pair, and some are older than today's motorways; the
points are market squares and airports. All pairs found are in, none was left out for its error.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from config import settings
from config.settings import ROOT
from geo import alertc, crs, distance, main_roads
from geo.results import Distances, Floats
from geo.road_engine import RoadEngine

PAIRS = ROOT / "tests" / "samples" / "road_distances.csv"
FOLDER = ROOT.parent / "shared" / "data" / "roads"
LARGEST_MEDIAN, LARGEST_BIAS, LARGEST = 0.015, 0.006, 0.08


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Give the published pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module", params=["table", "whole"])
def engine(request: pytest.FixtureRequest) -> RoadEngine:
    """Give the shipped table, and the whole network of Fintraffic's table where that lies beside the project."""
    if request.param == "table":
        return RoadEngine(main_roads.load(settings.load().reference))
    if not FOLDER.is_dir():
        pytest.skip("the publishers' files do not lie beside the project")
    return RoadEngine(alertc.read(Path(next(FOLDER.glob("*.zip")))))


def _ends(rows: list[dict[str, str]], side: str) -> Floats:
    lon, lat = ([float(row[f"{side}_{axis}"]) for row in rows] for axis in ("lon", "lat"))
    return np.column_stack(crs.to_tm35fin(lon, lat))


def _measured(rows: list[dict[str, str]], engine: RoadEngine) -> tuple[Distances, Floats]:
    found = distance.pairs(_ends(rows, "from"), _ends(rows, "to"), engine)
    return found, found.km / np.array([float(row["km"]) for row in rows]) - 1.0


def test_towns_lie_as_far_apart_as_published(engine: RoadEngine, rows: list[dict[str, str]]) -> None:
    """Half of all pairs within 1.5 % of what is published, none beyond 8 %, and no leaning to short or long."""
    found, error = _measured(rows, engine)
    assert len(rows) > 80
    assert set(found.method) == {"road"}
    assert np.median(np.abs(error)) < LARGEST_MEDIAN
    assert abs(np.median(error)) < LARGEST_BIAS
    assert np.abs(error).max() < LARGEST


def test_the_longest_road_is_as_long_as_its_kilometre_posts(engine: RoadEngine) -> None:
    """Main road 4 leads from Helsinki to Ivalo in 1,117 km (Wikivoyage, Highway 4; counted from Erottaja, 2013)."""
    helsinki, ivalo = (np.ravel(crs.to_tm35fin(*place)) for place in ((24.9440, 60.1660), (27.5400, 68.6590)))
    found = distance.one_to_many(helsinki, ivalo[None], engine)
    assert found.km[0] == pytest.approx(1117, rel=0.01)
