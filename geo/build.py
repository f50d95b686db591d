"""Choose the reader of a road source by what the file holds, never by its name."""

import bz2
import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from config.errors import GeoProblem
from config.settings import Settings
from geo import alertc, osm, osm_region
from geo.osm import Tell
from geo.road_graph import RoadGraph

ALERTC, PBF, XML, GRAPHML, PLACE = "alertc", "pbf", "xml", "graphml", "place"
PACKED: dict[bytes, Callable[[Path], IO[bytes]]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open}  # type: ignore[dict-item]
PBF_MARK = b"\x0a\x09OSMHeader"  # after four bytes of length
PROLOG_BYTES = 1_000_000
CHUNK_BYTES = 16_384
ROOTS = {"osm": XML, "graphml": GRAPHML}
ALERTC_NAME = "fintraffic"  # a new edition of the table takes the place of the old one


@dataclass(frozen=True)
class Order:
    """Say what to build from: a file or a place, the radius around the place, and who reads XML."""

    source: str
    radius_km: float | None = None
    osmnx: bool = False

    @property
    def path(self) -> Path:
        """The source as a file."""
        return Path(self.source)

    @property
    def is_place(self) -> bool:
        """Whether the source is the name of a place: no such file, and nothing that looks like one."""
        return not self.path.exists() and not re.search(r"[/\\]|\.[A-Za-z]\w{1,6}$", self.source)


def read(order: Order, settings: Settings, tell: Tell) -> tuple[str, RoadGraph]:
    """Build the network of an order; give the name of its folder and the network."""
    if order.is_place:
        return _name(order.source), osm_region.from_place(order.source, order.radius_km, settings, tell)
    found = kind(order.path)
    tell("roads.building", file=order.path.name)
    if found == ALERTC:
        return ALERTC_NAME, alertc.read(order.path)
    name = _name(order.path.name.split(".")[0])
    if found == GRAPHML:
        return name, osm_region.from_graphml(order.path, settings)
    if found == XML and order.osmnx:
        return name, osm_region.from_xml(order.path, settings, tell)
    return name, osm.read(order.path, tell)


def kind(path: Path) -> str:
    """Tell what a file is by its first bytes; raise GeoProblem when it holds no roads."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
        if head.startswith(b"PK\x03\x04"):
            return ALERTC
        if head[4 : 4 + len(PBF_MARK)] == PBF_MARK:
            return PBF
        opener = PACKED.get(head[:2])
        with opener(path) if opener else path.open("rb") as file:
            root = _root(file, path.name)
    except FileNotFoundError as error:
        raise GeoProblem("roads.no_file", file=str(path)) from error
    except (OSError, EOFError) as error:
        raise GeoProblem("roads.broken_file", file=path.name) from error
    if root not in ROOTS:
        raise GeoProblem("roads.unknown_kind", file=path.name)
    return ROOTS[root]


def _root(file: IO[bytes], name: str) -> str:
    """Find the name of an XML file's first element, empty when it is no XML; refuse documents that define entities."""
    roots: list[str] = []

    def refuse(*_: object) -> None:
        raise GeoProblem("roads.entities", file=name)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, _: roots.append(tag)
    try:
        for _ in range(PROLOG_BYTES // CHUNK_BYTES):
            chunk = file.read(CHUNK_BYTES)
            parser.Parse(chunk, not chunk)
            if roots or not chunk:
                break
    except expat.ExpatError:
        pass  # what comes after the root is for the reader to judge
    return roots[0] if roots else ""


def _name(text: str) -> str:
    return re.sub(r"[^a-z0-9åäö]+", "-", text.lower()).strip("-") or "roads"
