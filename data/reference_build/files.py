"""Write tables and outlines so that the same input gives the same bytes."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from config.errors import GeoProblem
from config.settings import ROOT

Row = Mapping[str, object]


@dataclass(frozen=True)
class Written:
    """Name a table that was written and its number of rows."""

    file: str
    rows: int


def _shown(path: Path) -> str:
    # Outlines to reckon with and outlines to draw have the same names in two folders.
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a UTF-8 table with a header row; raise GeoProblem when the file isn't there."""
    if not path.is_file():
        raise GeoProblem("reference.missing_file", file=path.name, folder=str(path.parent))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> Written:
    """Write rows as UTF-8 CSV with Unix line ends."""
    text, count = io.StringIO(), 0
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the count outlives the loop
        writer.writerow(row)
    replace_text(path, text.getvalue())
    return Written(_shown(path), count)


def read_geojson(path: Path) -> list[tuple[dict[str, str], BaseGeometry]]:
    """Read the properties and geometry of each feature; raise GeoProblem when the file isn't there."""
    if not path.is_file():
        raise GeoProblem("reference.missing_file", file=path.name, folder=str(path.parent))
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(item["properties"], shapely.geometry.shape(item["geometry"])) for item in features]


def write_geojson(path: Path, features: Iterable[tuple[Row, BaseGeometry]], decimals: int) -> Written:
    """Write features one a line, coordinates rounded; the file stays readable in a diff."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": dict(properties), "geometry": _rounded(geometry, decimals)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in features
    ]
    replace_text(path, '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")
    return Written(_shown(path), len(lines))


def snap_to_grid(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round every coordinate and leave out the points that fall together; shared borders stay shared."""
    rounded = shapely.transform(geometry, _rounder(decimals))
    return shapely.remove_repeated_points(rounded)


def _rounder(decimals: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda coordinates: np.round(coordinates, decimals)


def _rounded(geometry: BaseGeometry, decimals: int) -> dict[str, object]:
    shape = mapping(geometry)

    def tidy(part: object) -> object:
        if isinstance(part, (tuple, list)):
            return [tidy(item) for item in part]
        return round(float(part), decimals) if isinstance(part, (float, int)) else part

    return {"type": shape["type"], "coordinates": tidy(shape["coordinates"])}


def replace_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader never sees half a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
