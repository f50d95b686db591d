"""Load the reference tables that ship with the program into the store."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import shapely
from geoalchemy2.shape import from_shape
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects.postgresql import insert

from data import store, tables
from geo import crs

Row = dict[str, object]


class Source(NamedTuple):
    """Tell how one reference table is read: its file and the function that yields its rows."""

    table: type[tables.Base]
    file: str
    rows: Callable[[Path], Iterator[Row]]


def load(engine: Engine, folder: Path) -> dict[str, int]:
    """Write every reference table whose file has changed since it was loaded; tell the rows of each written.

    Rows that left a file stay in the store, since other rows may refer to them.
    """
    written: dict[str, int] = {}
    with store.connection(engine, "reference") as connection:
        loaded = {row.key: row.sha256 for row in connection.execute(select(tables.Dataset.key, tables.Dataset.sha256))}
        for source in SOURCES:
            digest = _digest(folder, source)
            key = source.table.__tablename__
            if loaded.get(key) != digest:
                written[key] = _write(connection, source, folder)
                _note(connection, key, source.file, written[key], digest)
    return written


def _digest(folder: Path, source: Source) -> str:
    digest = sha256((folder / source.file).read_bytes())
    if source.table is tables.Municipality:
        digest.update((folder / "municipalities.geojson").read_bytes())
    return digest.hexdigest()


def _write(connection: Connection, source: Source, folder: Path) -> int:
    rows = list(source.rows(folder / source.file))
    statement = insert(source.table)
    keys = [column.name for column in source.table.__table__.primary_key]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)
    return len(rows)


def _note(connection: Connection, key: str, file: str, rows: int, digest: str) -> None:
    statement = insert(tables.Dataset).values(key=key, file=file, rows=rows, sha256=digest, loaded_at=func.now())
    changed = {name: statement.excluded[name] for name in ("file", "rows", "sha256", "loaded_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=changed))


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _named(row: dict[str, str], *more: str) -> Row:
    return {name: row[name] for name in ("code", "fi", "sv", "en", *more)}


def _point(row: dict[str, str]) -> object:
    easting, northing = crs.to_tm35fin(float(row["lon"]), float(row["lat"]))
    return from_shape(shapely.Point(round(float(easting)), round(float(northing))), srid=crs.TM35FIN)


def _regions(path: Path) -> Iterator[Row]:
    for row in _read(path):
        yield {**_named(row, "nuts3"), "label": _point(row)}


def _municipalities(path: Path) -> Iterator[Row]:
    collection = json.loads((path.parent / "municipalities.geojson").read_text(encoding="utf-8"))
    outlines = {
        feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]
    }
    for row in _read(path):
        outline = shapely.transform(outlines[row["code"]], crs.reproject)
        parts = shapely.MultiPolygon(shapely.get_parts(outline).tolist())
        yield {
            **_named(row),
            "region_code": row["region_code"],
            "sub_region_code": row["sub_region_code"],
            "sub_region_fi": row["sub_region_fi"],
            "point": _point(row),
            "outline": from_shape(parts, srid=crs.TM35FIN),
        }


def _ewc(path: Path) -> Iterator[Row]:
    for row in _read(path):
        hazardous = {"true": True, "false": False}.get(row["hazardous"])
        yield {**_named(row), "level": int(row["level"]), "parent": row["parent"] or None, "hazardous": hazardous}


def _industries(path: Path) -> Iterator[Row]:
    for row in _read(path):
        yield {**_named(row), "level": int(row["level"]), "parent": row["parent"] or None}


def _units(path: Path) -> Iterator[Row]:
    for row in _read(path):
        yield {"code": row["code"], "dimension": row["dimension"]}


SOURCES: Sequence[Source] = (
    Source(tables.Region, "regions.csv", _regions),
    Source(tables.Municipality, "municipalities.csv", _municipalities),
    Source(tables.EwcCode, "ewc.csv", _ewc),
    Source(tables.Industry, "tol2008.csv", _industries),
    Source(tables.Unit, "units.csv", _units),
)
