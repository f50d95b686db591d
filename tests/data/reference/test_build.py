import shutil
from pathlib import Path

import pytest

from config.errors import GeoProblem
from config.settings import ROOT
from data.reference_build import build

MAP_INPUT = "finland.geojson"


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
    build.build_boundaries(shared / "boundaries", *target)
    assert_same(target[0], build.REFERENCE)
    assert_same(target[1], build.MAP)


def test_codes_are_recomputed(shared: Path, target: tuple[Path, Path]) -> None:
    """The shipped tables of codes are exactly what the code tables give."""
    build.build_codes(shared / "codes", target[0])
    assert_same(target[0], build.REFERENCE)


def test_roads_are_recomputed(shared: Path, target: tuple[Path, Path]) -> None:
    """The shipped main-road table is exactly what the location table gives."""
    target[0].mkdir()
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
