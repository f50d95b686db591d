"""Build the roads of a region with OSMnx: from the Overpass service, from OSM XML or from a GraphML of OSMnx's own.

OSMnx downloads, simplifies and estimates speeds; which ways a truck may use is decided by `osm_tags` before that.
Meant for a town or a region: it holds the graph as Python objects. It reads no ferries and no turn restrictions.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import osmium
from osmium.osm import NODE, WAY
from shapely.errors import ShapelyError

from config import factors
from config.errors import GeoProblem
from config.settings import Settings
from geo import crs, osm_tags
from geo.osm import SOURCE, Tell
from geo.osm_links import Nodes, Ways, graph
from geo.osm_tags import BOTH_WAYS, CLASS_OF, FORWARDS, HIGHWAYS, SLOW, WAY_KEYS, Use
from geo.road_graph import CLASS_NAMES, RoadGraph

# OSMnx and its graphs are loaded when they are asked for, and know no types.
Library = Any
Graph = Any

FILTER = f'["highway"~"^({"|".join(HIGHWAYS)})$"]["area"!~"yes"]'
ANSWER_S = 10.0  # how long a service may take to answer at all
SAME_M = 0.001
DIFFER = ("highway", "maxspeed", "road_class", "road_number")  # where these change, a link ends
COUNTRY = "Suomi"


def from_place(place: str, radius_km: float | None, settings: Settings, tell: Tell) -> RoadGraph:
    """Download the roads of a place, or those within a square of `radius_km` around it."""
    for url in (settings.nominatim_url, settings.overpass_url):
        _reach(url)
    with _osmnx(settings) as ox:
        from osmnx._errors import InsufficientResponseError, ResponseStatusCodeError  # noqa: PLC0415 - costs seconds

        query = f"{place}, {COUNTRY}"
        wishes = {"custom_filter": FILTER, "simplify": False, "retain_all": True}
        tell("roads.downloading", place=place)
        try:
            if radius_km is None:
                found = ox.graph_from_place(query, **wishes)
            else:
                found = ox.graph_from_point(ox.geocode(query), dist=radius_km * 1000.0, **wishes)
        except (InsufficientResponseError, TypeError) as error:  # TypeError: the place has no outline
            raise GeoProblem("roads.unknown_place", place=place) from error
        except (ResponseStatusCodeError, OSError) as error:
            raise GeoProblem("roads.no_answer", url=settings.overpass_url) from error
        return _network(ox, found, str(found.graph["created_date"])[:10], place)


def from_graphml(path: Path, settings: Settings) -> RoadGraph:
    """Read a graph that OSMnx saved."""
    from networkx import NetworkXException  # noqa: PLC0415 - costs seconds at start-up

    with _osmnx(settings) as ox:
        try:
            found = ox.load_graphml(path)
            if ox.projection.is_projected(found.graph["crs"]):
                found = ox.project_graph(found, to_latlong=True)
            return _network(ox, found, str(found.graph.get("created_date", ""))[:10], path.name)
        except (NetworkXException, ShapelyError, KeyError, ValueError, SyntaxError, TypeError, OSError) as error:
            raise GeoProblem("roads.not_osmnx", file=path.name) from error


def from_xml(path: Path, settings: Settings, tell: Tell) -> RoadGraph:
    """Read OSM XML by OSMnx, only its drivable ways, and of these only the nodes that the file holds."""
    with _osmnx(settings) as ox, tempfile.TemporaryDirectory() as folder:
        drivable = Path(folder) / "drivable.osm"
        try:
            date = _drivable(path, drivable, tell)
        except (RuntimeError, ValueError) as error:
            raise GeoProblem("roads.broken_file", file=path.name) from error
        if not date:
            raise GeoProblem("roads.no_roads", file=path.name)
        tell("roads.joining")
        found = ox.graph_from_xml(drivable, simplify=False, retain_all=True)
        return _network(ox, found, date, path.name)


@contextmanager
def _osmnx(settings: Settings) -> Iterator[Library]:
    """Give OSMnx with its folders below ours: by default it writes beside the program."""
    import osmnx  # noqa: PLC0415 - costs seconds at start-up

    folder = settings.home / "osmnx"
    wanted = {
        "cache_folder": folder / "cache",
        "data_folder": folder / "data",
        "logs_folder": folder / "logs",
        "imgs_folder": folder / "images",
        "nominatim_url": settings.nominatim_url,
        "overpass_url": settings.overpass_url,
        "doh_url_template": None,  # asks a search engine's name service, and waits minutes where there is no network
        "useful_tags_way": list(WAY_KEYS),
    }
    before = {name: getattr(osmnx.settings, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(osmnx.settings, name, value)
        yield osmnx
    finally:
        for name, value in before.items():
            setattr(osmnx.settings, name, value)


def _reach(url: str) -> None:
    """Refuse at once when a service is out of reach: OSMnx would first wait a minute for a slot."""
    try:
        httpx.head(url, timeout=ANSWER_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GeoProblem("roads.offline", url=url) from error


def _drivable(path: Path, target: Path, tell: Tell) -> str:
    """Write the drivable ways and their nodes; give the day of the youngest way, empty when there is none."""
    vehicle, latest = osm_tags.truck(), ""
    wanted: set[int] = set()
    roads = osmium.filter.KeyFilter("highway")

    def ways() -> Iterator[Any]:
        for way in osmium.FileProcessor(str(path), WAY).with_filter(roads):
            if osm_tags.use({tag.k: tag.v for tag in way.tags}, vehicle):
                yield way

    tell("roads.reading_ways")
    for way in ways():
        wanted.update(node.ref for node in way.nodes)
    with osmium.SimpleWriter(str(target)) as writer:
        present: set[int] = set()
        for node in osmium.FileProcessor(str(path), NODE).with_filter(osmium.filter.IdFilter(wanted)):
            present.add(node.id)
            writer.add_node(node)
        for way in ways():
            along = [node.ref for node in way.nodes if node.ref in present]
            if len(along) > 1:
                writer.add_way(way.replace(nodes=along))
                latest = max(latest, f"{way.timestamp:%Y-%m-%d}")
    return latest


def _network(ox: Library, found: Graph, date: str, name: str) -> RoadGraph:
    _keep_usable(found)
    if not found.number_of_edges():
        raise GeoProblem("roads.no_roads", file=name)
    if not found.graph.get("simplified"):
        found = ox.simplify_graph(found, edge_attrs_differ=DIFFER)
    speeds = {street: factors.value(f"speed.{CLASS_NAMES[number]}") for street, number in CLASS_OF.items()}
    speeds |= {f"{street}_link": speed for street, speed in speeds.items()}
    speeds |= {street: factors.value(f"speed.{street}") for street in SLOW}
    found = ox.add_edge_speeds(found, hwy_speeds=speeds)
    built = graph(*_ways(found), f"{SOURCE} (OSMnx)", date)
    if not len(built.ends):
        raise GeoProblem("roads.no_roads", file=name)
    return built


def _keep_usable(found: Graph) -> None:
    """Take out what trucks may not use, and note class and number on the rest."""
    out = []
    for start, end, key, data in found.edges(keys=True, data=True):
        tags = {tag: _first(data[tag]) for tag in WAY_KEYS if data.get(tag) is not None and tag != "oneway"}
        use = osm_tags.use(tags, osm_tags.truck())
        # OSMnx knows roundabouts, but not that a motorway is one-way without saying so.
        against = use is not None and use.direction == FORWARDS and data.get("reversed") is True
        if use is None or (against and not data.get("oneway")):
            out.append((start, end, key))
        else:
            data["road_class"], data["road_number"] = use.road_class, use.number
    found.remove_edges_from(out)


def _first(value: object) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _ways(found: Graph) -> tuple[Ways, Nodes]:
    """Lay the edges out as ways, a street of two directions once."""
    row = {node: number for number, node in enumerate(found.nodes)}
    place = [(data["x"], data["y"]) for _, data in found.nodes(data=True)]
    refs: list[int] = []
    start, kind = [0], list[int]()
    uses: dict[Use, int] = {}
    for begin, end, data in found.edges(data=True):
        two_way = any(
            abs(back["length"] - data["length"]) < SAME_M for back in (found.get_edge_data(end, begin) or {}).values()
        )
        if two_way and row[begin] > row[end]:
            continue
        inner = list(data["geometry"].coords)[1:-1] if "geometry" in data else []
        refs += [row[begin], *range(len(place), len(place) + len(inner)), row[end]]
        place += inner
        start.append(len(refs))
        direction = BOTH_WAYS if two_way else FORWARDS
        use = Use(data["road_class"], round(float(data["speed_kph"]), 1), data["road_number"], direction)
        kind.append(uses.setdefault(use, len(uses)))
    lon, lat = np.array(place, dtype=float).T
    inside = np.flatnonzero(crs.in_finland(*crs.to_tm35fin(lon, lat)))
    nodes = Nodes(inside, lon[inside], lat[inside], np.zeros(len(inside), dtype=bool))
    return Ways(np.array(refs), np.array(start), np.array(kind), list(uses)), nodes
