"""The road network as plain arrays: junctions, links with metres and class, and the line each link follows."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from config import factors
from config.errors import GeoProblem
from geo import half_proof

FORMAT = 2
MANIFEST = "manifest.json"

ROUTE_MINUTES, METRES, TRUCK_MINUTES, FERRY_METRES = range(4)  # the columns of `cost`

MAIN, REGIONAL, CONNECTING, STREET, FERRY = 1, 2, 3, 4, 5
CLASS_NAMES = {MAIN: "main", REGIONAL: "regional", CONNECTING: "connecting", STREET: "street", FERRY: "ferry"}

# What a network is driven with, besides the speed of each class: a saved index holds the times that follow from it.
DRIVEN_WITH = ("speed.truck_limit", "ferry.wait", "truck.gross_weight", "truck.height")
# Raise it when the same roads and speeds begin to give other distances (access legs, estimates, the coast): distances
# that are kept in the store under the old hash are then measured again.
RULES = 1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RoadGraph:
    """Hold a road network; every array of links has one row a link, which is driven both ways unless it is one-way.

    Attributes
    ----------
    xy : (n, 2) TM35FIN metres of the nodes.
    ends : (m, 2) the two nodes of each link.
    metres : (m,) length along the road, never shorter than the straight line between the ends.
    road_class : (m,) MAIN, REGIONAL, CONNECTING, STREET or FERRY.
    number : (m,) road number, 0 for streets and joins.
    oneway : (m,) whether the link is driven from its first to its second end only.
    speed_kmh : (m,) the signposted speed; 0 where only the class is known.
    shape_xy, shape_start : points between the ends; link i has shape_xy[shape_start[i]:shape_start[i + 1]].
    """

    xy: Floats
    ends: Ints
    metres: Floats
    road_class: Ints
    number: Ints
    oneway: Bools
    speed_kmh: Floats
    shape_xy: Floats
    shape_start: Ints
    source: str = ""
    date: str = ""

    def line(self, link: int) -> Floats:
        """Give the (k, 2) points of a link from its first to its second end."""
        inner = self.shape_xy[self.shape_start[link] : self.shape_start[link + 1]]
        start, end = self.xy[self.ends[link]]
        return np.vstack([start, inner, end])

    @cached_property
    def route_minutes(self) -> Floats:
        """Give the minutes a car needs, which decide the way that is taken."""
        return self._minutes(limit_kmh=np.inf)

    @cached_property
    def truck_minutes(self) -> Floats:
        """Give the minutes a heavy truck needs, ferry waits included."""
        return self._minutes(limit_kmh=factors.value("speed.truck_limit"))

    def _minutes(self, limit_kmh: float) -> Floats:
        by_class = np.zeros(max(CLASS_NAMES) + 1)
        for number, name in CLASS_NAMES.items():
            by_class[number] = factors.value(f"speed.{name}")
        speed = np.where(self.speed_kmh > 0, self.speed_kmh, by_class[self.road_class])
        minutes = self.metres * 60.0 / (1000.0 * np.minimum(speed, limit_kmh))
        return np.asarray(minutes + np.where(self.road_class == FERRY, factors.value("ferry.wait"), 0.0))

    @cached_property
    def directed(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Give every direction a link is driven in: from node, to node, link."""
        one, other = self.ends.T.astype(np.int64)
        link, back = np.arange(len(self.ends)), np.flatnonzero(~self.oneway)
        return np.r_[one, other[back]], np.r_[other, one[back]], np.r_[link, back]

    @cached_property
    def cost(self) -> Floats:
        """Give what is summed along a way, (m, 4): minutes that decide it, metres, truck minutes, metres over water."""
        ferry_m = np.where(self.road_class == FERRY, self.metres, 0.0)
        return np.column_stack([self.route_minutes, self.metres, self.truck_minutes, ferry_m])

    @cached_property
    def hash(self) -> str:
        """Give 16 hexadecimal digits that change with the network and with what it is driven with."""
        digest = sha256(json.dumps(profile()).encode())
        for name in _arrays():
            digest.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return digest.hexdigest()[:16]

    def info(self) -> dict[str, object]:
        """Summarise the network as `roads info` shows it."""
        return {
            "nodes": len(self.xy),
            "edges": len(self.ends),
            "km": round(float(self.metres.sum()) / 1000, 1),
            "source": self.source,
            "date": self.date,
            "hash": self.hash,
            "largest_component_share": round(float(self.component.mean()), 4),
        }

    @cached_property
    def component(self) -> npt.NDArray[np.bool_]:
        """Tell which nodes belong to the largest part in which every node can be reached from every other."""
        tail, head, _ = self.directed
        adjacency = coo_array((np.ones(len(tail)), (tail, head)), shape=(len(self.xy), len(self.xy)))
        _, label = connected_components(adjacency, directed=True, connection="strong")
        return np.asarray(label == np.argmax(np.bincount(label)))


