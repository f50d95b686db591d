"""Build the reference tables of each source that is at hand."""

from pathlib import Path

from config.settings import ROOT
from data.reference_build import codes, outlines, places, roads, sources, towns
from data.reference_build.files import Written, read_csv

REFERENCE = ROOT / "data" / "reference"
MAP = ROOT / "static" / "map"
MERGERS = REFERENCE / "municipality_mergers.csv"


def build_boundaries(folder: Path, reference: Path = REFERENCE, drawings: Path = MAP) -> list[Written]:
    """Write regions, municipalities and their outlines; the land they are clipped to lies in `drawings`."""
    shapes = outlines.whole(folder, MERGERS)
    drawn_files, drawn = outlines.write_drawn(shapes, _names(folder), drawings)
    tables = places.write(folder, drawn, reference)
    places.move_to_towns(reference)
    return [*tables, *outlines.write(shapes, reference), *drawn_files]


def build_codes(folder: Path, reference: Path = REFERENCE) -> list[Written]:
    """Write the list of waste, industries and densities from the folder of code tables, or of any file in it."""
    return codes.write(folder.parent if folder.is_file() else folder, reference)


def build_roads(source: Path, reference: Path = REFERENCE, drawings: Path = MAP) -> list[Written]:
    """Write towns, the main-road table and the road layers of the map; what `build_boundaries` writes must be there."""
    found = [*towns.write(source, reference, drawings), *places.move_to_towns(reference)]
    return [*found, *roads.write(source, reference, drawings)]


def note_sources() -> None:
    """Bring rows and checksums of sources.toml up to date."""
    sources.note(ROOT, REFERENCE / sources.FILE)


def _names(folder: Path) -> dict[str, dict[str, str]]:
    # Municipalities have three digits and regions two, so one table serves both.
    names: dict[str, dict[str, str]] = {}
    for row in read_csv(folder / places.CLASSIFICATION):
        names[row["code"]] = {language: row[f"municipality_name_{language}"] for language in ("fi", "sv", "en")}
        names[row["region_code"]] = {language: row[f"region_name_{language}"] for language in ("fi", "sv", "en")}
    return names
