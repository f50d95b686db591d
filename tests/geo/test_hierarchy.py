from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo import climb, hierarchy
from geo.between import between
from geo.hierarchy import Hierarchy

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Links = tuple[int, Ints, Ints, Floats]  # nodes, tails, heads and (links, 2) costs


def both_ways(nodes: int, one: Ints, other: Ints, seed: int = 1) -> Links:
    """Make links that are driven both ways at the same cost, with a second cost to be summed."""
    cost = np.random.default_rng(seed).uniform(0.5, 20.0, (len(one), 2))
    return nodes, np.r_[one, other], np.r_[other, one], np.concatenate([cost, cost])


def grid(side: int) -> Links:
    """Give a lattice, which fills up with shortcuts as its nodes leave."""
    node = np.arange(side * side).reshape(side, side)
    one, other = np.r_[node[:, :-1].ravel(), node[:-1].ravel()], np.r_[node[:, 1:].ravel(), node[1:].ravel()]
    return both_ways(side * side, one, other)


def star(nodes: int) -> Links:
    """Give one node that all others hang on."""
    return both_ways(nodes, np.zeros(nodes - 1, dtype=np.int64), np.arange(1, nodes))


def clique(nodes: int) -> Links:
    """Join every two nodes."""
    return both_ways(nodes, *np.triu_indices(nodes, 1))


