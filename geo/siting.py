"""Where to put p sites so that what goes to them goes the least far: the p-median problem, solved by HiGHS.

Sites may be limited in what they take, and a demand that no open site is near enough to stays where it is. Hakimi
(1964) has the problem, ReVelle and Swain (1970) its integer programme; scipy.optimize.milp hands it to HiGHS.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from config.errors import GeoProblem
from geo import swapping

UNSERVED = 2.0  # times the longest haul: leaving a tonne costs more than any way that is allowed
TIME_LIMIT_S = 20.0
DONE = 0  # the solver has proved its answer

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Sites:
    """Hold which candidates are opened and what of each demand goes to them.

    Attributes
    ----------
    opened : places of the candidates, ascending.
    share : (demands, candidates) of each demand that goes there; rows add up to 1 or less.
    gap : how much better the best that is possible may be at most, as a share; 0 when this is the best.
    served, tonne_km : of all demands together, by their weights.
    """

    opened: Places
    share: Floats
    gap: float
    served: float
    tonne_km: float

    @property
    def mean_km(self) -> float:
        """Give the mean way of what is served; NaN where nothing is."""
        return self.tonne_km / self.served if self.served > 0 else float("nan")


@dataclass(frozen=True)
class Task:
    """Hold demands, the way of each to each candidate, and what a site may be.

    Parameters
    ----------
    km : (demands, candidates); NaN where there is no way.
    weight : of each demand, such as its tonnes a year.
    longest_km : beyond it nothing is brought.
    capacity : that a site takes at most, in the unit of `weight`; None: all.
    """

    km: Floats
    weight: Floats
    longest_km: float
    capacity: float | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        fits = self.km.ndim == 2 and len(self.weight) == len(self.km)  # noqa: PLR2004 - demands and candidates
        if not (fits and self.longest_km > 0 and bool((self.weight >= 0).all())):
            raise GeoProblem("siting.task", longest_km=self.longest_km)

    @property
    def reached(self) -> npt.NDArray[np.bool_]:
        """Tell which ways are short enough."""
        return np.asarray(self.km <= self.longest_km)

    @property
    def saved(self) -> Floats:
        """Give what a tonne saves that goes to a candidate instead of staying; 0 where it can't go there."""
        return np.where(self.reached, UNSERVED * self.longest_km - np.nan_to_num(self.km), 0.0)


def p_median(task: Task, sites: int, *, time_limit_s: float = TIME_LIMIT_S) -> Sites:
    """Choose `sites` candidates so that as much as possible is served, by the shortest ways.

    The least tonne-km, where a tonne that is not served counts as UNSERVED times the longest haul. One site is found
    by trying all. For more the solver has `time_limit_s`; where that was too short, or none at all, the best that
    swapping finds stands, and `gap` says how far it can be from the best.
    """
    demand, candidate = np.nonzero(task.reached)
    if not len(demand) or sites < 1:
        return _answer(task, np.zeros(0, np.intp), 0.0)
    worth = swapping.alone(task.saved, task.weight, task.capacity)
    if sites == 1:
        return _answer(task, np.array([worth.argmax()], dtype=np.intp), 0.0)
    if time_limit_s <= 0:
        return _swapped(task, worth, sites)
    program = _Program(task, demand, candidate, min(sites, task.km.shape[1]))
    solved = milp(
        program.cost,
        constraints=program.constraints,
        integrality=program.whole,
        bounds=Bounds(0, 1),
        options={"time_limit": time_limit_s, "mip_rel_gap": 1e-6},
    )
    tried = []
    if solved.x is not None:
        found = np.flatnonzero(solved.x[: task.km.shape[1]] > 0.5)  # noqa: PLR2004 - a whole number, to the solver's digits
        share = np.zeros(task.km.shape)
        share[demand, candidate] = np.clip(solved.x[task.km.shape[1] :], 0.0, 1.0)
        tried.append(_shared(task, found[share[:, found].sum(axis=0) > 0], share, 0.0))
    if solved.status != DONE:
        tried.append(_answer(task, np.array(swapping.choose(task.saved, task.weight, task.capacity, sites)), 0.0))
    best = max(tried, key=partial(_worth, task))
    bound = _most(task, worth, sites)
    if solved.mip_dual_bound is not None:  # a solver that was stopped early knows less than plain sums do
        bound = min(bound, -float(solved.mip_dual_bound))
    gap = 0.0 if solved.status == DONE else max(0.0, bound / max(_worth(task, best), 1e-9) - 1)
    return Sites(best.opened, best.share, gap, best.served, best.tonne_km)