def profile() -> dict[str, float]:
    """Give the truck's limits and speeds that the times of a network follow from, and the version of the rules."""
    names = [*(f"speed.{name}" for name in CLASS_NAMES.values()), *DRIVEN_WITH]
    return {"rules": RULES, **{name: factors.value(name) for name in names}}


def keep_links(graph: RoadGraph, links: npt.NDArray[np.bool_]) -> RoadGraph:
    """Give the network of some of its links, with only the nodes these need."""
    chosen = np.flatnonzero(links)
    used, ends = np.unique(graph.ends[chosen], return_inverse=True)
    pieces = [graph.shape_xy[graph.shape_start[link] : graph.shape_start[link + 1]] for link in chosen]
    return RoadGraph(
        xy=graph.xy[used],
        ends=ends.reshape(-1, 2).astype(np.int32),
        metres=graph.metres[chosen],
        road_class=graph.road_class[chosen],
        number=graph.number[chosen],
        oneway=graph.oneway[chosen],
        speed_kmh=graph.speed_kmh[chosen],
        shape_xy=np.vstack([np.empty((0, 2)), *pieces]),
        shape_start=np.cumsum([0, *(len(piece) for piece in pieces)]).astype(np.int32),
        source=graph.source,
        date=graph.date,
    )


def largest_part(graph: RoadGraph) -> RoadGraph:
    """Give only the largest connected part: sites are never snapped to a road that leads nowhere."""
    return keep_links(graph, np.asarray(graph.component[graph.ends].all(axis=1)))


def save(graph: RoadGraph, folder: Path, finish: Callable[[Path], None] | None = None) -> None:
    """Write the network as a folder of .npy files and a manifest; the folder appears only when it is whole.

    `finish` adds to the folder before it appears.
    """
    with half_proof.draft(folder) as draft:
        for name in _arrays():
            np.save(draft / f"{name}.npy", np.ascontiguousarray(getattr(graph, name)))
        manifest = {"format": FORMAT, "profile": profile(), "bbox": _bbox(graph), **graph.info()}
        (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        if finish:
            finish(draft)


def load(folder: Path) -> RoadGraph:
    """Open a network that `save` wrote, by memory map; raise GeoProblem when it is missing, broken or too old."""
    folder = half_proof.whole(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT or manifest.get("profile") != profile():
            raise GeoProblem("roads.other_format", folder=str(folder))
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _arrays()}
        if (len(arrays["xy"]), len(arrays["ends"])) != (manifest["nodes"], manifest["edges"]):
            raise GeoProblem("roads.broken_graph", folder=str(folder))
        return RoadGraph(**arrays, source=str(manifest["source"]), date=str(manifest["date"]))
    except FileNotFoundError as error:
        raise GeoProblem("roads.no_graph", folder=str(folder)) from error
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise GeoProblem("roads.broken_graph", folder=str(folder)) from error


def _arrays() -> list[str]:
    return [field.name for field in fields(RoadGraph) if field.name not in {"source", "date"}]


def _bbox(graph: RoadGraph) -> list[float]:
    low, high = graph.xy.min(axis=0), graph.xy.max(axis=0)
    return [round(float(value), 1) for value in (*low, *high)]
