from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from geo import climb
from geo.paths import Network, Starts
from geo.road_engine import contract
from geo.road_graph import CONNECTING, FERRY, MAIN, METRES, ROUTE_MINUTES, RoadGraph


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
        oneway=random.uniform(size=len(ends)) < 0.2,
        speed_kmh=np.zeros(len(ends)),
        shape_xy=np.empty((0, 2)),
        shape_start=np.zeros(len(ends) + 1, dtype=np.int32),
    )


def test_ways_agree_with_networkx(graph: RoadGraph) -> None:
    """Minutes are those of an independent search, also where links are one-way."""
    peer = nx.MultiDiGraph()
    peer.add_nodes_from(range(len(graph.xy)))
    for tail, head, link in zip(*graph.directed, strict=True):
        peer.add_edge(int(tail), int(head), minutes=graph.route_minutes[link])
    network = Network(graph)
    ways = network.ways(Starts(np.array([[0, 0], [9, 9], [57, 57]]), np.zeros((3, 2))))
    for row, source in enumerate((0, 9, 57)):
        expected = nx.single_source_dijkstra_path_length(peer, source, weight="minutes")
        assert set(np.flatnonzero(np.isfinite(ways.minutes[row]))) == set(expected)
        for node, minutes in expected.items():
            assert ways.minutes[row, node] == pytest.approx(minutes, abs=1e-6)
            steps = pairwise(network.trace(ways, row, node))
            walked = sum(min(edge["minutes"] for edge in peer[a][b].values()) for a, b in steps)
            assert walked == pytest.approx(minutes, abs=1e-6)


def test_the_index_agrees_with_the_search(graph: RoadGraph) -> None:
    """The contraction index finds the same minutes as plain search, between all nodes, and sums all costs."""
    everywhere = np.arange(len(graph.xy))
    ways = Network(graph).ways(Starts(np.column_stack([everywhere, everywhere]), np.zeros((len(everywhere), 2))))
    gates = (everywhere, everywhere, np.zeros((len(everywhere), 4)))
    index = contract(graph)
    found = climb.matrix(
        index, climb.climb(index, len(everywhere), gates), climb.climb(index, len(everywhere), gates, down=True)
    )
    assert np.array_equal(np.isfinite(found[ROUTE_MINUTES]), np.isfinite(ways.minutes))
    reached = np.isfinite(ways.minutes)
    assert found[ROUTE_MINUTES][reached] == pytest.approx(ways.minutes[reached], rel=1e-9, abs=1e-6)
    straight = np.hypot(*(graph.xy[:, None] - graph.xy[None]).transpose(2, 0, 1))
    assert (found[METRES] >= straight - 1e-6).all()