def _swapped(task: Task, worth: Floats, sites: int) -> Sites:
    """Choose by adding and swapping alone."""
    best = _answer(task, np.array(swapping.choose(task.saved, task.weight, task.capacity, sites)), 0.0)
    return replace(best, gap=max(0.0, _most(task, worth, sites) / max(_worth(task, best), 1e-9) - 1))


def _most(task: Task, worth: Floats, sites: int) -> float:
    """Bound what sites save together: no more than each of the best alone, nor than all demands at their nearest."""
    nearest = float((task.weight * task.saved.max(axis=1)).sum())
    return min(nearest, float(np.sort(worth)[-sites:].sum()))


def _worth(task: Task, sites: Sites) -> float:
    return UNSERVED * task.longest_km * sites.served - sites.tonne_km


def _answer(task: Task, opened: Places, gap: float) -> Sites:
    """Bring what the opened sites have room for to the one that is nearest."""
    share = np.zeros(task.km.shape)
    if len(opened):
        share[:, opened] = swapping.assign(task.saved, task.weight, task.capacity, opened.tolist())
    return _shared(task, np.sort(opened[share[:, opened].sum(axis=0) > 0]), share, gap)


def _shared(task: Task, opened: Places, share: Floats, gap: float) -> Sites:
    tonnes = task.weight[:, None] * share
    ways = np.where(share > 0, np.nan_to_num(task.km), 0.0)
    return Sites(opened, share, gap, float(tonnes.sum()), float((tonnes * ways).sum()))


class _Program:
    """Lay out the integer programme: a column a candidate, then a column a way that is short enough."""

    def __init__(self, task: Task, demand: Places, candidate: Places, sites: int) -> None:
        self.candidates, self.ways = task.km.shape[1], len(demand)
        weight = task.weight[demand]
        self.cost = np.concatenate([np.zeros(self.candidates), -weight * task.saved[demand, candidate]])
        self.whole = np.concatenate([np.ones(self.candidates), np.zeros(self.ways)])
        self.constraints = [self._count(sites), self._once(demand, len(task.km)), self._open(candidate)]
        if task.capacity is not None:
            self.constraints.append(self._capacity(candidate, weight, task.capacity))

    def _count(self, sites: int) -> LinearConstraint:
        return LinearConstraint(np.concatenate([np.ones(self.candidates), np.zeros(self.ways)])[None], 0, sites)

    def _once(self, demand: Places, demands: int) -> LinearConstraint:
        """No more of a demand goes away than there is."""
        at = (demand, self.candidates + np.arange(self.ways))
        return LinearConstraint(self._rows(np.ones(self.ways), at, demands), -np.inf, 1)

    def _open(self, candidate: Places) -> LinearConstraint:
        """Nothing goes to a site that is not open."""
        row = np.arange(self.ways)
        values = np.concatenate([np.ones(self.ways), -np.ones(self.ways)])
        at = (np.concatenate([row, row]), np.concatenate([self.candidates + row, candidate]))
        return LinearConstraint(self._rows(values, at, self.ways), -np.inf, 0)

    def _capacity(self, candidate: Places, weight: Floats, most: float) -> LinearConstraint:
        column = np.arange(self.candidates)
        values = np.concatenate([weight, np.full(self.candidates, -most)])
        at = (np.concatenate([candidate, column]), np.concatenate([self.candidates + np.arange(self.ways), column]))
        return LinearConstraint(self._rows(values, at, self.candidates), -np.inf, 0)

    def _rows(self, values: Floats, at: tuple[Places, Places], rows: int) -> sparse.csr_array:
        return sparse.csr_array(sparse.coo_array((values, at), shape=(rows, self.candidates + self.ways)))


def aggregated(km: Floats, weight: Floats, groups: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Join demands of one place (`groups`: 0, 1, ...): their weights added up, their ways as the mean by weight.

    A way that any of them lacks is none: what is joined goes the same way. So no way is guessed from a middle point.
    """
    count = int(groups.max(initial=-1)) + 1
    total = np.bincount(groups, weight, count)
    part = np.maximum(weight, 1e-9) / np.bincount(groups, np.maximum(weight, 1e-9), count)[groups]
    joined = np.zeros((count, km.shape[1]))
    np.add.at(joined, groups, part[:, None] * km)
    return np.asarray(joined), np.asarray(total, dtype=np.float64)
