"""Sites by p-median, against all there are."""

from itertools import combinations

import numpy as np
import pytest

from config.errors import GeoProblem
from geo.siting import UNSERVED, Floats, Sites, Task, aggregated, p_median

LONGEST_KM = 75.0


def drawn(seed: int, demands: int = 14, candidates: int = 7, capacity: float | None = None) -> Task:
    """Draw demands and candidates on a square of 150 km, one demand on an island."""
    rng = np.random.default_rng(seed)
    here, there = rng.uniform(0, 150, (demands, 2)), rng.uniform(0, 150, (candidates, 2))
    km = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    km[0] = np.nan
    return Task(km, rng.uniform(10, 900, demands), LONGEST_KM, capacity)


def cost(task: Task, opened: tuple[int, ...]) -> float:
    """Reckon what opening some candidates costs, each demand at the nearest of them."""
    ways = np.where(task.reached[:, opened], task.km[:, opened], UNSERVED * task.longest_km)
    return float((task.weight * ways.min(axis=1)).sum())


def reckoned(task: Task, found: Sites) -> float:
    """Reckon the same of an answer."""
    return found.tonne_km + UNSERVED * task.longest_km * (float(task.weight.sum()) - found.served)


@pytest.mark.parametrize("sites", [1, 2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_no_other_choice_of_sites_is_better(seed: int, sites: int) -> None:
    """The solver's answer costs what the best of all combinations costs."""
    task = drawn(seed)
    best = min(cost(task, one) for one in combinations(range(task.km.shape[1]), sites))
    found = p_median(task, sites)
    assert reckoned(task, found) == pytest.approx(best)
    assert len(found.opened) <= sites
    assert found.gap <= 1e-6


@pytest.mark.parametrize("capacity", [None, 9_000.0])
def test_a_solver_that_is_stopped_at_once_knows_no_less_than_plain_sums(capacity: float | None) -> None:
    """Its own bound is of all ways at once then, many times too high; and the gap still holds of the best there is."""
    task = drawn(5, demands=120, candidates=60, capacity=capacity)
    stopped, plain = p_median(task, 3, time_limit_s=1e-4), p_median(task, 3, time_limit_s=0)
    assert stopped.gap <= plain.gap + 1e-9
    best = p_median(task, 3)
    saved = [UNSERVED * LONGEST_KM * one.served - one.tonne_km for one in (best, stopped)]
    assert saved[0] <= saved[1] * (1 + stopped.gap) * (1 + 1e-6)


def test_a_site_takes_no_more_than_its_capacity() -> None:
    """What does not fit goes to another site or stays."""
    free, bound = p_median(drawn(1), 2), p_median(drawn(1, capacity=900.0), 2)
    taken = drawn(1).weight @ bound.share
    assert taken.max() <= 900.0 + 1e-6
    assert bound.served < free.served


def test_nothing_is_brought_from_where_there_is_no_way_or_too_far() -> None:
    """An island without a ferry stays unserved, and so does what lies beyond the longest haul."""
    task = drawn(2)
    share = p_median(task, 7).share
    assert share[0].sum() == 0
    assert not share[~task.reached].any()


def test_thresholds_that_leave_nothing_give_no_sites() -> None:
    """No way is short enough: no site, nothing served, no mean way, and no fault."""
    found = p_median(Task(np.full((3, 2), 50.0), np.ones(3), 10.0), 2)
    assert (len(found.opened), found.served, found.gap) == (0, 0.0, 0.0)
    assert np.isnan(found.mean_km)


def test_ties_fall_the_same_way() -> None:
    """Two places just as good: the same one every time."""
    task = Task(np.array([[10.0, 10.0], [20.0, 20.0]]), np.ones(2), 50.0)
    assert len({tuple(p_median(task, 1).opened) for _ in range(3)}) == 1


def test_joined_demands_cost_what_they_cost_apart() -> None:
    """The way of a joined demand is that of its parts, by their tonnes, so the sum of tonne-km is the same."""
    task = drawn(3)
    groups = np.array([0, *np.repeat(np.arange(1, 8), 2)[:13]])
    km, weight = aggregated(task.km, task.weight, groups)
    rows = ~np.isnan(task.km[:, 0])
    apart: Floats = task.weight[rows] @ task.km[rows]
    joined: Floats = weight[1:] @ km[1:]
    assert joined == pytest.approx(apart)
    assert np.isnan(km[0]).all()


def test_a_task_that_makes_no_sense_is_refused() -> None:
    """A longest haul of nothing, or a demand below zero."""
    for km, weight in ((0.0, 1.0), (10.0, -1.0)):
        with pytest.raises(GeoProblem):
            Task(np.ones((1, 1)), np.array([weight]), km)


@pytest.mark.parametrize("capacity", [None, 900.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_solver_without_time_leaves_what_swapping_finds_and_says_the_gap(seed: int, capacity: float | None) -> None:
    """No time at all: still sites, nearly as good as the best, and a gap that is no smaller than what is missing."""
    task = drawn(seed, capacity=capacity)
    best, quick = p_median(task, 2), p_median(task, 2, time_limit_s=0.0)
    all_left = UNSERVED * task.longest_km * float(task.weight.sum())
    saved_best, saved_quick = (all_left - reckoned(task, one) for one in (best, quick))
    assert saved_quick >= 0.97 * saved_best
    assert saved_quick * (1 + quick.gap) >= saved_best * (1 - 1e-6)
