"""Networks to measure on: one that is built like a country's roads, of any size."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from geo.road_graph import CONNECTING, MAIN, REGIONAL, STREET, RoadGraph

WIDTH_M, HEIGHT_M = 500_000.0, 1_000_000.0
NODES_PER_TOWN = 2_500
TOWN_SHARE = 0.6  # of the nodes; the others lie scattered over the country
LINKS_PER_NODE = 1.18  # what OpenStreetMap has of Finland; a spanning tree has 1.0
ONEWAY_SHARE = 0.05
PLACES, TRIPS = 24, 5_000  # trips from each of some places to others tell which roads are used most
BUSIEST = ((0.85, CONNECTING), (0.95, REGIONAL), (0.985, MAIN))  # from which share of the links on

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def road_like(nodes: int, seed: int = 1) -> RoadGraph:
    """Invent a country: towns of all sizes, a tree of roads with some loops, and faster roads where most ways lead."""
    draw = np.random.default_rng(seed)
    xy = _places(nodes, draw)
    ends = _roads(xy, draw)
    chord = np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T)
    metres = np.maximum(chord, 1.0) * draw.uniform(1.0, 1.3, len(ends))
    road_class = _classes(nodes, ends, metres, draw)
    return RoadGraph(
        xy=xy,
        ends=ends.astype(np.int32),
        metres=metres,
        road_class=road_class,
        number=np.zeros(len(ends), dtype=np.int32),
        oneway=(road_class == STREET) & (draw.uniform(size=len(ends)) < ONEWAY_SHARE),
        speed_kmh=np.zeros(len(ends)),
        shape_xy=np.empty((0, 2)),
        shape_start=np.zeros(len(ends) + 1, dtype=np.int32),
        source=f"invented, {nodes:,} nodes",
    )


def _places(nodes: int, draw: np.random.Generator) -> Floats:
    """Scatter nodes over the country, most of them around towns whose sizes fall as the cities' of a country do."""
    towns = max(nodes // NODES_PER_TOWN, 1)
    centre = draw.uniform((0.0, 0.0), (WIDTH_M, HEIGHT_M), (towns, 2))
    share = 1.0 / np.arange(1, towns + 1)
    inhabitants = draw.multinomial(int(nodes * TOWN_SHARE), share / share.sum())
    town = np.repeat(np.arange(towns), inhabitants)
    around = draw.normal(0.0, 1.0, (len(town), 2)) * (80.0 * np.sqrt(inhabitants[town]))[:, None]
    rural = draw.uniform((0.0, 0.0), (WIDTH_M, HEIGHT_M), (nodes - len(town), 2))
    return np.vstack([centre[town] + around, rural])


def _roads(xy: Floats, draw: np.random.Generator) -> Ints:
    """Join neighbours by the shortest tree, and by as many more links as a road network has."""
    corners = Delaunay(xy).simplices.astype(np.int64)
    sides = np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    key = np.unique(sides[:, 0] * len(xy) + sides[:, 1])
    ends = np.column_stack(np.divmod(key, len(xy)))
    length = np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T) + 1e-6
    tree = minimum_spanning_tree(coo_array((length, (ends[:, 0], ends[:, 1])), shape=(len(xy), len(xy))).tocsr())
    first, second = tree.nonzero()
    in_tree = np.isin(key, np.minimum(first, second).astype(np.int64) * len(xy) + np.maximum(first, second))
    others = np.flatnonzero(~in_tree)
    more = max(int(LINKS_PER_NODE * len(xy)) - int(in_tree.sum()), 0)
    # Of the neighbours not yet joined rather the near ones, measured against how dense the place is.
    ease = length[others] / np.sqrt(_spacing(xy, ends, length)[ends[others]].prod(axis=1))
    chosen = others[np.argsort(ease * draw.exponential(1.0, len(others)))[:more]]
    return np.asarray(ends[np.sort(np.concatenate([np.flatnonzero(in_tree), chosen]))])


def _spacing(xy: Floats, ends: Ints, length: Floats) -> Floats:
    """Give the mean distance of each node to its neighbours."""
    both = ends.ravel()
    return np.bincount(both, np.repeat(length, 2), len(xy)) / np.maximum(np.bincount(both, minlength=len(xy)), 1)


def _classes(nodes: int, ends: Ints, metres: Floats, draw: np.random.Generator) -> npt.NDArray[np.int32]:
    """Let the links that most trips lead over be the faster roads."""
    matrix = coo_array((metres, (ends[:, 0], ends[:, 1])), shape=(nodes, nodes)).tocsr()
    key = ends[:, 0] * nodes + ends[:, 1]  # in ascending order
    used = np.zeros(len(ends))
    for start in draw.integers(0, nodes, PLACES):
        _, before = dijkstra(matrix, directed=False, indices=np.array([start]), return_predecessors=True)
        through = np.zeros(nodes)
        place = draw.integers(0, nodes, TRIPS)
        while len(place):
            np.add.at(through, place, 1.0)
            place = before[0, place]
            place = place[place >= 0]
        child = np.flatnonzero(before[0] >= 0)
        ahead = before[0, child].astype(np.int64)
        used[np.searchsorted(key, np.minimum(child, ahead) * nodes + np.maximum(child, ahead))] += through[child]
    busier = np.empty(len(ends))
    busier[np.argsort(used, kind="stable")] = np.arange(len(ends)) / len(ends)
    road_class = np.full(len(ends), STREET, dtype=np.int32)
    for share, kind in BUSIEST:
        road_class[busier >= share] = kind
    return road_class
