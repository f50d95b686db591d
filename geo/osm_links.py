"""Turn ways, which are rows of node numbers, into the links of a road network: arrays only, no object a way."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from geo import crs
from geo.osm_tags import Use
from geo.road_graph import FERRY, RoadGraph

THIN_M = 20.0  # how far the line of a link may leave the points that were mapped
CHUNK = 200_000  # links whose lines are thinned at once
FASTEST_FERRY_KMH = 70.0  # faster, and the duration is a slip

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ways:
    """Hold n ways, driven in the order of their nodes: way i has refs[start[i]:start[i + 1]] and is uses[kind[i]]."""

    refs: Ints
    start: Ints
    kind: Ints
    uses: Sequence[Use]


@dataclass(frozen=True)
class Nodes:
    """Hold nodes by growing id with their place; nobody passes the blocked ones."""

    ids: Ints
    lon: Floats
    lat: Floats
    blocked: Bools

    def find(self, refs: Ints) -> Ints:
        """Give the row of each node number, -1 for those that aren't there."""
        if not len(self.ids):
            return np.full(len(refs), -1)
        row = np.minimum(np.searchsorted(self.ids, refs), len(self.ids) - 1)
        return np.where(self.ids[row] == refs, row, -1)


@dataclass(frozen=True)
class _Track:
    """Hold the points of all ways one after the other: node row, way, unbroken piece of a way, metres to the next."""

    at: Ints
    way: Ints
    piece: Ints
    metres: Floats

    @property
    def first(self) -> Bools:
        """Tell which nodes begin a piece."""
        return np.asarray(np.diff(self.piece, prepend=-1) != 0)

    @property
    def last(self) -> Bools:
        """Tell which nodes end a piece."""
        return np.asarray(np.diff(self.piece, append=-1) != 0)


def graph(ways: Ways, nodes: Nodes, source: str, date: str) -> RoadGraph:
    """Build the network: links run between junctions, which are nodes used twice and ends of ways."""
    track = _track(ways, nodes)
    begin, end = _cut(track, nodes)
    xy = np.column_stack(crs.to_tm35fin(nodes.lon, nodes.lat)).reshape(-1, 2)
    number, node_row = _junctions(track.at[begin], track.at[end], nodes.blocked)
    ends = np.column_stack([number[: len(begin)], number[len(begin) :]]).astype(np.int32)
    total = np.r_[0.0, np.cumsum(track.metres)]
    spots = xy[node_row]
    chord = np.hypot(*(spots[ends[:, 0]] - spots[ends[:, 1]]).T)
    uses, kind = ways.uses, ways.kind[track.way[begin]]
    shape_xy, shape_start = _shapes(xy, track.at, begin, end)
    return RoadGraph(
        xy=spots,
        ends=ends,
        # The grid stretches towards the borders; a link is never shorter than its straight line there.
        metres=np.maximum(total[end] - total[begin], chord),
        road_class=_each(uses, "road_class", kind).astype(np.int32),
        number=_each(uses, "number", kind).astype(np.int32),
        oneway=_each(uses, "direction", kind) != 0,
        speed_kmh=_speeds(ways, track, begin),
        shape_xy=shape_xy,
        shape_start=shape_start,
        source=source,
        date=date,
    )


@cache
def _ellipsoid() -> Geod:
    return Geod(ellps="GRS80")


def _each(uses: Sequence[Use], name: str, kind: Ints) -> Floats:
    return np.array([getattr(use, name) for use in uses], dtype=float)[kind]


