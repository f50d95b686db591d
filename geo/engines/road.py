"""The road networks that were built here: the finest that covers both ends, over the shipped table."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
import structlog

from config.errors import GeoProblem
from config.settings import Settings
from geo import half_proof, main_roads, road_graph
from geo.hierarchy import Hierarchy
from geo.results import ROAD, ROAD_FERRY, DistanceEngine, Distances, Floats, Piece
from geo.road_engine import RoadEngine, contract

INDEX = "index"
MARGIN_M = 2_000.0  # a site may lie this far outside a network and still be measured on it

log = structlog.get_logger(__name__)


class Layer:
    """Hold one network with the area it covers."""

    def __init__(self, engine: RoadEngine) -> None:
        self.engine = engine

    @cached_property
    def _area(self) -> shapely.Geometry:
        area = shapely.MultiPoint(self.engine.graph.xy).convex_hull.buffer(MARGIN_M)
        shapely.prepare(area)
        return area

    @cached_property
    def fineness(self) -> float:
        """Give the nodes a square kilometre: the finer of two networks is used where both cover."""
        return len(self.engine.graph.xy) / max(shapely.area(self._area) / 1e6, 1.0)

    def covers(self, points: Floats) -> npt.NDArray[np.bool_]:
        """Tell which points lie within the area."""
        return np.asarray(shapely.contains_xy(self._area, points[:, 0], points[:, 1]))


class LayeredEngine:
    """Measure each pair on the finest network that covers both ends and knows a way."""

    def __init__(self, base: RoadEngine, layers: Sequence[Layer]) -> None:
        self._base = base
        self._layers = sorted(layers, key=lambda layer: layer.fineness)

    @property
    def graph(self) -> road_graph.RoadGraph:
        """Give the network that covers the whole country."""
        return self._base.graph

    @cached_property
    def hash(self) -> str:
        """Give 16 hexadecimal digits that change with any of the networks."""
        parts = [self._base.hash, *(layer.engine.hash for layer in self._layers)]
        return sha256(" ".join(parts).encode()).hexdigest()[:16]

    def matrix(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each origin to each destination."""
        result = self._base.matrix(origins, destinations)
        for layer in self._layers:
            rows, columns = (np.flatnonzero(layer.covers(points)) for points in (origins, destinations))
            if rows.size and columns.size:
                _put(result, rows, columns, layer.engine.matrix(origins[rows], destinations[columns]))
        return result

    def pairs(self, origins: Floats, destinations: Floats) -> Distances:
        """Give the distance from each origin to the destination beside it."""
        result = self._base.pairs(origins, destinations)
        for layer in self._layers:
            rows = np.flatnonzero(layer.covers(origins) & layer.covers(destinations))
            if rows.size:
                _put_rows(result, rows, layer.engine.pairs(origins[rows], destinations[rows]))
        return result

    def route(self, start: Floats, end: Floats) -> Floats:
        """Give the points of the way on the network that measured it."""
        return self._measuring(start, end).route(start, end)

    def pieces(self, start: Floats, end: Floats) -> tuple[Piece, ...]:
        """Give the parts of the way on the network that measured it."""
        return self._measuring(start, end).pieces(start, end)

    def _measuring(self, start: Floats, end: Floats) -> RoadEngine:
        for layer in reversed(self._layers):
            if layer.covers(np.vstack([start, end])).all():
                method = layer.engine.matrix(start[None], end[None]).method[0, 0]
                if method in {ROAD, ROAD_FERRY}:
                    return layer.engine
        return self._base


def _put(result: Distances, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], finer: Distances) -> None:
    known = np.isin(finer.method, (ROAD, ROAD_FERRY))
    row, column = rows[:, None][known.nonzero()[0], 0], columns[known.nonzero()[1]]
    for field in fields(Distances):
        getattr(result, field.name)[row, column] = getattr(finer, field.name)[known]


def _put_rows(result: Distances, rows: npt.NDArray[np.intp], finer: Distances) -> None:
    known = np.flatnonzero(np.isin(finer.method, (ROAD, ROAD_FERRY)))
    for field in fields(Distances):
        getattr(result, field.name)[rows[known]] = getattr(finer, field.name)[known]


def prepare(folder: Path) -> None:
    """Make the contraction index of a saved network and put it beside it; it appears only when it is whole."""
    graph = road_graph.load(folder)
    index = contract(graph)
    draft = Path(tempfile.mkdtemp(prefix=f".{INDEX}.", dir=folder))
    try:
        for field in fields(Hierarchy):
            np.save(draft / f"{field.name}.npy", getattr(index, field.name))
        np.save(draft / "component.npy", graph.component)
        draft.chmod(0o755)
        shutil.rmtree(folder / INDEX, ignore_errors=True)
        draft.rename(folder / INDEX)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def open_engine(folder: Path) -> RoadEngine:
    """Open a saved network with its index, all by memory map; raise GeoProblem when it is missing or broken."""
    graph = road_graph.load(folder)
    if not (folder / INDEX).is_dir():
        return RoadEngine(graph)
    try:
        parts = {
            name: np.load(folder / INDEX / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in [*(field.name for field in fields(Hierarchy)), "component"]
        }
    except (OSError, EOFError, ValueError) as error:
        raise GeoProblem("roads.broken_graph", folder=str(folder)) from error
    graph.__dict__["component"] = parts.pop("component")  # the saved value of a cached property
    return RoadEngine(graph, Hierarchy(**parts))


def built(settings: Settings) -> tuple[list[tuple[Path, Layer]], list[GeoProblem]]:
    """Open the networks below the home, the finest first; tell why others can't be used."""
    opened, refused = [], []
    for folder in half_proof.all_in(settings.roads):
        try:
            opened.append((folder, Layer(open_engine(folder))))
        except GeoProblem as problem:
            refused.append(problem)
    return sorted(opened, key=lambda one: one[1].fineness, reverse=True), refused


def from_settings(settings: Settings) -> DistanceEngine:
    """Make the engine of every network below the home, the shipped table below them all."""
    base = RoadEngine(main_roads.load(settings.reference))
    opened, refused = built(settings)
    for problem in refused:  # `roads info` and the page of sources tell of it
        log.warning("road_network_unusable", reason=problem.key, **problem.values)
    return LayeredEngine(base, [layer for _, layer in opened]) if opened else base
