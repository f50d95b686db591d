"""Turn listings into vectors over concepts: what they name, what that belongs to and what it is good for.

An offer spreads to all that it is good for, since a need is mostly stated as a use; a need spreads to its own uses
less: who wants sawdust for bedding does not want all that is good for bedding. A need also spreads to who makes what it
names: raw material for glass wool is for a maker of glass wool. So the two sides of a pair are weighed differently, and
a vector depends on the direction of its listing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from matching.concepts import Reach, Taxonomy
from matching.frame import ONLY

_READ = ("title", "description", "language", "concepts", "ewc_code", "direction")

RARITY = 0.75  # the power of what a concept's rarity counts: measured, the root and the whole found less
# The power of its length that a vector is divided by. At 1 a need that says one thing (fuel) beats one that says the
# same and more (fuel pellets for a boiler) for every offer: measured, MRR .634 -> .641 over the read sets; .7 is alike.
EVENING = 0.8
USUAL = 1.44  # the length that comes out as 1
# The power of how many concepts a waste code is typical of: one that stands for nineteen says little for each.
SHARED = 0.33

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Spread:
    """Hold for each concept, in the order of the table, what it spreads to: columns and weights between two starts."""

    starts: npt.NDArray[np.int64]
    columns: Places
    weights: Numbers

    @classmethod
    def of(cls, around: Mapping[str, Mapping[str, float]], column: Mapping[str, int]) -> "Spread":
        """Lay out what `Taxonomy.around` gives."""
        reached = list(around.values())
        return cls(
            np.concatenate([[0], np.cumsum([len(one) for one in reached])]).astype(np.int64),
            np.array([column[other] for one in reached for other in one], dtype=np.int32),
            np.array([weight for one in reached for weight in one.values()]),
        )

    def apply(self, rows: Places, named: Places, weights: Numbers) -> tuple[Places, Places, Numbers]:
        """Give (row, column, weight) of all that the named concepts spread to, several times where several do."""
        counts = self.starts[named + 1] - self.starts[named]
        first = np.repeat(self.starts[named] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        at = first + np.arange(len(first))
        return np.repeat(rows, counts), self.columns[at], np.repeat(weights, counts) * self.weights[at]


class ConceptRows:
    """Give vectors of about unit length over the concepts, rare ones weighing more.

    How rare a concept is, is counted in the first `resources`.
    """

    def __init__(self, taxonomy: Taxonomy, weights: Mapping[str, float], resources: pd.DataFrame) -> None:
        self.taxonomy = taxonomy
        self._weights = weights
        self._column = {concept: column for column, concept in enumerate(taxonomy.concepts)}
        self._own = {
            concept.id: 0.0 if concept.stop else weights["property"] if concept.kind == "property" else 1.0
            for concept in taxonomy.concepts.values()
        }
        self._around = {
            direction: taxonomy.around(_reach(weights, good_for, made_by))
            for direction, good_for, made_by in (
                ("have", "good_for", 0.0),
                ("want", "want_good_for", weights["made_by"]),
            )
        }
        self._spread = {direction: Spread.of(around, self._column) for direction, around in self._around.items()}
        self.rarity = self.count([self.raw(resources)])

    def count(self, parts: Sequence[sparse.csr_array]) -> Numbers:
        """Tell how rare each concept is in the raw rows of all parts together, from 1 for one that nobody names.

        Less than what texts are weighed by: what a table says is of use is no noise, however often it is named.
        """
        seen = sum((np.bincount(raw.indices, minlength=len(self._column)) for raw in parts), np.zeros(1))
        many = np.log(1 + sum(raw.shape[0] for raw in parts))
        return np.asarray(((many - np.log(1 + seen) + 1) / (many + 1)) ** RARITY)

    def vectors(self, resources: pd.DataFrame) -> sparse.csr_array:
        """Give one row a resource; one that names nothing known is a row of zeros."""
        return self.weighed(self.raw(resources))

    def weighed(self, raw: sparse.csr_array) -> sparse.csr_array:
        """Weigh raw rows by rarity and bring each near unit length: see EVENING."""
        raw = raw.copy()
        raw.data *= self.rarity[raw.indices]
        length = np.sqrt(np.asarray(raw.multiply(raw).sum(axis=1)).ravel())
        evened = length**EVENING * USUAL ** (1 - EVENING)
        scale = np.divide(1.0, evened, out=np.zeros_like(length), where=length > 0)
        return sparse.csr_array(sparse.diags_array(scale) @ raw)

    def raw(self, resources: pd.DataFrame) -> sparse.csr_array:
        """Give the weights of what each resource names, before rarity is counted in."""
        columns: list[int] = []
        weights: list[float] = []
        counts: list[int] = []
        given = resources[list(_READ)]
        for row in zip(*(given[column].tolist() for column in _READ), strict=True):
            named = self._named(dict(zip(_READ, row, strict=True)))
            columns += [self._column[concept] for concept in named]
            weights += named.values()
            counts.append(len(named))
        at = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        wanted = (resources["direction"] == "want").to_numpy(dtype=bool)
        return self._spread_out(at, np.array(columns, dtype=np.int32), np.array(weights), wanted)

    def _spread_out(
        self, rows: Places, named: Places, weights: Numbers, wanted: npt.NDArray[np.bool_]
    ) -> sparse.csr_array:
        parts = []
        for direction, side in (("have", ~wanted), ("want", wanted)):
            mine = side[rows]
            parts.append(self._spread[direction].apply(rows[mine], named[mine], weights[mine]))
        row, column, weight = (np.concatenate(one) for one in zip(*parts, strict=True))
        # The strongest of all that leads to a concept counts: sort, then the largest of each run.
        key = row.astype(np.int64) * len(self._column) + column
        order = np.argsort(key, kind="stable")
        key, weight = key[order], weight[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        best = np.maximum.reduceat(weight, first) if len(first) else weight
        row, column = np.divmod(key[first], len(self._column))
        starts = np.searchsorted(row, np.arange(len(wanted) + 1))
        return sparse.csr_array((best, column.astype(np.int32), starts), shape=(len(wanted), len(self._column)))

    def _named(self, resource: Mapping[Any, Any]) -> dict[str, float]:
        """Weigh what a resource names: 1 for what it was classified as, beside what its text says or in its place."""
        given = resource["concepts"]  # a prepared frame holds them in one text
        given = given.split() if isinstance(given, str) else given
        known = isinstance(given, list | tuple | np.ndarray)
        named = {str(concept): 1.0 for concept in given if concept in self._column} if known else {}
        if not (named and ONLY in given):
            named = {**self._told(resource), **named}
        coded = self.taxonomy.of_ewc(str(resource["ewc_code"] or ""))
        for concept in coded:
            named.setdefault(concept, self._weights["ewc"] / len(coded) ** SHARED)
        return {concept: weight * self._own[concept] for concept, weight in named.items() if self._own[concept]}

    def _told(self, resource: Mapping[Any, Any]) -> dict[str, float]:
        """Weigh what the text of a resource names: up to 1 in its title, less around it."""
        language = str(resource["language"])
        named = dict(self.taxonomy.tags(resource["title"], language))
        if resource["description"]:
            for concept, weight in self.taxonomy.tags(resource["description"], language).items():
                named[concept] = max(named.get(concept, 0.0), weight * self._weights["description"])
        return self._without_origin(named) if resource["direction"] == "have" else named

    def _without_origin(self, named: dict[str, float]) -> dict[str, float]:
        """Weigh less, beside a material on offer, the line of business: mostly it tells where that comes from."""
        kinds = {concept: self.taxonomy.concepts[concept].kind for concept in named}
        if all(kind in ("use", "property") for kind in kinds.values()):
            return named
        origin = self._weights["origin"]
        return {concept: weight * (origin if kinds[concept] == "use" else 1.0) for concept, weight in named.items()}

    def of(self, resource: Mapping[Any, Any]) -> dict[str, float]:
        """Weigh the concepts of one resource: what it names, and what that belongs to and is good for."""
        found: dict[str, float] = {}
        around = self._around["want" if resource.get("direction") == "want" else "have"]
        for concept, weight in self.named(resource).items():
            for other, share in around[concept].items():
                found[other] = max(found.get(other, 0.0), weight * share)
        return found

    def named(self, resource: Mapping[Any, Any]) -> dict[str, float]:
        """Weigh only what a resource names itself, without what that belongs to and is good for."""
        return self._named({column: resource.get(column) for column in _READ})

    def shared(self, first: Mapping[Any, Any], second: Mapping[Any, Any]) -> list[str]:
        """Give the concepts that two resources have in common and one of them names itself, the weightiest first."""
        one, other = self.of(first), self.of(second)
        worth = {
            concept: weight * other[concept] * self._rarity_of(concept) ** 2
            for concept, weight in one.items()
            if max(weight, other.get(concept, 0.0)) >= self._weights["description"] and concept in other
        }
        return sorted(worth, key=lambda concept: (-worth[concept], concept))

    def fits(self, have: Mapping[Any, Any], want: Mapping[Any, Any]) -> list[tuple[str, str]]:
        """Tell which material of an offer is good for which use that a need names, the weightiest first."""
        offered, needed = self.named(have), self.named(want)
        worth = {
            (material, use): weight * needed[use] * share * self._rarity_of(use)
            for material, weight in offered.items()
            for use, share in self._around["have"][material].items()
            if use in needed and use != material and self.taxonomy.concepts[use].kind == "use"
        }
        return sorted(worth, key=lambda pair: (-worth[pair], pair))

    def _rarity_of(self, concept: str) -> float:
        return float(self.rarity[self._column[concept]])


def _reach(weights: Mapping[str, float], good_for: str, made_by: float) -> Reach:
    return Reach(weights["broader"], weights[good_for], weights["use"], weights["later"], weights["least"], made_by)