def _track(ways: Ways, nodes: Nodes) -> _Track:
    """Leave out nodes that the file lacks, which breaks a way in two, and nodes named twice in a row."""
    at = nodes.find(ways.refs)
    way = np.repeat(np.arange(len(ways.kind)), np.diff(ways.start))
    missing = at < 0
    piece = np.cumsum((np.diff(way, prepend=-1) != 0) | np.r_[False, missing[:-1]])
    again = np.r_[False, (at[1:] == at[:-1]) & (piece[1:] == piece[:-1])]
    keep = ~missing & ~again
    keep[keep] = np.bincount(piece[keep], minlength=1)[piece[keep]] > 1
    at, way, piece = at[keep], way[keep], piece[keep]
    metres = np.zeros(len(at))
    inner = np.flatnonzero(piece[1:] == piece[:-1])
    here, there = at[inner], at[inner + 1]
    if len(inner):
        metres[inner] = _ellipsoid().inv(nodes.lon[here], nodes.lat[here], nodes.lon[there], nodes.lat[there])[2]
    return _Track(at, way, piece, metres)


def _cut(track: _Track, nodes: Nodes) -> tuple[Ints, Ints]:
    """Give the rows of the track where each link begins and ends."""
    uses = np.bincount(track.at, minlength=len(nodes.ids))
    cut = track.first | track.last | (uses[track.at] > 1) | nodes.blocked[track.at]
    begin, end = _between(track, cut)
    # A link that comes back to its own beginning is cut in its middle, so that its two ends differ.
    loop = track.at[begin] == track.at[end]
    cut[(begin[loop] + end[loop]) // 2] = True
    return _between(track, cut)


def _between(track: _Track, cut: Bools) -> tuple[Ints, Ints]:
    row = np.flatnonzero(cut)
    begin, end = row[:-1], row[1:]
    same = track.piece[begin] == track.piece[end]
    return begin[same], end[same]


def _junctions(begin: Ints, end: Ints, blocked: Bools) -> tuple[Ints, Ints]:
    """Give each end of a link its number, at a blocked node one for itself, and the node row of each number."""
    rows = np.r_[begin, end]
    alone = blocked[rows]
    apart = np.where(alone, len(blocked) + np.arange(len(rows)), rows)
    _, first, number = np.unique(apart, return_index=True, return_inverse=True)
    return number.ravel(), rows[first]


def _speeds(ways: Ways, track: _Track, begin: Ints) -> Floats:
    """Give the km/h of each link, those of a ferry from its duration and the length of the whole way."""
    kind = ways.kind[track.way[begin]]
    speed = _each(ways.uses, "speed_kmh", kind)
    minutes = _each(ways.uses, "ferry_minutes", kind)
    way_m = np.bincount(track.way, track.metres, minlength=len(ways.kind))[track.way[begin]]
    timed = (_each(ways.uses, "road_class", kind) == FERRY) & (minutes > 0)
    speed[timed] = way_m[timed] / 1000.0 / (minutes[timed] / 60.0)
    speed[timed & (speed > FASTEST_FERRY_KMH)] = 0.0
    return speed


def _shapes(xy: Floats, at: Ints, begin: Ints, end: Ints) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Thin the lines of the links, and give the points between the ends and where those of each link start."""
    inner = np.zeros(len(begin), dtype=np.int64)
    parts = [np.empty((0, 2))]
    bent = np.flatnonzero(end - begin > 1)
    for first in range(0, len(bent), CHUNK):
        rows = bent[first : first + CHUNK]
        size = end[rows] - begin[rows] + 1
        link = np.repeat(np.arange(len(rows)), size)
        step = np.arange(len(link)) - np.repeat(np.cumsum(size) - size, size)
        lines = np.asarray(shapely.linestrings(xy[at[begin[rows][link] + step]], indices=link))
        lines = shapely.simplify(lines, THIN_M, preserve_topology=False)
        points, owner = shapely.get_coordinates(lines, return_index=True)
        outer = (np.diff(owner, prepend=-1) != 0) | (np.diff(owner, append=-1) != 0)
        parts.append(points[~outer])
        inner[rows] = np.bincount(owner[~outer], minlength=len(rows))
    return np.vstack(parts), np.r_[0, np.cumsum(inner)].astype(np.int32)
