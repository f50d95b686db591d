"""Road networks and distances: build, look at, measure."""

import csv
import json
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from commands import console, roads_build
from commands import roads_points as points
from config import settings
from config.texts import text
from geo import distance, freight, main_roads, road_graph
from geo.distance import DistanceEngine, Distances
from geo.engines.road import built, open_engine

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
    """Tell what the road network in use holds; where networks were built here, of each, the finest first."""
    if graph is not None:
        _show(_graph(graph).info())
        return
    chosen = settings.load()
    opened, refused = built(chosen)
    for problem in refused:
        console.tell(problem.key, **problem.values)
    graphs = [(folder, layer.engine.graph) for folder, layer in opened] + [(chosen.reference, _graph(None))]
    figures = [{"folder": str(folder), **found.info()} for folder, found in graphs]
    one = {name: value for name, value in figures[0].items() if name != "folder"}
    if not opened:
        _show(one)
        return
    console.answer({**one, "networks": figures}, [line for network in figures for line in (*_lines(network), "")])


@app.command()
def fill() -> None:
    """Compute and keep the distances between all sites."""
    from commands import roads_fill  # noqa: PLC0415 - the database costs other commands a second at start-up

    _show(roads_fill.fill())


@app.command(name="distance")
def distance_(
    start: Annotated[str, typer.Option("--from")], end: Annotated[str, typer.Option("--to")], graph: Graph = None
) -> None:
    """Measure the haul from one point to another, each given as LON,LAT."""
    origin, destination = points.point(start, "--from"), points.point(end, "--to")
    way = distance.one_to_many(origin, destination[None], _engine(graph))[0:1]
    if way.method[0] in {distance.NONE, distance.ESTIMATE}:
        lost = points.lost({"--from": (start, origin), "--to": (end, destination)}, _graph(graph))
        if lost and way.method[0] == distance.ESTIMATE:
            raise lost  # the network is of another place
        if lost:
            console.tell(lost.key, **lost.values)  # an island: that no way leads there is the answer
    if way.access_km[0] > points.LONG_ACCESS_KM:
        console.tell("roads.long_access", km=round(points.LONG_ACCESS_KM))
    figures = {
        "km": way.km,
        "minutes": way.minutes,
        "method": way.method,
        "access_km": way.access_km,
        "ferry_km": way.ferry_km,
        "low_km": way.low_km,
        "high_km": way.high_km,
        "eur_per_tonne": freight.eur_per_tonne(way.km, way.minutes, ferry_km=way.ferry_km),
        "co2e_kg_per_tonne": freight.co2e_kg_per_tonne(way.km, ferry_km=way.ferry_km),
    }
    found: dict[str, object] = {name: _plain(value[0]) for name, value in figures.items()}
    if way.method[0] != distance.NONE:
        _show(found)
        return
    if console.wants_json():
        console.tell("roads.no_way", start=start, end=end)
    console.answer(found, [text("roads.no_way", console.language(), start=start, end=end)])


@app.command()
def matrix(
    origins: Annotated[Path, typer.Argument()],
    destinations: Annotated[Path, typer.Argument()],
    out: Annotated[Path, typer.Option("--out")],
    graph: Graph = None,
) -> None:
    """Measure all hauls between two tables of points (columns id, lon, lat) into one table."""
    here, start = points.table(origins)
    there, end = points.table(destinations)
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
    return open_engine(folder)


def _show(figures: dict[str, object]) -> None:
    console.answer(figures, _lines(figures))


def _lines(figures: dict[str, object]) -> list[str]:
    missing = text("roads.unknown", console.language())
    lines = []
    for name, value in figures.items():
        shown = json.dumps(value) if isinstance(value, dict) else missing if value is None else value
        lines.append(f"{text(f'roads_figure.{name}', console.language())}: {shown}")
    return lines


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
