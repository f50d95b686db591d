"""Road networks and distances: build, look at, measure."""

import csv
import json
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from commands import console, roads_build
from config import settings
from config.errors import GeoProblem
from config.texts import text
from geo import crs, distance, freight, main_roads, road_graph
from geo.distance import DistanceEngine, Distances, Floats
from geo.road_engine import RoadEngine

app = typer.Typer(no_args_is_help=True)

Graph = Annotated[Path | None, typer.Option("--graph")]
LARGEST_RADIUS_KM = 100  # what OSMnx and the Overpass service can bear
COLUMNS = ("origin", "destination", "km", "minutes", "method", "access_km", "ferry_km", "low_km", "high_km")


@app.command()
def build(
    source: Annotated[str, typer.Argument()],
    out: Annotated[Path | None, typer.Option("--out")] = None,
    radius_km: Annotated[float | None, typer.Option("--radius-km", min=1, max=LARGEST_RADIUS_KM)] = None,
    *,
    osmnx: Annotated[bool, typer.Option("--osmnx")] = False,
) -> None:
    """Build a road network from SOURCE, a file or the name of a place."""
    _show(roads_build.build(source, out, radius_km, osmnx=osmnx).info())


@app.command()
def fetch(source: Annotated[roads_build.Source, typer.Argument()]) -> None:
    """Download SOURCE, going on where an earlier download broke off."""
    roads_build.fetch(source)


@app.command()
def info(graph: Graph = None) -> None:
    """Tell what the road network in use holds."""
    _show(_graph(graph).info())


@app.command(name="distance")
def distance_(
    start: Annotated[str, typer.Option("--from")], end: Annotated[str, typer.Option("--to")], graph: Graph = None
) -> None:
    """Measure the haul from one point to another, each given as LON,LAT."""
    origin, destination = _point(start, "--from"), _point(end, "--to")
    way = distance.one_to_many(origin, destination[None], _engine(graph))[0:1]
    figures = {
        "km": way.km,
        "minutes": way.minutes,
        "method": way.method,
        "access_km": way.access_km,
        "ferry_km": way.ferry_km,
        "low_km": way.low_km,
        "high_km": way.high_km,
        "eur_per_tonne": freight.eur_per_tonne(way.km, way.minutes),
        "co2e_kg_per_tonne": freight.co2e_kg_per_tonne(way.km),
    }
    _show({name: _plain(value[0]) for name, value in figures.items()})


@app.command()
def matrix(
    origins: Annotated[Path, typer.Argument()],
    destinations: Annotated[Path, typer.Argument()],
    out: Annotated[Path, typer.Option("--out")],
    graph: Graph = None,
) -> None:
    """Measure all hauls between two tables of points (columns id, lon, lat) into one table."""
    here, start = _table(origins)
    there, end = _table(destinations)
    began = time.perf_counter()
    ways = distance.matrix(start, end, _engine(graph))
    took_s = time.perf_counter() - began
    _write(out, here, there, ways)
    _show(
        {
            "origins": len(here),
            "destinations": len(there),
            "seconds": round(took_s, 3),
            "method_counts": ways.counts(),
        }
    )


def _graph(folder: Path | None) -> road_graph.RoadGraph:
    return main_roads.load(settings.load().reference) if folder is None else road_graph.load(folder)


def _engine(folder: Path | None) -> DistanceEngine:
    if folder is None:
        return distance.default_engine(settings.load())
    return RoadEngine(road_graph.largest_part(road_graph.load(folder)))


def _show(figures: dict[str, object]) -> None:
    missing = text("roads.unknown", console.language())
    lines = []
    for name, value in figures.items():
        shown = json.dumps(value) if isinstance(value, dict) else missing if value is None else value
        lines.append(f"{text(f'roads_figure.{name}', console.language())}: {shown}")
    console.answer(figures, lines)


def _point(value: str, option: str) -> Floats:
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
    return np.ravel(crs.to_tm35fin(lon, lat))


def _table(path: Path) -> tuple[list[str], Floats]:
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


def _write(path: Path, origins: list[str], destinations: list[str], ways: Distances) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row, origin in enumerate(origins):
            for column, target in enumerate(destinations):
                pair = (_plain(getattr(ways, name)[row, column]) for name in COLUMNS[2:])
                writer.writerow([origin, target, *pair])


def _plain(value: np.generic) -> float | str | None:
    if isinstance(value, np.str_):
        return str(value)
    number = float(value)
    return round(number, 3) if np.isfinite(number) else None
