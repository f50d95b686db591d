"""Items 11, 12 and 13: files that would do harm are refused whole, before anything parses them."""

import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import xlsxwriter

from config import settings
from config.errors import ImportProblem
from data import importers
from data.importers import Report, safety, sandbox

Found = Callable[[Report], dict[int, list[str]]]
Sample = Callable[[str], Path]


def _refused(name: str, path: Path) -> ImportProblem:
    with pytest.raises(ImportProblem) as refused:
        importers.read(name, path)
    return refused.value


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def shapefile(tmp_path: Path) -> dict[str, bytes]:
    """Give the parts of a Shapefile with two sites, by their suffix."""
    folder = tmp_path / "osat"
    folder.mkdir()
    points = [shapely.Point(427_883, 7_210_442), shapely.Point(385_800, 6_672_100)]
    frame = gpd.GeoDataFrame({"yritys": ["Ääni Oy", "Öljy Oy"]}, geometry=points, crs=3067)
    frame.to_file(folder / "paikat.shp", engine="pyogrio")
    return {file.suffix: file.read_bytes() for file in folder.iterdir()}


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    """A workbook of a few kilobytes that would unpack to hundreds of megabytes is refused by its own figures."""
    bomb = _zip(tmp_path / "pommi.xlsx", {"xl/workbook.xml": b"0" * (200 * 1024 * 1024)})
    assert _refused("table", bomb).key == "import.zip_bomb"


def test_a_member_that_lies_of_its_size_is_found_out(tmp_path: Path) -> None:
    """The size that stands in the zip is held against what comes out."""
    path = _zip(tmp_path / "valhe.xlsx", {"xl/workbook.xml": b"<a/>" * 1000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    assert _refused("table", path).key in {"import.zip_broken", "import.zip_bomb"}


def test_a_sheet_with_one_cell_at_the_far_corner(tmp_path: Path) -> None:
    """Seventeen billion cells are not made room for: the child process ends, and the program doesn't."""
    path = tmp_path / "kaukana.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Yritys")
        page.write(1_048_575, 16_383, "x")
    assert _refused("table", path).key in {"import.reader_failed", "import.sheet_too_large"}


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """XML that declares entities is refused before a parser sees it."""
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><workbook>&c;</workbook>'
    path = _zip(tmp_path / "nauru.xlsx", {"xl/workbook.xml": laughs})
    assert _refused("table", path).key == "import.xml_entities"


@pytest.mark.parametrize("name", ["../ulos.shp", "/etc/ulos.shp", "..\\ulos.shp", "C:/ulos.shp"])
def test_a_path_that_leads_outside_is_refused(name: str, shapefile: dict[str, bytes], tmp_path: Path) -> None:
    """A zip may not write where it likes; in fact nothing of it is ever written under its own name."""
    path = _zip(tmp_path / "ulos.zip", {"paikat.shx": shapefile[".shx"], name: shapefile[".shp"]})
    assert _refused("geo", path).key == "import.zip_member"


def test_a_link_in_a_zip_is_refused(shapefile: dict[str, bytes], tmp_path: Path) -> None:
    """A link could lead to any file of the server."""
    path = tmp_path / "linkki.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("paikat.dbf")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("paikat.shp", shapefile[".shp"])
    assert _refused("geo", path).key == "import.zip_member"


def test_a_shapefile_without_prj_is_identified_by_its_numbers(
    shapefile: dict[str, bytes], tmp_path: Path, found: Found
) -> None:
    """The points come in with a remark that names the system taken for theirs; letters are right without .cpg."""
    parts = {f"kansio/paikat{suffix}": shapefile[suffix] for suffix in (".shp", ".shx", ".dbf")}
    report = importers.read("geo", _zip(tmp_path / "paikat.zip", parts))
    assert found(report) == {0: ["coordinates_assumed"]}
    assert "EPSG:3067" in report.problems[0].message("fi")
    assert list(report.batch.organisations["name"]) == ["Ääni Oy", "Öljy Oy"]


def test_half_a_shapefile_is_refused(shapefile: dict[str, bytes], tmp_path: Path) -> None:
    """The refusal names the part that is missing."""
    path = _zip(tmp_path / "puolikas.zip", {"paikat.shp": shapefile[".shp"], "paikat.dbf": shapefile[".dbf"]})
    refusal = _refused("geo", path)
    assert (refusal.key, refusal.values["part"]) == ("import.shapefile_part", ".shx")


@pytest.mark.parametrize(("importer", "name"), [("geo", "vrt.gpkg"), ("geo", "vrt.geojson"), ("table", "vrt.csv")])
def test_a_virtual_file_is_refused_whatever_it_is_called(importer: str, name: str, sample: Sample) -> None:
    """OGR VRT opens any file of the server: its first bytes give it away."""
    assert _refused(importer, sample(name)).key == "import.unknown_format"


def test_a_virtual_file_that_reached_the_child_would_not_be_read(sample: Sample, tmp_path: Path) -> None:
    """Behind the check of first bytes, the child's GDAL has no driver that would open one."""
    tmp_path.chmod(0o755)
    (tmp_path / "file.gpkg").write_bytes(sample("vrt.gpkg").read_bytes())
    with pytest.raises(ImportProblem):
        sandbox.run("features", tmp_path, {"name": "file.gpkg", "layer": "", "max_rows": 10}, "vrt.gpkg", sandbox.Layer)


def test_a_geopackage_comes_in(tmp_path: Path) -> None:
    """And what is what it says, is read by the same child."""
    path = tmp_path / "paikat.gpkg"
    frame = gpd.GeoDataFrame(
        {"yritys": ["Ääni Oy"], "kunta": ["Oulu"]}, geometry=[shapely.Point(25.47, 65.01)], crs=4326
    )
    frame.to_file(path, engine="pyogrio")
    report = importers.read("geo", path)
    assert (report.rows, report.rejected) == (1, 0)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    """The size is looked at first."""
    path = tmp_path / "suuri.csv"
    with path.open("wb") as file:
        file.truncate((settings.load().import_max_mb + 1) * safety.MIB)
    assert _refused("table", path).key == "import.file_too_large"
