"""The contracted main-road table and the road lines of the base map, from Fintraffic's Alert-C table."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from data.reference_build.files import Row, Written, read_geojson, snap_to_grid, write_csv, write_geojson
from geo import alertc, crs
from geo.main_roads import LINKS, NODES
from geo.paths import Network, Starts
from geo.regions import Regions
from geo.road_graph import CONNECTING, FERRY, MAIN, REGIONAL, STREET, RoadGraph, keep_links, largest_part
from geo.snap import Snapper

SHAPE_M = 50.0  # how far the line of a link may leave the road's own points
MAP_M = 250.0
TOWN_M = 5_000.0
LEAST_CONNECTING = 1_000  # road numbers below are main and regional roads
CHUNK = 28
MAP_DECIMALS = 3
NODE_COLUMNS = ("id", "easting", "northing")
LINK_COLUMNS = ("from", "to", "metres", "class", "road", "shape")

Floats = npt.NDArray[np.float64]
Chain = list[tuple[int, int]]  # links in order, each with 1 when it is walked from its first end


def main_roads(graph: RoadGraph, towns: Floats) -> RoadGraph:
    """Give main and regional roads, the fastest ways between towns, and connecting roads and streets that lead through.

    Main roads alone fall apart where the table shows no crossing, and end at the edge of a town. Roads that end nowhere
    are most of the network's nodes and shorten no way.
    """
    whole = largest_part(graph)
    roads = np.isin(whole.road_class, (MAIN, REGIONAL)) | (
        (whole.road_class == FERRY) & (whole.number < LEAST_CONNECTING)
    )
    chosen = _without_dead_ends(whole, roads | _ways_between(whole, towns))
    return largest_part(_numbered(keep_links(whole, chosen)))


def _without_dead_ends(graph: RoadGraph, wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Add connecting roads and streets to the links wanted, then take away end by end those that lead nowhere."""
    kept = np.asarray(wanted | np.isin(graph.road_class, (CONNECTING, STREET)))
    while True:
        degree = np.bincount(graph.ends[kept].ravel(), minlength=len(graph.xy))
        dead = kept & ~wanted & (degree[graph.ends] == 1).any(axis=1)
        if not dead.any():
            return np.asarray(kept)
        kept &= ~dead


def _numbered(graph: RoadGraph) -> RoadGraph:
    """Keep the numbers of main and regional roads only: where one lesser road becomes another is no junction."""
    return replace(graph, number=np.where(graph.road_class <= REGIONAL, graph.number, 0).astype(np.int32))


def _ways_between(graph: RoadGraph, towns: Floats) -> npt.NDArray[np.bool_]:
    """Mark the links of the fastest ways between all pairs of towns."""
    spots = Snapper(graph).snap(towns)
    near = spots.access_m <= TOWN_M
    share = np.column_stack([spots.share, 1.0 - spots.share])[near]
    links = spots.link[near]
    ends = graph.ends[links].astype(np.int64)
    network = Network(graph)
    used = np.zeros(len(graph.ends), dtype=bool)
    used[links] = True
    for first in range(0, len(ends), CHUNK):
        part = slice(first, first + CHUNK)
        ways = network.ways(Starts(ends[part], share[part] * graph.route_minutes[links[part], None]))
        for previous in ways.previous:
            _mark(network, previous, np.unique(ends), used)
    return used


def _mark(
    network: Network, previous: npt.NDArray[np.int64], front: npt.NDArray[np.int64], used: npt.NDArray[np.bool_]
) -> None:
    """Walk back from all goals at once and mark the links passed; a node passed before is not walked again."""
    passed = np.zeros(len(previous), dtype=bool)
    while front.size:
        passed[front] = True
        before = previous[front]
        inner = before >= 0
        used[network.link_between(before[inner], front[inner])] = True
        front = np.unique(before[inner])
        front = front[~passed[front]]


def contract(graph: RoadGraph) -> tuple[list[Row], list[Row]]:
    """Join the links between two junctions into one; give the rows of both tables.

    A junction is a node where other than two links meet or class or road number change. Points on the way stay as
    the shape of the link, thinned to `SHAPE_M`.
    """
    chains = list(_chains(graph))
    stops = np.unique([node for chain in chains for node in _chain_ends(graph, chain)])
    stops = stops[np.lexsort(graph.xy[stops].round().T)]
    number = {int(node): index for index, node in enumerate(stops)}
    nodes: list[Row] = [
        {"id": index, "easting": round(graph.xy[node, 0]), "northing": round(graph.xy[node, 1])}
        for node, index in number.items()
    ]
    links = sorted((_link(graph, chain, number) for chain in chains), key=lambda row: tuple(map(str, row.values())))
    return nodes, sorted(links, key=lambda row: (row["from"], row["to"]))