def bipartite(nodes: int) -> Links:
    """Join each of the first half with each of the second: no two of a half are neighbours, so all might leave."""
    one, other = np.divmod(np.arange(nodes * nodes // 4), nodes // 2)
    return both_ways(nodes, one, other + nodes // 2)


def path(nodes: int) -> Links:
    """Give a road without a crossing."""
    return both_ways(nodes, np.arange(nodes - 1), np.arange(1, nodes))


def one_way_ring(nodes: int) -> Links:
    """Give a ring that is driven one way round."""
    node = np.arange(nodes)
    return nodes, node, (node + 1) % nodes, np.random.default_rng(2).uniform(1.0, 3.0, (nodes, 2))


def tangle(nodes: int) -> Links:
    """Join nodes at random, as no map does, in one direction each."""
    draw = np.random.default_rng(3)
    ends = draw.integers(0, nodes, (2, 2 * nodes))
    return nodes, ends[0], ends[1], draw.uniform(1.0, 3.0, (2 * nodes, 2))


def islands(nodes: int) -> Links:
    """Give many pieces apart, some of a single node."""
    one = np.arange(nodes - 1)[np.arange(nodes - 1) % 7 > 1]
    return both_ways(nodes, one, one + 1)


def lone(nodes: int) -> Links:
    """Give nodes without any link."""
    nothing = np.empty(0, dtype=np.int64)
    return nodes, nothing, nothing, np.empty((0, 2))


def reference(links: Links, sources: Ints) -> Floats:
    """Find the first cost from sources to all nodes by scipy's search."""
    nodes, tail, head, cost = links
    order = np.lexsort((cost[:, 0], head, tail))
    key = (tail * nodes + head)[order]
    kept = order[np.diff(key, prepend=-1) != 0]  # of parallel links the best; scipy would add them up
    return np.asarray(
        dijkstra(csr_array((cost[kept, 0], (tail[kept], head[kept])), shape=(nodes, nodes)), indices=sources)
    )


def distances(index: Hierarchy, origins: Ints, destinations: Ints) -> Floats:
    """Find all costs between nodes by the index."""
    up, down = (
        climb.climb(index, len(at), (np.arange(len(at)), at, np.zeros((len(at), index.up.shape[1]))), down=towards)
        for at, towards in ((origins, False), (destinations, True))
    )
    return climb.matrix(index, up, down)


def chosen(index: Hierarchy, nodes: Ints, pairs: tuple[Ints, Ints]) -> Floats:
    """Find all costs of some pairs of nodes by the index."""
    free = np.zeros((len(nodes), index.up.shape[1]))
    climbs = [climb.climb(index, len(nodes), (np.arange(len(nodes)), nodes, free), down=way) for way in (False, True)]
    return between(index, climbs[0], climbs[1], pairs)


def assert_agrees(links: Links, index: Hierarchy, ends: tuple[int, int] = (9, 40)) -> None:
    """Check the index against scipy between some nodes, from few to many and from many to few."""
    draw = np.random.default_rng(4)
    few, many = (draw.integers(0, links[0], count) for count in ends)
    np.testing.assert_allclose(distances(index, few, many)[0], reference(links, few)[:, many], rtol=1e-9)
    np.testing.assert_allclose(distances(index, many, few)[0], reference(links, many)[:, few], rtol=1e-9)
    if index.table.size:
        there, back = (draw.integers(0, ends[1], 200) for _ in range(2))
        np.testing.assert_array_equal(chosen(index, many, (there, back)), distances(index, many, many)[:, there, back])


@pytest.mark.parametrize(
    ("make", "nodes"),
    [
        (grid, 60),
        (star, 3_000),
        (clique, 250),
        (bipartite, 400),
        (path, 3_000),
        (one_way_ring, 900),
        (tangle, 1_500),
        (islands, 700),
        (lone, 5),
        (lone, 1),
    ],
)
def test_any_network_can_be_contracted(make: Callable[[int], Links], nodes: int) -> None:
    """Lattices, stars, cliques, one-way rings, islands and single nodes give what scipy gives."""
    links = make(nodes)
    index = hierarchy.build(*links)
    assert_agrees(links, index)


@pytest.mark.parametrize(("make", "nodes"), [(grid, 70), (clique, 250), (bipartite, 400), (tangle, 3_000)])
def test_a_network_that_fills_up_keeps_its_core(
    make: Callable[[int], Links], nodes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where shortcuts would outgrow the links, nodes stop leaving; a core too large for a table is searched."""
    monkeypatch.setattr(hierarchy, "LINKS_AT_LEAST", 1_000)
    monkeypatch.setattr(hierarchy, "TABLE_NODES", 100)
    links = make(nodes)
    index = hierarchy.build(*links)
    core = int((index.core >= 0).sum())
    assert core > 100
    assert index.table.shape == (0, 0, 2)
    assert len(index.to) <= 4 * len(links[1]) + links[0]
    assert_agrees(links, index)


def test_a_large_lattice_is_left_as_it_is_in_time() -> None:
    """The index of 200,000 crossings of a lattice stays below three times the lattice itself."""
    links = grid(450)
    index = hierarchy.build(*links)
    assert index.rounds < 20
    assert len(index.to) < 3 * len(links[1])
    draw = np.random.default_rng(5)
    few, many = draw.integers(0, links[0], (2, 5))
    np.testing.assert_allclose(distances(index, few, many)[0], reference(links, few)[:, many], rtol=1e-9)


def test_no_round_makes_more_shortcuts_than_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many nodes of many neighbours, none of them neighbours of each other, don't all leave at once."""
    monkeypatch.setattr(hierarchy, "SHORTCUTS_AT_ONCE", 100_000)
    monkeypatch.setattr(hierarchy, "STEPS_TO_LEAVE", 10**9)
    links = bipartite(400)
    index = hierarchy.build(*links)
    assert np.bincount(index.level[index.level >= 0]).max() <= 5  # a node of 200 neighbours leaves 19,900 shortcuts
    assert_agrees(links, index)


@st.composite
def networks(draw: st.DrawFn) -> Links:
    """Draw a small network with loops, parallel and one-way links, and costs from none to 50,000 times the least."""
    nodes = draw(st.integers(1, 30))
    count = draw(st.integers(0, 90))
    node = st.integers(0, nodes - 1)
    ends = np.array(draw(st.lists(st.tuples(node, node), min_size=count, max_size=count)), dtype=np.int64)
    scale = draw(st.sampled_from([1e-3, 1.0, 1e6]))
    cost = st.tuples(st.integers(0, 50_000), st.integers(0, 9_000))
    costs = scale * np.array(draw(st.lists(cost, min_size=count, max_size=count)), dtype=float).reshape(-1, 2) / 1000
    ends = ends.reshape(-1, 2)
    if draw(st.booleans()):
        return nodes, np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]], np.concatenate([costs, costs])
    return nodes, ends[:, 0], ends[:, 1], costs


@given(links=networks(), share=st.sampled_from([0.0, 1.0, 8.0]), table=st.booleans())
@settings(max_examples=150, deadline=None)
def test_distances_are_distances(links: Links, share: float, *, table: bool) -> None:
    """Equal to scipy's, alike both ways on two-way links, never longer than a detour, infinite where no way leads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hierarchy, "CORE_SHARE", share)
        patch.setattr(hierarchy, "TABLE_NODES", 2_500 if table else 0)
        index = hierarchy.build(*links)
    everywhere = np.arange(links[0])
    found = distances(index, everywhere, everywhere)
    expected = reference(links, everywhere)
    np.testing.assert_array_equal(np.isfinite(found).all(axis=0), np.isfinite(expected))
    np.testing.assert_allclose(found[0], expected, rtol=1e-6)
    np.testing.assert_array_equal(np.diag(found[0]), 0.0)
    over = (found[0][:, :, None] + found[0][None]).min(axis=1)
    assert (found[0] <= over * (1 + 1e-9)).all()
    half = len(links[1]) // 2
    mirrored = np.array_equal(links[1], np.r_[links[2][half:], links[2][:half]])
    if mirrored and np.array_equal(links[3], np.roll(links[3], half, axis=0)):
        np.testing.assert_allclose(found[0], found[0].T, rtol=1e-9)
