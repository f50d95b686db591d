"""Sites from GeoPackage, GeoJSON and zipped Shapefile."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj.exceptions import CRSError

from config import settings
from config.errors import ImportProblem
from data.importers import jsonfile, safety, sandbox
from data.importers.cells import Row, Sheet
from data.importers.checking import check, note
from data.importers.columns import Columns, columns, fields, template_heading, understand
from data.importers.faults import Cell, Fault, refuse
from data.importers.protocol import Fixes
from data.importers.report import Options, Problem, Progress, Report
from data.importers.text import fold
from geo import crs

Floats = npt.NDArray[np.float64]
GEOMETRY = "geometry"
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf")
_RESOURCE = (
    "title",
    "direction",
    "type",
    "description",
    "ewc",
    "hazardous",
    "quantity",
    "quantity_low",
    "quantity_high",
)
DBF_NAME_MAX = 10  # characters that a Shapefile keeps of a field's name
_POINT = {"easting": GEOMETRY, "northing": GEOMETRY, "lon": GEOMETRY, "lat": GEOMETRY}
Feature = Mapping[str, Any]


class Geo:
    """Import points with attributes as sites, and as resources where title and direction stand beside them."""

    suffixes: tuple[str, ...] = (".gpkg", ".geojson", ".zip")

    def load(self, path: Path, options: Options, progress: Progress) -> Sheet:
        """Read the features; raise ImportProblem when the file is not what it says, or holds no points we can place."""
        progress("import.stage_reading", 0, 1)
        file = options.name or path.name
        head = safety.contents(path, file)
        features, system, layers = _read(path, head, file, options)
        if not features:
            raise ImportProblem("import.no_rows", file=file)
        known = _understood(features, file, options)
        located, notes = _located(features, system, file)
        rows = tuple(_row(number, feature, known, where) for number, (feature, where) in enumerate(located, 1))
        if known.ignored:
            notes.append(note(0, "", ", ".join(known.ignored), "ignored_columns"))
        if known.contacts:
            notes.append(note(0, "", ", ".join(known.contacts), "contact_ignored"))
        progress("import.stage_reading", 1, 1)
        return Sheet(
            file=file,
            sha256=safety.digest(head),
            columns=Columns(known.places, {**known.headings, **_POINT}, known.units, known.ignored, known.contacts),
            rows=rows,
            notes=tuple(notes),
            sheet=layers[0] if layers else "",
            sheets=tuple(layers),
        )

    def check(self, source: Sheet, options: Options, fixes: Fixes, progress: Progress) -> Report:
        """Judge the features."""
        return check(source, "geo", options, fixes, progress)


def _read(path: Path, data: bytes, file: str, options: Options) -> tuple[Sequence[Feature], str, list[str]]:
    """Choose the reader by the first bytes: a name proves nothing."""
    kind = safety.looks_like(data)
    if kind == "SQLite":
        return _sandboxed({"file.gpkg": data}, "file.gpkg", file, options)
    if kind == "ZIP":
        return _sandboxed(_shapefile(path, file), "layer.shp", file, options)
    safety.require_text(data, file, "GeoPackage, GeoJSON, Shapefile (zip)")
    return _geojson(path, file)


def _sandboxed(
    files: Mapping[str, bytes], name: str, file: str, options: Options
) -> tuple[Sequence[Feature], str, list[str]]:
    order = {"name": name, "layer": options.sheet, "max_rows": settings.load().import_max_rows}
    with sandbox.scratch(files) as folder:
        answer = sandbox.run("features", folder, order, file, sandbox.Layer)
    features: Sequence[Feature] = answer["features"]
    if name.endswith(".shp"):
        features = [_with_whole_names(feature) for feature in features]
    layers = [answer["layer"], *(layer for layer in answer["layers"] if layer != answer["layer"])]
    return features, answer["crs"] or "", layers


def _with_whole_names(feature: Feature) -> Feature:
    return {**feature, "properties": {_whole_name(name): cell for name, cell in feature["properties"].items()}}


def _whole_name(name: str) -> str:
    """Give back the end of a field's name that the format cut off, where only one heading of ours begins so."""
    if len(name) < DBF_NAME_MAX - 1 or understand(name)[0]:
        return name
    meant = {field for key, field in fields().items() if key.startswith(fold(name))}
    return meant.pop() if len(meant) == 1 else name


def _shapefile(path: Path, file: str) -> dict[str, bytes]:
    members = safety.open_zip(path, file, lambda name: name.lower().endswith((*SHAPEFILE_PARTS, ".prj", ".cpg")))
    stems = sorted(name[:-4] for name in members if name.lower().endswith(".shp"))
    parts = {f"layer{name[-4:].lower()}": data for name, data in members.items() if stems and name[:-4] == stems[0]}
    for part in SHAPEFILE_PARTS:
        if f"layer{part}" not in parts:
            raise ImportProblem("import.shapefile_part", file=file, part=part)
    if not parts["layer.shp"].startswith(safety.SHP):
        raise ImportProblem("import.unknown_format", file=file, found="?", expected="Shapefile")
    if "layer.cpg" not in parts and _is_utf8(parts["layer.dbf"]):
        parts["layer.cpg"] = b"UTF-8"
    return parts


