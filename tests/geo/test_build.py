import bz2
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import GeoProblem
from geo import build

Maker = Callable[..., Path]
NODES = {1: (27.0, 62.0), 2: (27.01, 62.0)}
WAYS = [([1, 2], {"highway": "primary"})]
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><osm>&b;</osm>'
)


def refusal(path: Path) -> str:
    """Give the text id with which a file is refused."""
    with pytest.raises(GeoProblem) as refused:
        build.kind(path)
    return refused.value.key


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.osm.pbf", build.PBF), ("a.osm", build.XML), ("a.osm.gz", build.XML), ("a.osm.bz2", build.XML)],
)
def test_extracts_are_told_by_content(osm_file: Maker, name: str, kind: str) -> None:
    """Whatever a file is called, its bytes say what it is."""
    path = osm_file(NODES, WAYS, name=name)
    assert build.kind(path) == kind
    assert build.kind(path.rename(path.with_name("roads.dat"))) == kind


def test_other_kinds(alertc_zip: Maker, tmp_path: Path) -> None:
    """A zip is taken for the national table and judged by its reader, GraphML by its root."""
    assert build.kind(alertc_zip()) == build.ALERTC
    graphml = tmp_path / "town.xml"
    graphml.write_text('\ufeff<?xml version="1.0"?>\n<!-- a town -->\n<graphml></graphml>', encoding="utf-8")
    assert build.kind(graphml) == build.GRAPHML


@pytest.mark.parametrize(
    "content",
    [b"", b"id,lon,lat\n1,2,3\n", b"%PDF-1.7 ...", b"<html><body>log in</body></html>", b"\x00" * 500, b"{}"],
)
def test_what_holds_no_roads_is_refused(tmp_path: Path, content: bytes) -> None:
    """Tables, documents, pages and nothing at all are no road source, even when they are called so."""
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(content)
    assert refusal(path) == "roads.unknown_kind"


@pytest.mark.parametrize(
    ("name", "pack"), [("bomb.osm", bytes), ("bomb.osm.gz", gzip.compress), ("b.bz2", bz2.compress)]
)
def test_entities_are_refused(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    """A document that defines entities is not read at all, packed or not."""
    path = tmp_path / name
    path.write_bytes(pack(BOMB.encode()))
    assert refusal(path) == "roads.entities"


def test_broken_and_missing_files_are_named(tmp_path: Path) -> None:
    """A cut archive is broken, a wrong path and a folder are no file."""
    path = tmp_path / "cut.osm.gz"
    path.write_bytes(gzip.compress(b"<?xml version='1.0'?>" + b" " * 99_999)[:60])
    assert refusal(path) == "roads.broken_file"
    assert refusal(tmp_path / "nothing.osm") == "roads.no_file"


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("Kajaani", True),
        ("Oulunsalo, Oulu", True),
        ("St. Karins", True),
        ("missing.osm.pbf", False),
        ("a/b", False),
        ("x.zip", False),
    ],
)
def test_places_are_told_from_files(source: str, place: bool) -> None:  # noqa: FBT001 - a column of the table above
    """A name that looks like a file but isn't there is a wrong path, not a place."""
    assert build.Order(source).is_place is place
