"""The main-road table that ships with the program: junctions and the links between them, without dead ends."""

import csv
import tomllib
from pathlib import Path

import numpy as np

from config.errors import GeoProblem
from geo import ferries, island_roads
from geo.road_graph import RoadGraph

NODES, LINKS, SOURCES = "main_roads_nodes.csv", "main_roads_links.csv", "sources.toml"


def load(folder: Path) -> RoadGraph:
    """Read both files of the table and join island roads and ferries; raise GeoProblem when a file is broken."""
    try:
        nodes = _rows(folder / NODES)
        links = _rows(folder / LINKS)
        pieces = [np.array(row["shape"].split(), dtype=float).reshape(-1, 2) for row in links]
        graph = RoadGraph(
            xy=np.array([(row["easting"], row["northing"]) for row in nodes], dtype=float),
            ends=np.array([(row["from"], row["to"]) for row in links], dtype=np.int32),
            metres=np.array([row["metres"] for row in links], dtype=float),
            road_class=np.array([row["class"] for row in links], dtype=np.int32),
            number=np.array([row["road"] for row in links], dtype=np.int32),
            oneway=np.zeros(len(links), dtype=bool),
            speed_kmh=np.zeros(len(links)),
            shape_xy=np.vstack([np.empty((0, 2)), *pieces]),
            shape_start=np.cumsum([0, *map(len, pieces)]).astype(np.int32),
            **_origin(folder),
        )
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise GeoProblem("roads.broken_table", file=LINKS) from error
    return ferries.join_ferries(island_roads.join_roads(graph, island_roads.read(folder)), ferries.read(folder))


def _origin(folder: Path) -> dict[str, str]:
    listing = tomllib.loads((folder / SOURCES).read_text(encoding="utf-8"))["source"]
    entry: dict[str, str] = next((entry for entry in listing if entry["file"].endswith(LINKS)), {})
    return {"source": f"{entry.get('publisher', '')}, {entry.get('url', '')}", "date": entry.get("date", "")}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