def _is_utf8(data: bytes) -> bool:
    try:
        return not data[32:].decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _geojson(path: Path, file: str) -> tuple[Sequence[Feature], str, list[str]]:
    found, _ = jsonfile.read(path, file)
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise ImportProblem("import.not_geojson", file=file)
    if len(features) > settings.load().import_max_rows:
        raise ImportProblem("import.too_many_rows", file=file, limit=settings.load().import_max_rows)
    stated = found.get("crs")
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    return [_feature(item) for item in features], name or f"EPSG:{crs.WGS84}", []


def _feature(item: Any) -> Feature:  # noqa: ANN401 - JSON
    item = item if isinstance(item, dict) else {}
    properties = item.get("properties")
    shape = item.get("geometry")
    made: dict[str, Any] = {"properties": properties if isinstance(properties, dict) else {}, "geometry": ""}
    if not isinstance(shape, dict):
        return made
    points = shape.get("coordinates")
    if shape.get("type") == "MultiPoint" and isinstance(points, list) and len(points) == 1:
        shape, points = {"type": "Point"}, points[0]
    numbers = [n for n in points[:2] if isinstance(n, int | float)] if isinstance(points, list) else []
    if shape.get("type") == "Point":
        # A point without numbers is an empty one.
        return made | ({"geometry": "Point", "x": numbers[0], "y": numbers[1]} if len(numbers) > 1 else {})
    return made | {"geometry": str(shape.get("type"))}


def _understood(features: Sequence[Feature], file: str, options: Options) -> Columns:
    headings = list(dict.fromkeys(str(name) for feature in features for name in feature["properties"]))
    known = columns(headings, file, options.meanings)
    if "organisation" not in known.places and "business_id" not in known.places:
        raise ImportProblem(
            "import.missing_column", file=file, column=template_heading("organisation", options.language)
        )
    dropped = set(_POINT) if any(feature["geometry"] for feature in features) else set()
    if not {"title", "direction"} <= set(known.places):
        dropped |= set(_RESOURCE)
    kept = {name: heading for name, heading in known.headings.items() if name not in dropped}
    lost = [heading for name, heading in known.headings.items() if name in dropped and name not in _POINT]
    places = {name: at for name, at in known.places.items() if name in kept}
    return Columns(places, kept, known.units, (*known.ignored, *lost), known.contacts)


def _located(
    features: Sequence[Feature], system: str, file: str
) -> tuple[list[tuple[Feature, dict[str, Cell]]], list[Problem]]:
    """Turn points from the stated system where that puts them in Finland; else leave them for their range to tell."""
    points = np.array([(f.get("x", np.nan), f.get("y", np.nan)) for f in features], dtype=float).reshape(-1, 2)
    code = _epsg(system)
    notes: list[Problem] = []
    turned = np.full_like(points, np.nan)
    if code is not None:
        turned = _turned(points, code, file)
    elif system or not _identified(points):
        raise ImportProblem("import.unknown_crs" if system else "import.missing_prj", file=file, system=system[:60])
    else:
        notes.append(note(0, GEOMETRY, file, "coordinates_assumed", system=f"EPSG:{_identified(points)}"))
    inside = crs.in_finland(turned[:, 0], turned[:, 1])
    if code not in {None, crs.TM35FIN, crs.WGS84} and inside.any():
        notes.append(note(0, GEOMETRY, file, "coordinates_converted", system=f"EPSG:{code}"))
    located = []
    for feature, raw, new, good in zip(features, points.tolist(), turned.tolist(), inside.tolist(), strict=True):
        located.append((feature, _pair(*(new if good else raw)) if feature["geometry"] == "Point" else {}))
    return located, notes


def _turned(points: Floats, code: int, file: str) -> Floats:
    try:
        return np.column_stack(crs.to_tm35fin(points[:, 0], points[:, 1], code))
    except CRSError as error:
        raise ImportProblem("import.unknown_crs", file=file, system=f"EPSG:{code}") from error


def _pair(x: float, y: float) -> dict[str, Cell]:
    degrees = abs(x) <= 180 and abs(y) <= 180  # noqa: PLR2004 - degrees
    return {"lon": x, "lat": y} if degrees else {"easting": round(x, 3), "northing": round(y, 3)}


def _identified(points: Floats) -> int | None:
    for x, y in points[np.isfinite(points).all(axis=1)]:
        guesses = crs.identify(float(x), float(y))
        if guesses:
            return guesses[0].epsg
    return None


def _epsg(system: str) -> int | None:
    """Read the code of EPSG:3067, urn:ogc:def:crs:EPSG::3067 and CRS84, which is WGS84 with longitude first."""
    if system.upper().endswith("CRS84"):
        return crs.WGS84
    found = re.search(r"EPSG:[^:]*:?(\d{4,5})$", system, re.IGNORECASE)
    return int(found[1]) if found else None


def _row(number: int, feature: Feature, known: Columns, where: Mapping[str, Cell]) -> Row:
    properties = {str(name): value for name, value in feature["properties"].items()}
    cells: dict[str, Cell] = {name: _cell(properties.get(heading)) for name, heading in known.headings.items()}
    faults: dict[str, Fault] = {}
    if feature["geometry"] not in {"", "Point"}:
        faults["easting"] = refuse("geometry_not_point", kind=feature["geometry"])
        return Row(number, {**cells, "northing": None, "easting": None}, faults=faults)
    if not feature["geometry"] and not cells.get("municipality"):
        faults["easting"] = refuse("geometry_missing")
    return Row(number, {**cells, **where}, faults=faults)


def _cell(value: Any) -> Cell:  # noqa: ANN401 - JSON
    return value if isinstance(value, str | int | float | bool | None) else str(value)


IMPORTER = Geo()
