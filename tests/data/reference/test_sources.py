import tomllib
from hashlib import sha256

from config.settings import ROOT
from data.reference_build.sources import count_rows

LISTING = tomllib.loads((ROOT / "data" / "reference" / "sources.toml").read_text(encoding="utf-8"))["source"]


def test_every_table_and_layer_has_its_source() -> None:
    """Nothing ships without publisher and licence, and the listing names nothing that isn't there."""
    shipped = [path for path in (ROOT / "data" / "reference").iterdir() if path.suffix in {".csv", ".geojson"}]
    shipped += (ROOT / "static" / "map").glob("*.geojson")
    assert {entry["file"] for entry in LISTING} == {str(path.relative_to(ROOT)) for path in shipped}
    assert all(entry["publisher"] and entry["licence"] for entry in LISTING)


def test_rows_and_checksums_are_true() -> None:
    """A table that changed without `reference build` is caught here."""
    for entry in LISTING:
        path = ROOT / entry["file"]
        assert entry["sha256"] == sha256(path.read_bytes()).hexdigest(), entry["file"]
        assert entry["rows"] == count_rows(path), entry["file"]


def test_titles_and_notes_are_in_three_languages() -> None:
    """The page of sources has its words."""
    assert all(set(entry[part]) == {"fi", "sv", "en"} for entry in LISTING for part in ("title", "note"))


def test_the_document_names_every_file() -> None:
    """SOURCES.md, for people, tells of the same files."""
    document = (ROOT / "data" / "reference" / "SOURCES.md").read_text(encoding="utf-8")
    assert [entry["file"] for entry in LISTING if entry["file"].rpartition("/")[2] not in document] == []
