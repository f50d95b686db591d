"""Groups of companies that have more to do with each other than with the rest."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ecosystems import OUTSIDE, Network, find, stability, weave
from matching.ecosystems.change import compare
from matching.ecosystems.communities import FEWEST

Exchange = tuple[int, int, float, float, float]


def frame(*rows: Exchange) -> pd.DataFrame:
    """Give exchanges: from, to, fit, tonnes, km."""
    return pd.DataFrame(rows, columns=["from_company", "to_company", "score", "tonnes", "km"])


def clique(*companies: int, km: float = 10.0) -> list[Exchange]:
    """Give an exchange between any two of some companies."""
    return [(one, other, 0.8, 500.0, km) for one in companies for other in companies if one < other]


def named(network: Network, resolution: float = 0.7) -> dict[int, int]:
    """Give the group of each company by its id."""
    return dict(zip(network.ids.tolist(), find(network, resolution).tolist(), strict=True))


def test_groups_that_nothing_joins_are_groups() -> None:
    """A disconnected network falls into its pieces; a pair is too few, and so is nobody."""
    found = named(weave(frame(*clique(1, 2, 3, 4), *clique(11, 12, 13), (21, 22, 0.9, 900.0, 3.0))))
    assert found == {1: 0, 2: 0, 3: 0, 4: 0, 11: 1, 12: 1, 13: 1, 21: OUTSIDE, 22: OUTSIDE}


def test_one_giant_component_is_one_group_or_falls_apart_by_the_slider() -> None:
    """All with all stays one group; a ring of groups falls into them when smaller ones are asked for."""
    assert set(named(weave(frame(*clique(*range(12))))).values()) == {0}
    ring = [link for at in range(4) for link in clique(*range(10 * at, 10 * at + 5))]
    ring += [(10 * at, 10 * ((at + 1) % 4) + 1, 0.5, 50.0, 40.0) for at in range(4)]
    assert set(named(weave(frame(*ring))).values()) == {0, 1, 2, 3}


def test_thresholds_that_leave_nothing_leave_no_groups() -> None:
    """No link is short enough: no companies, no groups, and no fault."""
    network = weave(frame(*clique(1, 2, 3)), longest_km=5.0)
    assert len(network) == 0
    assert find(network).tolist() == []
    assert stability(network, find(network), 0.7).tolist() == []


def test_what_has_no_way_is_no_link() -> None:
    """Where nobody can drive nobody is tied, and a company is not tied to itself."""
    network = weave(frame((1, 2, 0.9, 10.0, float("nan")), (3, 3, 0.9, 10.0, 0.0)))
    assert len(network.first) == 0


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(shuffle: Random) -> None:
    """Ties fall by the companies' ids: rows in another order, and ends swapped, give the same groups."""
    rows = [*clique(1, 2, 3, 4), *clique(5, 6, 7, 8), (4, 5, 0.8, 500.0, 10.0), (1, 8, 0.8, 500.0, 10.0)]
    mixed = list(rows)
    shuffle.shuffle(mixed)
    swapped = [(other, one, *rest) for one, other, *rest in mixed]
    first, second = weave(frame(*rows)), weave(pd.DataFrame(swapped, columns=frame().columns))
    assert np.array_equal(first.weight, second.weight)
    assert named(first) == named(second)


def test_two_runs_give_the_same_clusters_and_the_same_stability() -> None:
    """Nothing is drawn anew: the same network, the same groups, the same shares."""
    network = weave(frame(*[link for at in range(6) for link in clique(*range(9 * at, 9 * at + 7))]))
    assert find(network).tolist() == find(network).tolist()
    once, again = (stability(network, find(network), 0.7, times=10) for _ in range(2))
    assert once.tolist() == again.tolist()


def test_a_dense_group_is_firmer_than_a_chain() -> None:
    """Taking one link of ten away does little to a clique, and breaks a chain."""
    chain = [(100 + at, 101 + at, 0.8, 500.0, 10.0) for at in range(9)]
    network = weave(frame(*clique(*range(10)), *chain))
    labels = find(network, 0.1)
    firm = dict(enumerate(stability(network, labels, 0.1, times=30)))
    of = dict(zip(network.ids.tolist(), labels.tolist(), strict=True))
    assert firm[of[0]] == 1.0
    assert 0.3 < firm[of[104]] < 0.9


@pytest.mark.parametrize("resolution", [0.2, 0.7, 3.0])
def test_every_group_hangs_together_and_is_no_pair(resolution: float) -> None:
    """Groups have at least three companies and are numbered by their size."""
    rng = np.random.default_rng(4)
    rows = [(int(a), int(b), 0.6, 80.0, float(k)) for a, b, k in rng.integers(1, 90, (250, 3)) if a != b]
    counts = np.bincount([label for label in named(weave(frame(*rows)), resolution).values() if label != OUTSIDE])
    assert counts.min() >= FEWEST
    assert (np.diff(counts) <= 0).all()


def test_what_changed_is_told() -> None:
    """A group that parted, one that is gone, one that stayed."""
    before = {1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 6: 1, 7: 1, 8: 2, 9: 2, 10: 2}
    now = {1: 0, 2: 0, 3: 0, 4: OUTSIDE, 5: 1, 6: 1, 7: 1, 11: 1, 8: OUTSIDE}
    change = compare(before, now)
    assert (change.before, change.now, change.same) == (3, 2, 0)
    assert (change.moved, change.came, change.left) == (0, 1, 4)
    assert compare(before, before).none
