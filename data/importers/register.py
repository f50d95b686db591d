"""The three files of the PRTR, read and held against the columns that they must have."""

import csv
import gzip
import io
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config import settings
from config.errors import ImportProblem
from config.texts import Language
from data.importers import safety
from data.importers.cells import Row
from data.importers.encodings import decode
from data.importers.report import Options
from data.importers.text import clean

FACILITIES = "prtr_fi_facilities.csv"
TRANSFERS = "prtr_fi_waste_transfers.csv"
ACTIVITIES = "prtr_activity_types_fi_sv_en.csv"
NEEDED = {
    FACILITIES: (
        "facilityId",
        "parentCompanyName",
        "nameOfFeature",
        "mainActivityCode",
        "city",
        "postalCode",
        "x",
        "y",
    ),
    TRANSFERS: (
        "facilityId",
        "reportingYear",
        "wasteClassificationCode",
        "wasteTreatmentCode",
        "totalWasteQuantityTNE",
    ),
    ACTIVITIES: ("EU_EPRTR", "Selite_suomi", "Selite_ruotsi", "Selite_eng"),
}
_INDUSTRIES = Path(__file__).with_name("prtr_industries.toml")


@dataclass(frozen=True)
class Source:
    """Hold the files: facilities and transfers row by row, and the activities by code and language."""

    file: str
    sha256: str
    facility_columns: Sequence[str]
    facilities: tuple[Row, ...]
    transfer_columns: Sequence[str]
    transfers: tuple[Row, ...]
    activities: Mapping[str, Mapping[Language, str]]


def read(folder: Path, options: Options) -> Source:
    """Read the folder or the zip of it; raise ImportProblem where a file is missing or lacks a column."""
    name = options.name or folder.name
    if not folder.exists():
        raise ImportProblem("import.file_missing", file=name)
    packed = _packed(folder, name)
    raw = {file: packed[file] if file in packed else _bytes(folder, file, name) for file in NEEDED}
    facility_columns, facilities = _rows(raw[FACILITIES], FACILITIES, 0)
    last = facilities[-1].key if facilities else 0
    transfer_columns, transfers = _rows(raw[TRANSFERS], TRANSFERS, last)
    _, activities = _rows(raw[ACTIVITIES], ACTIVITIES, 0)
    return Source(
        file=name,
        sha256=safety.digest(b"".join(raw.values())),
        facility_columns=facility_columns,
        facilities=facilities,
        transfer_columns=transfer_columns,
        transfers=transfers,
        activities={str(row.cells["EU_EPRTR"]).strip(): _names(row) for row in activities},
    )


def _names(row: Row) -> Mapping[Language, str]:
    headings: Mapping[Language, str] = {"fi": "Selite_suomi", "sv": "Selite_ruotsi", "en": "Selite_eng"}
    return {language: clean(row.cells[heading]).value or "" for language, heading in headings.items()}


def _packed(place: Path, shown: str) -> dict[str, bytes]:
    """Unpack what stands in a zip, or in the zips of a folder."""
    found: dict[str, bytes] = {}
    for path in sorted(place.glob("*.zip")) if place.is_dir() else [place]:
        safety.contents(path, shown)
        members = safety.open_zip(path, shown, lambda name: name.lower().endswith((".csv", ".csv.gz")))
        found |= {
            name.removesuffix(".gz"): _unpacked(data, name) if name.endswith(".gz") else data
            for name, data in members.items()
        }
    return found


def _bytes(folder: Path, file: str, shown: str) -> bytes:
    packed = folder / f"{file}.gz"
    if packed.is_file():
        return _unpacked(safety.contents(packed), packed.name)
    if not (folder / file).is_file():
        raise ImportProblem("import.folder_part", file=shown, part=file)
    return safety.contents(folder / file)


def _unpacked(data: bytes, file: str) -> bytes:
    limit = settings.load().import_max_mb * safety.MIB
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            unpacked = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ImportProblem("import.zip_broken", file=file) from error
    if len(unpacked) > limit:
        raise ImportProblem("import.zip_bomb", file=file, size=f">{limit // safety.MIB}", limit=limit // safety.MIB)
    return unpacked


def _rows(data: bytes, file: str, first_key: int) -> tuple[Sequence[str], tuple[Row, ...]]:
    safety.require_text(data, file, "CSV")
    decoded, _ = decode(data, file)
    csv.field_size_limit(safety.MIB * settings.load().import_max_mb)
    lines = csv.reader(io.StringIO(decoded, newline=""))
    _, headings = next(_numbered(lines, file), (1, []))
    for column in NEEDED[file]:
        if column not in headings:
            raise ImportProblem("import.missing_column", file=file, column=column)
    rows = [
        Row(number, dict.fromkeys(headings, "") | dict(zip(headings, cells, strict=False)), file, first_key + number)
        for number, cells in _numbered(lines, file, 2)
        if any(cells)
    ]
    if len(rows) > settings.load().import_max_rows:
        raise ImportProblem("import.too_many_rows", file=file, limit=settings.load().import_max_rows)
    return headings, tuple(rows)


def _numbered(lines: Iterator[list[str]], file: str, first: int = 1) -> Iterator[tuple[int, list[str]]]:
    number = first
    try:
        for number, cells in enumerate(lines, first):
            yield number, cells
    except csv.Error as error:
        raise ImportProblem("import.csv_broken", file=file, row=number + 1) from error


@cache
def _divisions() -> Mapping[str, str]:
    with _INDUSTRIES.open("rb") as file:
        table: dict[str, list[str]] = tomllib.load(file)["division"]
    return {code: division for division, codes in table.items() for code in codes}


def industries(activities: Iterable[tuple[str, str]]) -> Mapping[str, str | None]:
    """Give the TOL 2008 division of each company, where all its plants do what only one division does."""
    found: dict[str, set[str | None]] = {}
    for company, code in activities:
        found.setdefault(company, set()).add(_divisions().get(code))
    return {company: next(iter(divisions)) if len(divisions) == 1 else None for company, divisions in found.items()}
