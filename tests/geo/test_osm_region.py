import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from config.errors import GeoProblem
from config.settings import ROOT, Settings
from geo import osm, osm_region
from geo.road_graph import MAIN, REGIONAL, RoadGraph

OsmFile = Callable[..., Path]
NODES = {1: (27.00, 62.0), 2: (27.01, 62.0), 3: (27.02, 62.0), 4: (27.03, 62.0), 5: (27.02, 62.01), 6: (27.04, 62.01)}
ROAD = {"highway": "primary"}
WAYS: list[tuple[list[int], dict[str, str]]] = [
    ([1, 2, 3], {**ROAD, "ref": "9", "maxspeed": "80"}),
    ([3, 4], {"highway": "motorway"}),
    ([4, 6], ROAD),
    ([3, 5, 6], {"highway": "secondary", "oneway": "-1"}),
    ([5, 1], {**ROAD, "hgv": "no"}),
    ([2, 5], {"highway": "footway"}),
]
STATUS = "Connected as: 1\nCurrent time: now\nAnnounced endpoint: none\nRate limit: 2\n2 slots available now.\n"
OUTLINE = {"type": "Polygon", "coordinates": [[[26.9, 61.9], [27.1, 61.9], [27.1, 62.1], [26.9, 62.1], [26.9, 61.9]]]}


class Services(BaseHTTPRequestHandler):
    """Answer as Nominatim and Overpass do, for a small made-up town."""

    asked: list[str] = []  # noqa: RUF012 - one list a server is what is meant

    def do_HEAD(self) -> None:
        """Be there."""
        self._send("")

    def do_GET(self) -> None:
        """Tell where the town lies, or how many slots are free."""
        if self.path.endswith("/status"):
            return self._send(STATUS)
        here = {"lat": "62.0", "lon": "27.02", "importance": 0.5, "display_name": "Testilä", "geojson": OUTLINE}
        here |= {"boundingbox": ["61.9", "62.1", "26.9", "27.1"], "place_id": 1, "osm_id": 1, "osm_type": "relation"}
        return self._send(json.dumps([here] if "Testil" in self.path else []))

    def do_POST(self) -> None:
        """Give the ways of the town with their nodes."""
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        nodes = [{"type": "node", "id": k, "lon": lon, "lat": lat} for k, (lon, lat) in NODES.items()]
        ways = [{"type": "way", "id": k, "nodes": refs, "tags": tags} for k, (refs, tags) in enumerate(WAYS, 1)]
        self._send(json.dumps({"elements": nodes + ways}))

    def _send(self, body: str) -> None:
        raw = body.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Settings]:
    """Give settings whose services run on this machine."""
    Services.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Services)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    yield Settings(home=tmp_path / "home", nominatim_url=f"{url}/nominatim", overpass_url=f"{url}/overpass")
    server.shutdown()
    server.server_close()


def quiet(*_: object, **__: object) -> None:
    """Tell nobody."""


def assert_town(graph: RoadGraph) -> None:
    """Check the made-up town: four links, the closed and the walkers' way gone."""
    assert len(graph.ends) == 4
    by_class = {int(c): i for i, c in enumerate(graph.road_class)}
    assert set(by_class) == {MAIN, REGIONAL}
    assert sorted(graph.number.tolist()) == [0, 0, 0, 9]
    assert graph.speed_kmh[graph.number == 9].tolist() == [80]
    assert graph.oneway.sum() == 2
    slow = by_class[REGIONAL]
    start, end = graph.xy[graph.ends[slow]]
    assert graph.oneway[slow]
    assert start[0] > end[0]


@pytest.mark.parametrize("radius_km", [None, 3.0])
def test_a_place_is_downloaded(services: Settings, radius_km: float | None) -> None:
    """By its outline or by a radius, the roads come from the services and OSMnx writes only below the home."""
    before = set(ROOT.iterdir())
    assert_town(osm_region.from_place("Testilä", radius_km, services, quiet))
    assert "highway" in Services.asked[0]
    assert any((services.home / "osmnx" / "cache").iterdir())
    assert set(ROOT.iterdir()) == before


def test_an_unknown_place_is_refused(services: Settings) -> None:
    """A place that Nominatim doesn't know is named."""
    with pytest.raises(GeoProblem) as refused:
        osm_region.from_place("Olematon", 3.0, services, quiet)
    assert refused.value.key == "roads.unknown_place"


