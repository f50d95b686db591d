"""Turn listings into vectors over concepts: what they name, what that belongs to and what it is good for."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from matching.concepts import Taxonomy
from matching.words import fold

_READ = ("title", "description", "language", "concepts", "ewc_code")


class ConceptRows:
    """Give unit vectors over the concepts, rare ones weighing more; how rare is counted in the first `resources`."""

    def __init__(self, taxonomy: Taxonomy, weights: Mapping[str, float], resources: pd.DataFrame) -> None:
        self.taxonomy = taxonomy
        self._weights = weights
        self._column = {concept: column for column, concept in enumerate(taxonomy.concepts)}
        self.rarity = self.count([self.raw(resources)])

    def count(self, parts: Sequence[sparse.csr_array]) -> npt.NDArray[np.float64]:
        """Tell how rare each concept is in the raw rows of all parts together."""
        seen = sum((np.bincount(raw.indices, minlength=len(self._column)) for raw in parts), np.zeros(1))
        return np.asarray(np.log((1 + sum(raw.shape[0] for raw in parts)) / (1 + seen)) + 1)

    def vectors(self, resources: pd.DataFrame) -> sparse.csr_array:
        """Give one row a resource; one that names nothing known is a row of zeros."""
        return self.weighed(self.raw(resources))

    def weighed(self, raw: sparse.csr_array) -> sparse.csr_array:
        """Weigh raw rows by rarity and bring each to unit length."""
        raw = raw.copy()
        raw.data *= self.rarity[raw.indices]
        length = np.sqrt(np.asarray(raw.multiply(raw).sum(axis=1)).ravel())
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        return sparse.csr_array(sparse.diags_array(scale) @ raw)

    def raw(self, resources: pd.DataFrame) -> sparse.csr_array:
        """Give the weights of what each resource names, before rarity is counted in."""
        data: list[float] = []
        columns: list[int] = []
        starts = [0]
        for row in resources[list(_READ)].to_dict("records"):
            found = self.of(row)
            columns += [self._column[concept] for concept in found]
            data += found.values()
            starts.append(len(data))
        shape = (len(resources), len(self._column))
        return sparse.csr_array((np.array(data), np.array(columns, dtype=np.int32), np.array(starts)), shape=shape)

    def of(self, resource: Mapping[Any, Any]) -> dict[str, float]:
        """Weigh the concepts of one resource: 1 for what its title names or somebody has set by hand."""
        language = str(resource["language"])
        named = dict.fromkeys(self.taxonomy.tags(fold(resource["title"]), language), 1.0)
        given = resource["concepts"]
        if isinstance(given, list | tuple | np.ndarray):
            named |= {str(concept): 1.0 for concept in given if concept in self.taxonomy.concepts}
        for concept in self.taxonomy.tags(fold(resource["description"]), language):
            named.setdefault(concept, self._weights["description"])
        for concept in self.taxonomy.by_ewc.get(str(resource["ewc_code"]), ()):
            named.setdefault(concept, self._weights["ewc"])
        found: dict[str, float] = {}
        for concept, weight in named.items():
            self._spread(concept, weight, found)
        return found

    def shared(self, first: Mapping[Any, Any], second: Mapping[Any, Any]) -> list[str]:
        """Give the concepts that two resources have in common and one of them names itself, the weightiest first."""
        one, other = self.of(first), self.of(second)
        worth = {
            concept: weight * other[concept] * self.rarity[self._column[concept]] ** 2
            for concept, weight in one.items()
            if max(weight, other.get(concept, 0.0)) >= self._weights["description"] and concept in other
        }
        return sorted(worth, key=lambda concept: (-worth[concept], concept))

    def _spread(self, name: str, weight: float, found: dict[str, float]) -> None:
        concept = self.taxonomy.concepts[name]
        if concept.stop:
            return
        own = weight * (self._weights["property"] if concept.kind == "property" else 1.0)
        found[name] = max(found.get(name, 0.0), own)
        for names, share in ((concept.broader, "broader"), (concept.good_for, "good_for")):
            for other in names:
                if other in self.taxonomy.concepts and not self.taxonomy.concepts[other].stop:
                    found[other] = max(found.get(other, 0.0), weight * self._weights[share])
