"""Choose sites by adding and swapping: quick, and good where the solver has run out of time (Teitz and Bart 1968)."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

ROUNDS = 4  # of swaps: hardly anything is left to be found after two
TRIED = 40  # candidates a site is swapped with: those that are worth the most alone


def alone(saved: Floats, weight: Floats, capacity: float | None) -> Floats:
    """Give what each candidate would save if it were the only one, the nearest demands first until it is full.

    `saved` is (demands, candidates) what a unit of `weight` saves there, 0 or less where it can't go.
    """
    order = np.argsort(-saved, axis=0, kind="stable")
    worth = np.maximum(np.take_along_axis(saved, order, axis=0), 0.0)
    brought = np.where(worth > 0, weight[order], 0.0)
    before = np.cumsum(brought, axis=0) - brought
    room = np.inf if capacity is None else capacity
    return np.asarray((np.clip(room - before, 0.0, brought) * worth).sum(axis=0))


def assign(saved: Floats, weight: Floats, capacity: float | None, opened: Sequence[int]) -> Floats:
    """Give the share of each demand that goes to each opened site: what saves the most first, while there is room."""
    share = np.zeros((len(weight), len(opened)))
    worth = saved[:, list(opened)]
    if capacity is None:
        best = worth.argmax(axis=1)
        served = worth.max(axis=1) > 0
        share[np.flatnonzero(served), best[served]] = 1.0
        return share
    room, left = np.full(len(opened), capacity), weight.astype(float).copy()
    demand, site = np.nonzero(worth > 0)
    for one in np.argsort(-worth[demand, site], kind="stable"):
        moved = min(left[demand[one]], room[site[one]])
        if moved > 0:
            share[demand[one], site[one]] = moved / weight[demand[one]]
            left[demand[one]] -= moved
            room[site[one]] -= moved
    return share


def choose(saved: Floats, weight: Floats, capacity: float | None, sites: int) -> list[int]:
    """Choose sites: add the best one by one, then swap as long as that saves more."""

    def worth(opened: Sequence[int]) -> float:
        share = assign(saved, weight, capacity, opened)
        return float((weight[:, None] * share * saved[:, list(opened)]).sum())

    likely = np.argsort(-alone(saved, weight, capacity), kind="stable")[: TRIED * max(sites, 1)].tolist()
    opened: list[int] = []
    for _ in range(min(sites, len(likely))):
        opened.append(max((one for one in likely if one not in opened), key=lambda one: worth([*opened, one])))
    return _swapped(opened, likely, worth)


def _swapped(opened: list[int], likely: list[int], worth: Callable[[Sequence[int]], float]) -> list[int]:
    best = worth(opened)
    for _ in range(ROUNDS):
        before = best
        for at in range(len(opened)):
            for one in likely:
                tried = [*opened[:at], one, *opened[at + 1 :]]
                if one not in opened and (found := worth(tried)) > best * (1 + 1e-9):
                    opened, best = tried, found
        if best == before:
            break
    return opened
