"""Ferries that carry freight to islands the road tables leave out, joined into a road network by their terminals.

Ashore the way goes on along the roads of geo/island_roads.py or is an access leg, straight line times its ratio, told
in `access_km`, which beyond 5 km makes the whole an estimate with a band. An island without a road of its own in the
network is joined at one harbour only: between two of them ways would lead over other islands.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from config import factors
from config.errors import GeoProblem
from geo import crs
from geo.joining import Links, with_junctions, with_links
from geo.road_graph import FERRY, STREET, RoadGraph
from geo.snap import Snapper

FILE = "ferries.csv"
HARBOUR_M = 2_500.0  # a terminal this near to a road of the network hangs together with it
HARBOUR_RATIO = 1.25  # own estimate: streets over straight line between that road and the terminal
FIGURES = ("km", "minutes", "waiting_minutes")
QUAY_M = 50.0  # the piece of road at a terminal on which the ways ashore begin

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]


@dataclass(frozen=True)
class Ferry:
    """Hold a ferry between two terminals in TM35FIN metres: `km` over water, `minutes` under way, and those waited.

    `start_road` and `end_road` are places beside which the way from the terminal meets the numbered roads.
    """

    name: str
    start: Point
    end: Point
    start_road: Point
    end_road: Point
    km: float
    minutes: float
    waiting_minutes: float

    def __post_init__(self) -> None:
        """Refuse a ferry that takes no time, is shorter than the straight line or waits less than any."""
        straight_km = float(np.hypot(*np.subtract(self.start, self.end))) / 1000.0
        waits = self.waiting_minutes >= factors.value("ferry.wait")
        if not (self.km >= straight_km > 0 and self.minutes > 0 and waits):
            raise GeoProblem("freight.broken_ferries", file=FILE)

    @property
    def speed_kmh(self) -> float:
        """Give the speed over water."""
        return self.km * 60.0 / self.minutes

    @property
    def timed_kmh(self) -> float:
        """Give the speed that makes the minutes of its link true: every ferry link waits `ferry.wait` anyhow."""
        return self.km * 60.0 / (self.minutes + self.waiting_minutes - factors.value("ferry.wait"))


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
    return Ferry(row["id"], start, end, start_road, end_road, *(float(row[name]) for name in FIGURES))


def _point(row: dict[str, str], name: str) -> Point:
    easting, northing = np.ravel(crs.to_tm35fin(float(row[f"{name}_lon"]), float(row[f"{name}_lat"])))
    return float(easting), float(northing)


def join_ferries(graph: RoadGraph, ferries: list[Ferry]) -> RoadGraph:
    """Add ferries to a network: each terminal is joined to the nearest road, or begins a quay of its own.

    Ferries that call at one spot share the terminal there.
    """
    if not ferries:
        return graph
    calls = [(ferry.start, ferry.start_road) for ferry in ferries], [(ferry.end, ferry.end_road) for ferry in ferries]
    spots = np.array([call for pair in zip(*calls, strict=True) for call in pair])
    terminals, row, number = np.unique(spots[:, 0], axis=0, return_index=True, return_inverse=True)
    first = len(graph.xy)
    ends = (number.ravel() + first).reshape(-1, 2)
    crossing = Links(
        ends=[(int(start), int(end)) for start, end in ends],
        metres=[ferry.km * 1000.0 for ferry in ferries],
        road_class=FERRY,
        speed_kmh=[ferry.timed_kmh for ferry in ferries],
        shapes=[np.empty((0, 2))] * len(ferries),
    )
    found = Snapper(graph, islands=True).snap(spots[row, 1])
    near = np.flatnonzero(found.access_m <= HARBOUR_M)
    lonely = np.flatnonzero(found.access_m > HARBOUR_M)
    harbours = replace(graph, xy=np.vstack([graph.xy, terminals, terminals[lonely] + np.array([0.0, QUAY_M])]))
    cut, node = with_junctions(harbours, found.link[near], found.share[near])
    leg_m = np.maximum(np.hypot(*(found.xy - terminals).T) * HARBOUR_RATIO, QUAY_M)
    legs = [(int(one), first + int(spot)) for one, spot in zip(node, near, strict=True)]
    quays = [(first + int(spot), first + len(terminals) + nth) for nth, spot in enumerate(lonely)]
    return with_links(cut, [crossing, _streets(legs, leg_m[near]), _streets(quays, np.full(len(lonely), QUAY_M))])


def _streets(ends: list[tuple[int, int]], metres: Floats) -> Links:
    return Links(ends, metres.tolist(), STREET, [0.0] * len(ends), [np.empty((0, 2))] * len(ends))
