import shutil
from pathlib import Path

import numpy as np
import pytest

from config.errors import GeoProblem
from config.settings import ROOT
from data.reference_build import build, towns
from geo import crs
from geo.regions import Regions

MAP_INPUT = "finland.geojson"
# Degrees, to a hundredth; facts known from any map.
TOWNS = (
    ("Kajaani", 27.73, 64.23),
    ("Sodankylä", 26.59, 67.42),
    ("Enontekiö", 23.63, 68.38),
    ("Joensuu", 29.76, 62.60),
    ("Kuopio", 27.68, 62.89),
    ("Vaasa", 21.62, 63.10),
    ("Savonlinna", 28.88, 61.87),
    ("Utsjoki", 27.03, 69.91),
)


@pytest.fixture
def shared() -> Path:
    """Give the folder of source files beside the project; without it there is nothing to compute from."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the publishers' files do not lie beside the project")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> tuple[Path, Path]:
    """Give empty folders for tables and map layers, with the coast line that outlines are clipped to."""
    drawings = tmp_path / "map"
    drawings.mkdir()
    shutil.copy(build.MAP / MAP_INPUT, drawings)
    return tmp_path / "reference", drawings


def assert_same(folder: Path, shipped: Path) -> None:
    """Check that every file that was written equals the shipped one, byte for byte."""
    written = list(folder.iterdir())
    assert written
    for path in written:
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name


def test_places_and_outlines_are_recomputed(shared: Path, target: tuple[Path, Path]) -> None:
    """The shipped tables of places are exactly what the boundaries give."""
    target[0].mkdir()
    shutil.copy(build.REFERENCE / towns.FILE, target[0])
    build.build_boundaries(shared / "boundaries", *target)
    assert_same(target[0], build.REFERENCE)
    assert_same(target[1], build.MAP)


def test_a_municipality_lies_in_its_town() -> None:
    """Where people and works are, not in the middle of its forests: within 4 km of the town hall."""
    places = Regions(build.REFERENCE).municipalities
    for name, lon, lat in TOWNS:
        east, north = crs.to_tm35fin(lon, lat)
        place = next(place for place in places.values() if place.fi == name)
        assert np.hypot(place.easting - east, place.northing - north) < 4_000, name


def test_codes_are_recomputed(shared: Path, target: tuple[Path, Path]) -> None:
    """The shipped tables of codes are exactly what the code tables give."""
    build.build_codes(shared / "codes", target[0])
    assert_same(target[0], build.REFERENCE)


def test_roads_are_recomputed(shared: Path, target: tuple[Path, Path]) -> None:
    """The shipped towns and main-road table are exactly what the location table gives."""
    target[0].mkdir()
    shutil.copy(build.MAP / "municipalities.geojson", target[1])
    for name in ("municipalities.csv", "regions.csv", "regions.geojson", "municipality_mergers.csv"):
        shutil.copy(build.REFERENCE / name, target[0])
    build.build_roads(next((shared / "roads").glob("*.zip")), *target)
    assert_same(target[0], build.REFERENCE)
    assert_same(target[1], build.MAP)


def test_a_missing_source_is_named(tmp_path: Path, target: tuple[Path, Path]) -> None:
    """A folder without the file says which one, and nothing is written."""
    with pytest.raises(GeoProblem) as refused:
        build.build_codes(tmp_path, target[0])
    assert refused.value.key == "reference.missing_file"
    assert not target[0].exists()
