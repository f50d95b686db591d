"""Ferries that carry freight to islands the road tables leave out, joined into a road network by their terminals.

No table of the roads on these islands is at hand, so none are drawn up: ashore the way is an access leg, straight line
times its ratio, told in `access_km`, and beyond 5 km it makes the whole an estimate with a band. For the same reason
an island is joined at one harbour only: between two of them ways would lead over the mainland.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.ops import substring

from config.errors import GeoProblem
from geo import crs
from geo.road_graph import FERRY, STREET, RoadGraph
from geo.snap import Snapper

FILE = "ferries.csv"
HARBOUR_M = 2_500.0  # a terminal this near to a road of the network hangs together with it
HARBOUR_RATIO = 1.25  # own estimate: streets over straight line between that road and the terminal
QUAY_M = 50.0  # the piece of road at a terminal on which the ways ashore begin

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]


@dataclass(frozen=True)
class Ferry:
    """Hold a ferry between two terminals in TM35FIN metres; `km` over water, `minutes` under way without waiting.

    `start_road` and `end_road` are places beside which the way from the terminal meets the numbered roads.
    """

    name: str
    start: Point
    end: Point
    start_road: Point
    end_road: Point
    km: float
    minutes: float

    def __post_init__(self) -> None:
        """Refuse a ferry that takes no time or is shorter than the straight line."""
        straight_km = float(np.hypot(*np.subtract(self.start, self.end))) / 1000.0
        if not (self.km >= straight_km > 0 and self.minutes > 0):
            raise GeoProblem("freight.broken_ferries", file=FILE)

    @property
    def speed_kmh(self) -> float:
        """Give the speed over water."""
        return self.km * 60.0 / self.minutes


def read(folder: Path) -> list[Ferry]:
    """Read the table of ferries; raise GeoProblem when it is missing or broken."""
    try:
        with (folder / FILE).open(encoding="utf-8", newline="") as lines:
            return [_ferry(row) for row in csv.DictReader(lines)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GeoProblem("freight.broken_ferries", file=FILE) from error


def _ferry(row: dict[str, str]) -> Ferry:
    start, end = _point(row, "from"), _point(row, "to")
    start_road = _point(row, "from_road") if row["from_road_lon"] else start
    end_road = _point(row, "to_road") if row["to_road_lon"] else end
    return Ferry(row["id"], start, end, start_road, end_road, float(row["km"]), float(row["minutes"]))


def _point(row: dict[str, str], name: str) -> Point:
    easting, northing = np.ravel(crs.to_tm35fin(float(row[f"{name}_lon"]), float(row[f"{name}_lat"])))
    return float(easting), float(northing)


@dataclass(frozen=True)
class _Links:
    """Hold links to add: their ends, metres, class, speed and inner points."""

    ends: list[tuple[int, int]]
    metres: list[float]
    road_class: int
    speed_kmh: list[float]
    shapes: list[Floats]


def join_ferries(graph: RoadGraph, ferries: list[Ferry]) -> RoadGraph:
    """Add ferries to a network: each terminal is joined to the nearest road, or begins a quay of its own."""
    if not ferries:
        return graph
    terminals = np.array([spot for ferry in ferries for spot in (ferry.start, ferry.end)])
    first = len(graph.xy)
    crossing = _Links(
        ends=[(first + 2 * row, first + 2 * row + 1) for row in range(len(ferries))],
        metres=[ferry.km * 1000.0 for ferry in ferries],
        road_class=FERRY,
        speed_kmh=[ferry.speed_kmh for ferry in ferries],
        shapes=[np.empty((0, 2))] * len(ferries),
    )
    found = Snapper(graph).snap(np.array([spot for ferry in ferries for spot in (ferry.start_road, ferry.end_road)]))
    near = found.access_m <= HARBOUR_M
    quays = terminals[~near] + np.array([0.0, QUAY_M])
    last = first + len(terminals)
    quay = _streets([(first + int(row), last + nth) for nth, row in enumerate(np.flatnonzero(~near))])
    leg_m = np.hypot(*(found.xy - terminals).T) * HARBOUR_RATIO
    joined = [
        _harbour(graph, (int(found.link[row]), float(found.share[row]), found.xy[row]), first + row, float(leg_m[row]))
        for row in np.flatnonzero(near).tolist()
    ]
    return _with_links(replace(graph, xy=np.vstack([graph.xy, terminals, quays])), [crossing, quay, *joined])


def _streets(ends: list[tuple[int, int]]) -> _Links:
    return _Links(ends, [QUAY_M] * len(ends), STREET, [0.0] * len(ends), [np.empty((0, 2))] * len(ends))


def _harbour(graph: RoadGraph, beside: tuple[int, float, Floats], terminal: int, leg_m: float) -> _Links:
    """Join a terminal to both ends of a road, each link along that road to a spot on it, and `leg_m` from there."""
    link, share, spot = beside
    line = shapely.LineString(graph.line(link))
    before = shapely.get_coordinates(substring(line, 0.0, share, normalized=True))[1:-1]
    behind = shapely.get_coordinates(substring(line, 1.0, share, normalized=True))[1:-1]
    along_m = float(graph.metres[link])
    one, other = graph.ends[link].tolist()
    return _Links(
        ends=[(one, terminal), (other, terminal)],
        metres=[share * along_m + leg_m, (1.0 - share) * along_m + leg_m],
        road_class=STREET,
        speed_kmh=[0.0, 0.0],
        shapes=[np.vstack([before, spot]), np.vstack([behind, spot])],
    )


def _with_links(graph: RoadGraph, added: list[_Links]) -> RoadGraph:
    ends = np.array([pair for links in added for pair in links.ends])
    shapes = [shape for links in added for shape in links.shapes]
    classes = [links.road_class for links in added for _ in links.ends]
    starts = graph.shape_start[-1] + np.cumsum([len(shape) for shape in shapes])
    return replace(
        graph,
        ends=np.vstack([graph.ends, ends]).astype(np.int32),
        metres=np.r_[graph.metres, [metres for links in added for metres in links.metres]],
        road_class=np.r_[graph.road_class, classes].astype(np.int32),
        number=np.r_[graph.number, np.zeros(len(ends))].astype(np.int32),
        oneway=np.r_[graph.oneway, np.zeros(len(ends), dtype=bool)],
        speed_kmh=np.r_[graph.speed_kmh, [speed for links in added for speed in links.speed_kmh]],
        shape_xy=np.vstack([graph.shape_xy, *shapes]),
        shape_start=np.r_[graph.shape_start, starts].astype(np.int32),
    )
