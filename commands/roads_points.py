"""Points that a user gives on the command line or in a table, and why one is refused."""

import csv
from pathlib import Path

import numpy as np

from config.errors import GeoProblem
from geo import crs, regions
from geo.distance import Floats
from geo.gates import FAR_KM, LOST_KM
from geo.land import AT_SEA, landmass
from geo.road_graph import RoadGraph
from geo.snap import Snapper

LONG_ACCESS_KM = 1.0  # a longer way to the known roads is told


def point(value: str, option: str) -> Floats:
    """Read LON,LAT and refuse what isn't a place in Finland, with the swap proposed where that helps."""
    try:
        lon, lat = (float(part) for part in value.split(","))
    except ValueError as error:
        raise GeoProblem("roads.no_point", option=option, value=value) from error
    guesses = [guess for guess in crs.identify(lon, lat) if guess.epsg == crs.WGS84]
    if guesses and guesses[0].swapped:
        raise GeoProblem("roads.swapped_point", option=option, value=value, proposal=f"{lat},{lon}")
    if not guesses:
        raise GeoProblem("roads.not_in_finland", option=option, value=value)
    place = np.ravel(crs.to_tm35fin(lon, lat))
    if not regions.load().assign(place).municipality[0]:
        raise GeoProblem("roads.abroad", option=option, value=value)
    return place


def lost(ends: dict[str, tuple[str, Floats]], graph: RoadGraph) -> GeoProblem | None:
    """Tell which of these ends, given by option as it was written and as a point, is too far from any known road.

    Raises
    ------
    GeoProblem
        When an end is at sea, where no road will ever be.
    """
    places = np.array([place for _, place in ends.values()])
    access_km = Snapper(graph).snap(places).access_m / 1000.0
    at_sea = landmass(places) == AT_SEA
    for (option, (value, _)), far_km, sea in zip(ends.items(), access_km, at_sea, strict=True):
        if far_km > LOST_KM:
            return GeoProblem("roads.far_from_road", option=option, value=value, km=round(LOST_KM))
        if sea and far_km > FAR_KM:
            raise GeoProblem("roads.at_sea", option=option, value=value)
    return None


def table(path: Path) -> tuple[list[str], Floats]:
    """Read a table of points and refuse it whole when a row is none, naming the row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        names = [row["id"] for row in rows]
        lon, lat = ([float(row[column]) for row in rows] for column in ("lon", "lat"))
    except OSError as error:
        raise GeoProblem("roads.no_file", file=str(path)) from error
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise GeoProblem("roads.bad_points", file=path.name) from error
    points = np.column_stack(crs.to_tm35fin(lon, lat)) if names else np.empty((0, 2))
    outside = np.flatnonzero(~crs.in_finland(points[:, 0], points[:, 1]))
    if outside.size:
        raise GeoProblem("roads.row_not_in_finland", file=path.name, row=int(outside[0]) + 2, id=names[outside[0]])
    return names, points