def _chains(graph: RoadGraph) -> Iterable[Chain]:
    around: list[list[int]] = [[] for _ in graph.xy]
    for link, (one, other) in enumerate(graph.ends):
        around[one].append(link)
        around[other].append(link)
    kind = list(zip(graph.road_class.tolist(), graph.number.tolist(), strict=True))
    inner = [len(links) == 2 and links[0] != links[1] and kind[links[0]] == kind[links[1]] for links in around]  # noqa: PLR2004 - a node between two links
    used = np.zeros(len(graph.ends), dtype=bool)
    for node in [node for node, passes in enumerate(inner) if not passes]:
        for link in around[node]:
            if not used[link]:
                chain = _walk(graph, around, inner, (node, link))
                used[[step for step, _ in chain]] = True
                yield chain


def _walk(graph: RoadGraph, around: list[list[int]], inner: list[bool], begin: tuple[int, int]) -> Chain:
    node, link = begin
    chain: Chain = []
    while True:
        forward = int(graph.ends[link, 0] == node)
        chain.append((link, forward))
        node = int(graph.ends[link, forward])
        if not inner[node]:
            return chain
        link = next(other for other in around[node] if other != link)


def _chain_ends(graph: RoadGraph, chain: Chain) -> tuple[int, int]:
    (first, ahead), (last, onward) = chain[0], chain[-1]
    return int(graph.ends[first, 1 - ahead]), int(graph.ends[last, onward])


def _chain_line(graph: RoadGraph, chain: Chain) -> Floats:
    pieces = [graph.line(link)[:: 1 if forward else -1] for link, forward in chain]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _link(graph: RoadGraph, chain: Chain, number: dict[int, int]) -> Row:
    start, end = _chain_ends(graph, chain)
    line = _chain_line(graph, chain)
    if number[start] > number[end]:
        start, end, line = end, start, line[::-1]
    thin = shapely.get_coordinates(shapely.simplify(shapely.LineString(line), SHAPE_M)).round().astype(int)
    # Rounding must not make the road shorter than its own line.
    metres = max(graph.metres[[link for link, _ in chain]].sum(), np.hypot(*np.diff(thin, axis=0).T).sum())
    first = chain[0][0]
    return {
        "from": number[start],
        "to": number[end],
        "metres": int(np.ceil(metres)),
        "class": int(graph.road_class[first]),
        "road": int(graph.number[first]),
        "shape": " ".join(map(str, thin[1:-1].ravel())),
    }


def map_lines(graph: RoadGraph, road_class: int, country: BaseGeometry) -> shapely.MultiLineString:
    """Give the roads of a class inside the country as lines for the base map, in degrees."""
    chains = (chain for chain in _chains(graph) if graph.road_class[chain[0][0]] == road_class)
    lines = [shapely.LineString(_chain_line(graph, chain)) for chain in chains]
    merged = shapely.simplify(shapely.line_merge(shapely.MultiLineString(lines)), MAP_M)

    def degrees(xy: Floats) -> Floats:
        return np.column_stack(crs.to_wgs84(xy[:, 0], xy[:, 1])).round(MAP_DECIMALS)

    inside = np.asarray(shapely.get_parts(shapely.transform(merged, degrees).intersection(country)))
    found: list[Floats] = [shapely.get_coordinates(snap_to_grid(line, MAP_DECIMALS)) for line in inside.tolist()]
    return shapely.MultiLineString(sorted(line.tolist() for line in found if len(line) > 1))


def towns(reference: Path) -> Floats:
    """Give the points of the municipalities between which the table is to know the fastest way."""
    places = Regions(reference).municipalities.values()
    return np.array([(place.easting, place.northing) for place in places])


def write(source: Path, reference: Path, drawings: Path) -> list[Written]:
    """Write the main-road table and the two road layers of the map."""
    graph = alertc.read(source)
    country = shapely.union_all([shape for _, shape in read_geojson(reference / "regions.geojson")])
    nodes, links = contract(main_roads(graph, towns(reference)))
    return [
        write_csv(reference / NODES, NODE_COLUMNS, nodes),
        write_csv(reference / LINKS, LINK_COLUMNS, links),
        write_geojson(drawings / "roads_main.geojson", [({}, map_lines(graph, MAIN, country))], MAP_DECIMALS),
        write_geojson(drawings / "roads_regional.geojson", [({}, map_lines(graph, REGIONAL, country))], MAP_DECIMALS),
    ]
