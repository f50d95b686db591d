"""Outlines of municipalities and regions: whole ones for finding where a point lies, land only for drawing."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from config.errors import GeoProblem
from data.reference_build.files import Written, read_csv, read_geojson, snap_to_grid, write_geojson
from data.reference_build.places import CLASSIFICATION, Outlines, Shapes

POLYGONS = "kuntarajat.2023.json"
DECIMALS = 3  # about 100 m north-south and 50 m east-west
LAND_DECIMALS = 4
SLIVER_KM2 = 0.4


def whole(boundaries: Path, mergers: Path) -> Outlines:
    """Give municipality and region outlines with their sea, merged municipalities dissolved into today's.

    The coverage is simplified as one, so a border stays the same line on both of its sides.
    """
    into = {row["code"]: row["into"] for row in read_csv(mergers) if row["code"]}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for properties, shape in read_geojson(boundaries / POLYGONS):
        parts[into.get(properties["NATCODE"], properties["NATCODE"])].append(shape)
    region_of = {row["code"]: row["region_code"] for row in read_csv(boundaries / CLASSIFICATION)}
    if set(parts) != set(region_of):
        odd = ", ".join(sorted(set(parts) ^ set(region_of)))
        raise GeoProblem("reference.unmatched_municipalities", codes=odd)
    codes = sorted(parts)
    merged = [shapely.coverage_union_all(parts[code]) for code in codes]
    shapes = [snap_to_grid(shape, DECIMALS) for shape in shapely.coverage_simplify(np.array(merged), 0.0005)]
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        raise GeoProblem("reference.broken_coverage", file=POLYGONS)
    municipality = dict(zip(codes, shapes, strict=True))
    return municipality, _by_region(municipality, region_of)


def _by_region(municipality: Shapes, region_of: dict[str, str]) -> Shapes:
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, shape in municipality.items():
        groups[region_of[code]].append(shape)
    return {region: shapely.coverage_union_all(groups[region]) for region in sorted(groups)}


def drawn(outlines: Shapes, land: BaseGeometry) -> Shapes:
    """Clip outlines to land and leave out the threads that the clip makes.

    Coast lines are those of the base map, so that a fill ends exactly where the map's water begins.
    """
    return {code: _tidy(shape.intersection(land)) for code, shape in outlines.items()}


def _tidy(shape: BaseGeometry) -> BaseGeometry:
    pieces = [part for part in shapely.get_parts(snap_to_grid(shape, LAND_DECIMALS)) if _draws(part)]
    return shapely.union_all(shapely.make_valid(np.array(pieces)))


def _draws(part: BaseGeometry) -> bool:
    # Where two coast lines differ by a hair the clip leaves threads: they'd be drawn as dirt along the shore.
    if part.geom_type != "Polygon" or part.is_empty:
        return False
    degree_km = 111.2
    km2 = part.area * degree_km**2 * np.cos(np.radians(part.centroid.y))
    return bool(km2 > SLIVER_KM2)


def borders(regions: Shapes, land: BaseGeometry) -> list[tuple[dict[str, str], BaseGeometry]]:
    """Give the line between every two neighbouring regions, on land only, with the codes of both."""
    codes = sorted(regions)
    found: list[tuple[dict[str, str], BaseGeometry]] = []
    for index, one in enumerate(codes):
        for other in codes[index + 1 :]:
            shared = regions[one].boundary.intersection(regions[other].boundary)
            lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
            clipped = shapely.line_merge(shapely.union_all(lines)).intersection(land)
            parts = [
                part for part in shapely.get_parts(clipped) if part.geom_type == "LineString" and not part.is_empty
            ]
            if parts:
                found.append(({"a": one, "b": other}, shapely.MultiLineString(parts)))
    return found


def write(outlines: Outlines, target: Path) -> list[Written]:
    """Write the whole outlines: what decides in which municipality and region a point lies."""
    municipality, region = outlines
    return [
        write_geojson(target / "municipalities.geojson", _coded(municipality), DECIMALS),
        write_geojson(target / "regions.geojson", _coded(region), DECIMALS),
    ]


def write_drawn(outlines: Outlines, names: dict[str, dict[str, str]], target: Path) -> tuple[list[Written], Outlines]:
    """Write what the browser draws: municipalities and regions without their sea, and the borders between regions."""
    land = shapely.union_all([shape for _, shape in read_geojson(target / "finland.geojson")])
    municipality, region = drawn(outlines[0], land), drawn(outlines[1], land)
    written = [
        write_geojson(target / "municipalities.geojson", _named(municipality, names), LAND_DECIMALS),
        write_geojson(target / "regions.geojson", _named(region, names), LAND_DECIMALS),
        write_geojson(target / "region_borders.geojson", borders(outlines[1], land), LAND_DECIMALS),
    ]
    return written, (municipality, region)


def _coded(shapes: Shapes) -> list[tuple[dict[str, str], BaseGeometry]]:
    return [({"code": code}, shape) for code, shape in shapes.items()]


def _named(shapes: Shapes, names: dict[str, dict[str, str]]) -> list[tuple[dict[str, str], BaseGeometry]]:
    return [({"code": code, **names[code]}, shape) for code, shape in shapes.items()]
