"""Read an OpenStreetMap extract of any size (PBF, or XML also packed) into a road network for heavy trucks.

The file is streamed twice by pyosmium: first its ways, of which only node numbers are kept, then the nodes these name.
Nothing is kept of the rest, so memory follows the roads and not the file: 0.32 GB beside the program itself for a
million road nodes in 800,000 links, among four million nodes of houses. What tags mean stands in `osm_tags`; turn
restrictions are not honoured.
"""

from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import osmium
from osmium.osm import NODE, WAY, Node, Way

from config.errors import GeoProblem
from geo import crs, osm_tags
from geo.osm_crossings import whole_crossings
from geo.osm_links import Ints, Nodes, Ways, graph
from geo.osm_tags import BACKWARDS, NODE_KEYS, WAY_KEYS, Use
from geo.road_graph import RoadGraph

SOURCE = "OpenStreetMap contributors, ODbL"
DEGREES_PER_STEP = 1e-7  # coordinates are kept as the file has them
TELL_EVERY = 100_000
OLDEST = "2004"  # before OpenStreetMap: the file keeps no days

Tell = Callable[..., None]  # a text id and its values: where the work has got to


def read(path: Path, tell: Tell) -> RoadGraph:
    """Turn an extract into a road network; raise GeoProblem when it is broken or holds no road in Finland."""
    try:
        ways, date = _ways(path, tell)
        if not len(ways.refs):
            raise GeoProblem("roads.no_roads", file=path.name)
        nodes = _nodes(path, ways, tell)
    except (RuntimeError, ValueError, OSError) as error:
        raise GeoProblem("roads.broken_file", file=path.name) from error
    tell("roads.joining")
    found = whole_crossings(graph(ways, nodes, SOURCE, date))
    if not len(found.ends):
        raise GeoProblem("roads.no_roads", file=path.name)
    return found


def _ways(path: Path, tell: Tell) -> tuple[Ways, str]:
    """Keep the ways that trucks use, those against their nodes' order turned round, and the day of the data."""
    refs, start, kind = array("q"), array("q", [0]), array("q")
    known: dict[tuple[str | None, ...], int | None] = {}
    uses: list[Use] = []
    latest = ""
    tell("roads.reading_ways")
    processor = osmium.FileProcessor(str(path), WAY).with_filter(osmium.filter.KeyFilter("highway", "route"))
    for count, way in enumerate(processor):
        if count % TELL_EVERY == 0:
            tell("roads.ways_read", count=count)
        if not isinstance(way, Way):
            continue
        tags = tuple(map(way.tags.get, WAY_KEYS))  # several times faster than to walk over all tags
        if tags not in known:
            found = osm_tags.use(_given(WAY_KEYS, tags), osm_tags.truck())
            known[tags] = len(uses) if found else None
            uses += [found] if found else []
        number = known[tags]
        if number is None:
            continue
        along = [node.ref for node in way.nodes]
        refs.extend(reversed(along) if uses[number].direction == BACKWARDS else along)
        start.append(len(refs))
        kind.append(number)
        latest = max(latest, f"{way.timestamp:%Y-%m-%d}")
    said = processor.header.get("osmosis_replication_timestamp") or processor.header.get("timestamp")
    ways = Ways(_numbers(refs), _numbers(start), _numbers(kind), uses)
    return ways, (said or (latest if latest > OLDEST else ""))[:10]


def _given(keys: Iterable[str], values: Iterable[str | None]) -> dict[str, str]:
    return {key: value for key, value in zip(keys, values, strict=True) if value is not None}


def _numbers(values: "array[int]") -> Ints:
    return np.frombuffer(values, dtype=np.int64) if values else np.empty(0, dtype=np.int64)


def _nodes(path: Path, ways: Ways, tell: Tell) -> Nodes:
    """Keep the nodes of the ways that lie in Finland."""
    wanted = np.unique(ways.refs)
    ids, x, y, blocked = array("q"), array("i"), array("i"), array("b")
    vehicle = osm_tags.truck()
    tell("roads.reading_nodes")
    for count, node in enumerate(osmium.FileProcessor(str(path), NODE).with_filter(osmium.filter.IdFilter(wanted))):
        if count % TELL_EVERY == 0:
            tell("roads.nodes_read", count=count, total=len(wanted))
        if not isinstance(node, Node) or not node.location.valid():
            continue
        ids.append(node.id)
        x.append(node.location.x)
        y.append(node.location.y)
        tagged = "barrier" in node.tags
        blocked.append(tagged and osm_tags.blocks(_given(NODE_KEYS, map(node.tags.get, NODE_KEYS)), vehicle))
    lon, lat = (np.array(part, dtype=float) * DEGREES_PER_STEP for part in (x, y))
    order = np.argsort(_numbers(ids), kind="stable")
    rows = order[crs.in_finland(*crs.to_tm35fin(lon, lat))[order]]
    return Nodes(_numbers(ids)[rows], lon[rows], lat[rows], np.array(blocked, dtype=bool)[rows])
