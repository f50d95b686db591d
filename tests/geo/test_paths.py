from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from geo.paths import FERRY_METRES, METRES, Network, Starts
from geo.road_graph import CONNECTING, FERRY, MAIN, RoadGraph


@pytest.fixture(scope="module")
def graph() -> RoadGraph:
    """Give a random network with parallel links, loops, ferries and a piece apart."""
    random = np.random.default_rng(7)
    xy = random.uniform(0, 100_000, (60, 2))
    ends = random.integers(0, 55, (140, 2)).astype(np.int32)
    ends = np.vstack([ends, ends[:5], [[3, 3], [57, 58]]]).astype(np.int32)
    chord = np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T)
    return RoadGraph(
        xy=xy,
        ends=ends,
        metres=chord * random.uniform(1.0, 1.6, len(ends)) + 1,
        road_class=random.choice([MAIN, CONNECTING, FERRY], len(ends)).astype(np.int32),
        number=np.zeros(len(ends), dtype=np.int32),
        shape_xy=np.empty((0, 2)),
        shape_start=np.zeros(len(ends) + 1, dtype=np.int32),
    )


def test_ways_agree_with_networkx(graph: RoadGraph) -> None:
    """Minutes are those of an independent search, and the sums those of the links on its way."""
    peer = nx.MultiGraph()
    peer.add_nodes_from(range(len(graph.xy)))
    for link, (one, other) in enumerate(graph.ends):
        ferry_m = graph.metres[link] * (graph.road_class[link] == FERRY)
        peer.add_edge(int(one), int(other), m=graph.route_minutes[link], metres=graph.metres[link], ferry=ferry_m)
    starts = Starts(np.array([[0, 0], [9, 9], [57, 57]]), np.zeros((3, 2)))
    network = Network(graph)
    ways = network.ways(starts)
    for row, source in enumerate((0, 9, 57)):
        expected = nx.single_source_dijkstra_path_length(peer, source, weight="m")
        assert set(np.flatnonzero(np.isfinite(ways.minutes[row]))) == set(expected)
        for node, minutes in expected.items():
            assert ways.minutes[row, node] == pytest.approx(minutes, abs=1e-6)
            path = network.trace(ways, row, node)
            best = [min(peer[a][b].values(), key=lambda edge: edge["m"]) for a, b in pairwise(path)]
            assert ways.sums[METRES, row, node] == pytest.approx(sum(edge["metres"] for edge in best))
            assert ways.sums[FERRY_METRES, row, node] == pytest.approx(sum(edge["ferry"] for edge in best))
