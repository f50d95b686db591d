"""The tables of regions and municipalities, from the classifications of Statistics Finland."""

from pathlib import Path

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.reference_build.files import Written, read_csv, write_csv
from geo import crs

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


def municipalities(folder: Path) -> list[dict[str, str]]:
    """Read the municipalities of 2026 in the order of their codes."""
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
            "lon": row["lon"],
            "lat": row["lat"],
        }
        for row in read_csv(folder / CLASSIFICATION)
    ]
    return sorted(rows, key=lambda row: row["code"])


def regions(folder: Path, drawn: dict[str, BaseGeometry]) -> list[dict[str, str]]:
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


def _widest_point(shape: BaseGeometry) -> tuple[float, float]:
    projected = shapely.transform(shape, crs.reproject)
    if not isinstance(projected, (Polygon, MultiPolygon)):
        return 0.0, 0.0
    circle = shapely.maximum_inscribed_circle(projected, tolerance=200.0)
    lon, lat = crs.to_wgs84(*circle.coords[0])
    return float(lon), float(lat)


def write(folder: Path, drawn: dict[str, BaseGeometry], target: Path) -> list[Written]:
    """Write municipalities.csv and regions.csv."""
    return [
        write_csv(target / "municipalities.csv", MUNICIPALITY_COLUMNS, municipalities(folder)),
        write_csv(target / "regions.csv", REGION_COLUMNS, regions(folder, drawn)),
    ]
