"""The tables of regions and municipalities, from the classifications of Statistics Finland."""

from pathlib import Path

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from data.reference_build import towns
from data.reference_build.files import Written, read_csv, write_csv
from geo import crs

Shapes = dict[str, BaseGeometry]
Outlines = tuple[Shapes, Shapes]

CLASSIFICATION = "municipality_region_2026.csv"

MUNICIPALITY_COLUMNS = (
    "code",
    "fi",
    "sv",
    "en",
    "region_code",
    "sub_region_code",
    "sub_region_fi",
    "land_km2",
    "lon",
    "lat",
)
REGION_COLUMNS = ("code", "fi", "sv", "en", "nuts3", "land_km2", "lon", "lat")


def municipalities(folder: Path, drawn: Shapes) -> list[dict[str, str]]:
    """Read the municipalities of 2026 in the order of their codes.

    Their point stands for whatever is known to lie somewhere in them, so it must be where one can be: the source's
    may lie out at sea, and then the middle of the widest part of the drawn outline takes its place; `move_to_towns`
    finds a better one.
    """
    rows = [
        {
            "code": row["code"],
            "fi": row["municipality_name_fi"],
            "sv": row["municipality_name_sv"],
            "en": row["municipality_name_en"],
            "region_code": row["region_code"],
            "sub_region_code": row["seutukunta_code"],
            "sub_region_fi": row["seutukunta_name_fi"],
            "land_km2": row["land_km2"],
            **_on_land(row, drawn[row["code"]]),
        }
        for row in read_csv(folder / CLASSIFICATION)
    ]
    return sorted(rows, key=lambda row: row["code"])


def regions(folder: Path, drawn: Shapes) -> list[dict[str, str]]:
    """Derive the 19 regions; the label point is the middle of the widest part of the drawn outline."""
    table: dict[str, dict[str, str]] = {}
    land: dict[str, float] = {}
    label = {code: _widest_point(shape) for code, shape in drawn.items()}
    for row in read_csv(folder / CLASSIFICATION):
        code = row["region_code"]
        land[code] = land.get(code, 0.0) + float(row["land_km2"])
        table[code] = {
            "code": code,
            "fi": row["region_name_fi"],
            "sv": row["region_name_sv"],
            "en": row["region_name_en"],
            "nuts3": row["nuts3_code"],
            "land_km2": f"{land[code]:.2f}",
            "lon": f"{label[code][0]:.4f}",
            "lat": f"{label[code][1]:.4f}",
        }
    return [table[code] for code in sorted(table)]


def _on_land(row: dict[str, str], shape: BaseGeometry) -> dict[str, str]:
    if shape.is_empty or shape.covers(Point(float(row["lon"]), float(row["lat"]))):
        return {"lon": row["lon"], "lat": row["lat"]}
    lon, lat = _widest_point(shape)
    return {"lon": f"{lon:.5f}", "lat": f"{lat:.5f}"}


def _widest_point(shape: BaseGeometry) -> tuple[float, float]:
    projected = shapely.transform(shape, crs.reproject)
    if not isinstance(projected, (Polygon, MultiPolygon)):
        return 0.0, 0.0
    circle = shapely.maximum_inscribed_circle(projected, tolerance=200.0)
    lon, lat = crs.to_wgs84(*circle.coords[0])
    return float(lon), float(lat)


def move_to_towns(target: Path) -> list[Written]:
    """Put the municipalities whose town is known there: what is somewhere in one is most likely in its town."""
    known = target / towns.FILE
    if not known.is_file():
        return []
    points = {row["code"]: row for row in read_csv(known)}
    table = target / "municipalities.csv"
    return [write_csv(table, MUNICIPALITY_COLUMNS, [row | points.get(row["code"], {}) for row in read_csv(table)])]


def write(folder: Path, drawn: Outlines, target: Path) -> list[Written]:
    """Write municipalities.csv and regions.csv; `drawn` are the outlines of both without their sea."""
    municipality, region = drawn
    return [
        write_csv(target / "municipalities.csv", MUNICIPALITY_COLUMNS, municipalities(folder, municipality)),
        write_csv(target / "regions.csv", REGION_COLUMNS, regions(folder, region)),
    ]
