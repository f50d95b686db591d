"""The table of resources as the import template has it, and beside it what makes a re-import recognise each row."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from config.texts import Language, text
from data.exporters.cells import Value, to_csv, to_xlsx
from data.importers import choices, ewc
from data.importers.codes import concept_words, concepts
from data.importers.columns import EXPORTED, template_heading
from data.importers.text import fold
from data.queries import exports
from geo import crs, regions

CHOICES = (
    "site_visibility",
    "direction",
    "type",
    "continuity",
    "visibility",
    "channel",
    "organisation_kind",
    "activation",
    "precision",
)
TRUTHS = ("naming_consent", "hazardous", "demo")
NUMBERS = ("quantity_low", "quantity_high", "tonnes_low", "tonnes_high", "easting", "northing")
DEGREE_DECIMALS = 6  # a tenth of a metre


def write(engine: Engine, file: Path, region: str | None, language: Language) -> int:
    """Write the table into a file of the kind that its name says, and give the number of rows."""
    frame = exports.table(engine, region)
    file.write_bytes(WRITERS[file.suffix.lower()](frame, language))
    return len(frame)


def _csv(frame: pd.DataFrame, language: Language) -> bytes:
    return to_csv(_headings(language), _rows(frame, language), language)


def _xlsx(frame: pd.DataFrame, language: Language) -> bytes:
    return to_xlsx(_headings(language), _rows(frame, language), text("export.sheet", language))


WRITERS: Mapping[str, Callable[[pd.DataFrame, Language], bytes]] = {".csv": _csv, ".xlsx": _xlsx}


def _headings(language: Language) -> list[str]:
    return [template_heading(name, language) for name in EXPORTED]


def _rows(frame: pd.DataFrame, language: Language) -> Iterator[Sequence[Value]]:
    lon, lat = crs.to_wgs84(frame["easting"].astype(float), frame["northing"].astype(float))
    for record, x, y in zip(frame.to_dict("records"), lon, lat, strict=True):
        row = {str(name): value for name, value in record.items()}
        row |= {"lon": round(float(x), DEGREE_DECIMALS), "lat": round(float(y), DEGREE_DECIMALS)}
        cells = _cells(row, language)
        yield [cells.get(name) for name in EXPORTED]


def _cells(row: Mapping[str, object], language: Language) -> dict[str, Value]:
    is_resource = row["resource_key"] is not None
    cells: dict[str, Value] = {name: _plain(value) for name, value in row.items()}
    row = {**row, "channel": row["resource_channel"]}
    cells |= {name: _term(name, row[name], language) for name in CHOICES}
    cells |= {name: None if row[name] is None else _yes(bool(row[name]), language) for name in TRUTHS}
    cells |= {name: _number(row[name]) for name in NUMBERS}
    cells["municipality"] = regions.load().municipalities[str(row["municipality_code"])].name(language)
    cells["other_names"] = "|".join(_strings(row["other_names"]))
    if not is_resource:
        return cells
    attributes = row["attributes"] if isinstance(row["attributes"], dict) else {}
    return cells | {
        "ewc": ewc.written(str(row["ewc_code"])) if row["ewc_code"] else None,
        "concepts": ", ".join(_material(name, language) for name in _strings(row["concepts"])),
        "season_months": ", ".join(_strings(row["season_months"])),
        "density": _number(attributes.get("density_kg_m3")),
        "attributes": json.dumps(attributes, ensure_ascii=False) if attributes else None,
    }


def _plain(value: object) -> Value:
    return value if isinstance(value, str | date) else None


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(float(str(value))) else float(str(value))


def _term(name: str, code: object, language: Language) -> str | None:
    return choices.term(name, str(code), language) if code else None


def _yes(value: bool, language: Language) -> str:  # noqa: FBT001 - the value of a cell
    return text("export.yes" if value else "export.no", language)


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _material(concept: str, language: Language) -> str:
    """Name a concept by a word that the import turns into the same one; by its id where no word does."""
    words = concept_words().get(concept, {}).get(language, ())
    return next((word for word in words if concepts().get(fold(word)) == concept), concept)