def test_offline_is_one_sentence(tmp_path: Path) -> None:
    """Where no service answers it is said at once."""
    away = Settings(home=tmp_path, nominatim_url="http://127.0.0.1:9/", overpass_url="http://127.0.0.1:9/api")
    with pytest.raises(GeoProblem) as refused:
        osm_region.from_place("Testilä", 3.0, away, quiet)
    assert refused.value.key == "roads.offline"


def test_xml_by_osmnx(osm_file: OsmFile, services: Settings) -> None:
    """OSMnx reads the drivable part of a file that names nodes it doesn't hold."""
    path = osm_file(NODES, [*WAYS, ([4, 99], ROAD), ([98, 99], ROAD)], name="town.osm")
    graph = osm_region.from_xml(path, services, quiet)
    assert_town(graph)
    assert graph.date == "2025-03-04"


def test_graphml_of_osmnx(osm_file: OsmFile, services: Settings, tmp_path: Path) -> None:
    """A graph that OSMnx simplified and saved gives the same network, projected or not."""
    import osmnx  # noqa: PLC0415 - costs seconds at start-up

    town: Any
    with osm_region._osmnx(services):  # noqa: SLF001 - the tags it keeps are set there
        osm_file(NODES, WAYS, name="town.osm")
        town = osmnx.graph_from_xml(tmp_path / "town.osm", retain_all=True, simplify=False)
        osmnx.save_graphml(town, tmp_path / "plain.graphml")
        osmnx.save_graphml(osmnx.project_graph(town), tmp_path / "projected.graphml")
    for name in ("plain", "projected"):
        assert_town(osm_region.from_graphml(tmp_path / f"{name}.graphml", services))


@pytest.mark.parametrize(
    "text", ["<graphml/>", "<graphml><graph edgedefault='directed'><node id='a'/></graph></graphml>", "<graphml><graph"]
)
def test_another_graphml_is_refused(tmp_path: Path, services: Settings, text: str) -> None:
    """GraphML of other programs and half a file are refused."""
    path = tmp_path / "other.graphml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GeoProblem) as refused:
        osm_region.from_graphml(path, services)
    assert refused.value.key == "roads.not_osmnx"


def test_both_readers_agree_on_helsinki(tmp_path: Path, services: Settings) -> None:
    """OSMnx and our own reader find the same streets in the same extract."""
    import osmium  # noqa: PLC0415 - only here

    source = ROOT.parent / "shared" / "data" / "roads" / "Helsinki.osm.pbf"
    if not source.is_file():
        pytest.skip("the publishers' files do not lie beside the project")
    path = tmp_path / "helsinki.osm"
    with osmium.SimpleWriter(str(path)) as writer:
        for thing in osmium.FileProcessor(str(source)):
            writer.add(thing)
    ours, theirs = osm.read(path, quiet), osm_region.from_xml(path, services, quiet)
    assert theirs.metres.sum() == pytest.approx(ours.metres.sum(), rel=0.02)
    assert len(theirs.ends) < len(ours.ends)
    for road_class in np.unique(ours.road_class):
        assert theirs.metres[theirs.road_class == road_class].sum() == pytest.approx(
            ours.metres[ours.road_class == road_class].sum(), rel=0.03
        )


def test_a_garbled_line_is_refused(osm_file: OsmFile, services: Settings, tmp_path: Path) -> None:
    """A graph of OSMnx in which the line of a road can't be read."""
    import osmnx  # noqa: PLC0415 - costs seconds at start-up

    path = tmp_path / "town.graphml"
    with osm_region._osmnx(services):  # noqa: SLF001 - the tags it keeps are set there
        osm_file({1: (27.0, 62.0), 2: (27.01, 62.001), 3: (27.02, 62.0)}, [([1, 2, 3], ROAD)], name="town.osm")
        osmnx.save_graphml(osmnx.graph_from_xml(tmp_path / "town.osm", retain_all=True), path)
    whole = path.read_text(encoding="utf-8")
    assert "LINESTRING" in whole
    path.write_text(whole.replace("LINESTRING", "LINE"), encoding="utf-8")
    with pytest.raises(GeoProblem) as refused:
        osm_region.from_graphml(path, services)
    assert refused.value.key == "roads.not_osmnx"
