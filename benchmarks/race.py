"""Let the road index and its peers find the same matrix of distances in turn, on one network."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks import seconds
from benchmarks.peers import Peer
from geo import climb
from geo.hierarchy import Hierarchy
from geo.road_engine import contract
from geo.road_graph import ROUTE_MINUTES, RoadGraph

OURS, SCIPY, PANDANA, CCH = "this index", "scipy", "pandana", "routingkit-cch"
SITES = 700
# Rows that a peer finds in one turn; its time grows with the rows alone, so the whole is told from a part.
SCIPY_STEPS = 8_000_000  # rows times nodes
ROWS = {PANDANA: 35, CCH: SITES}

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """Hold a network and the nodes that are measured between, all within its largest part."""

    name: str
    graph: RoadGraph
    origins: Ints
    destinations: Ints

    @classmethod
    def of(cls, name: str, graph: RoadGraph, sites: int = SITES) -> "Case":
        """Choose nodes by chance."""
        draw = np.random.default_rng(5)
        inside = np.flatnonzero(graph.component)
        return cls(name, graph, draw.choice(inside, sites), draw.choice(inside, sites))

    def matrix(self, index: Hierarchy) -> Floats:
        """Find minutes, metres, truck minutes and metres over water between all origins and destinations."""
        up, down = (
            climb.climb(index, len(nodes), (np.arange(len(nodes)), nodes, np.zeros((len(nodes), 4))), down=towards)
            for nodes, towards in ((self.origins, False), (self.destinations, True))
        )
        return climb.matrix(index, up, down)

    def links(self) -> csr_array:
        """Give the network as scipy's search takes it, of parallel links the fastest."""
        tail, head, link = self.graph.directed
        minutes, count = self.graph.route_minutes[link], len(self.graph.xy)
        order = np.lexsort((minutes, head, tail))
        kept = order[np.diff((tail * count + head)[order], prepend=-1) != 0]
        return csr_array((minutes[kept], (tail[kept], head[kept])), shape=(count, count))

    def save(self, folder: Path) -> None:
        """Write what peers read."""
        tail, head, link = self.graph.directed
        x, y = self.graph.xy.T
        arrays = {"x": x, "y": y, "tail": tail, "head": head, "minutes": self.graph.route_minutes[link]}
        ends = {"origins": self.origins, "destinations": self.destinations}
        for name, values in {**arrays, **ends}.items():
            np.save(folder / f"{name}.npy", np.ascontiguousarray(values))


@dataclass(frozen=True)
class Times:
    """Hold what a race gave: seconds of preparation, of the whole matrix in each turn, and the largest difference."""

    case: Case
    index: Hierarchy
    prepared_s: Mapping[str, float]
    matrix_s: Mapping[str, list[float]]
    difference: float

    @property
    def nodes(self) -> int:
        """Tell the size of the network."""
        return len(self.case.graph.xy)

    def over(self, peer: str) -> float:
        """Give the median of how many times as long as the peer the index took."""
        return median(ours / other for ours, other in zip(self.matrix_s[OURS], self.matrix_s[peer], strict=True))

    def seconds(self, name: str) -> float:
        """Give the median of the seconds for the whole matrix."""
        return median(self.matrix_s[name])


def race(case: Case, packages: Mapping[str, Path], rounds: int = 5) -> Times:
    """Prepare all, then let them run in turn; a first round doesn't count."""
    with TemporaryDirectory(prefix="synergia-race-") as folder, ExitStack() as stack:
        case.save(Path(folder))
        index, ours_s = _prepared(case)
        others = {name: Peer(name, target, Path(folder)) for name, target in packages.items()}
        for peer in others.values():
            stack.callback(peer.close)
        links, rows = case.links(), max(min(SCIPY_STEPS // len(case.graph.xy), len(case.origins)), 2)
        turns: dict[str, Callable[[], float]] = {
            OURS: lambda: seconds(lambda: case.matrix(index)),
            SCIPY: lambda: seconds(lambda: dijkstra(links, indices=case.origins[:rows])) * len(case.origins) / rows,
        }
        for name, peer in others.items():
            turns[name] = _turn(peer, min(ROWS[name], len(case.origins)), len(case.origins))
        times = [{name: turn() for name, turn in turns.items()} for _ in range(rounds + 1)][1:]
        prepared = {OURS: ours_s, **{name: peer.prepared_s for name, peer in others.items()}}
        matrix = {name: [turn[name] for turn in times] for name in turns}
        return Times(case, index, prepared, matrix, _difference(case, index, links, rows))


def _turn(peer: Peer, rows: int, whole: int) -> Callable[[], float]:
    return lambda: peer.matrix(rows) * whole / rows


def _prepared(case: Case) -> tuple[Hierarchy, float]:
    """Contract the network, everything that follows from its links reckoned anew."""
    case.graph.__dict__.pop("directed", None)
    made: list[Hierarchy] = []
    took_s = seconds(lambda: made.append(contract(case.graph)))
    return made[0], took_s


def _difference(case: Case, index: Hierarchy, links: csr_array, rows: int) -> float:
    """Give the largest relative difference of minutes from scipy's; infinite where only one of the two knows a way."""
    found = case.matrix(index)[ROUTE_MINUTES, :rows]
    expected = np.asarray(dijkstra(links, indices=case.origins[:rows]))[:, case.destinations]
    if not np.array_equal(np.isfinite(found), np.isfinite(expected)):
        return float(np.inf)
    known = np.isfinite(expected)
    return float(np.max(np.abs(found - expected)[known] / np.maximum(expected[known], 1e-9), initial=0.0))
