"""Roads of islands that the road tables leave out: published lengths along lines drawn by hand.

Only roads whose length somebody published are drawn, so a way along them is a road distance. Off them the way is an
access leg like any other, and beyond 5 km it makes the whole an estimate.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from config.errors import GeoProblem
from geo import crs
from geo.joining import Links, with_links
from geo.road_graph import REGIONAL, RoadGraph

FILE = "island_roads.csv"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class IslandRoad:
    """Hold a road between two places: its drawn line in TM35FIN metres, and its length."""

    name: str
    line: Floats
    km: float

    def __post_init__(self) -> None:
        """Refuse a road that is shorter than its line."""
        if not self.km * 1000.0 >= np.hypot(*np.diff(self.line, axis=0).T).sum() > 0:
            raise GeoProblem("freight.broken_ferries", file=FILE)


def read(folder: Path) -> list[IslandRoad]:
    """Read the table of island roads; raise GeoProblem when it is missing or broken."""
    try:
        with (folder / FILE).open(encoding="utf-8", newline="") as lines:
            return [IslandRoad(row["id"], _line(row["line"]), float(row["km"])) for row in csv.DictReader(lines)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GeoProblem("freight.broken_ferries", file=FILE) from error


def _line(text: str) -> Floats:
    lon, lat = np.array(text.split(), dtype=float).reshape(-1, 2).T
    return np.column_stack(crs.to_tm35fin(lon, lat))


def join_roads(graph: RoadGraph, roads: list[IslandRoad]) -> RoadGraph:
    """Add island roads to a network, apart from all that is there; roads that begin at one spot meet there."""
    if not roads:
        return graph
    tips = np.array([tip for road in roads for tip in road.line[[0, -1]]])
    spots, node = np.unique(tips, axis=0, return_inverse=True)
    ends = (node.ravel() + len(graph.xy)).reshape(-1, 2)
    links = Links(
        ends=[(int(one), int(other)) for one, other in ends],
        metres=[road.km * 1000.0 for road in roads],
        road_class=REGIONAL,
        speed_kmh=[0.0] * len(roads),
        shapes=[road.line[1:-1] for road in roads],
    )
    return with_links(replace(graph, xy=np.vstack([graph.xy, spots])), [links])
