"""All resources ready for matching: their letters and concepts as sparse rows, made once and grown by the changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from config.errors import MatchProblem
from matching import frame, weights
from matching.characters import Characters
from matching.concept_rows import ConceptRows
from matching.concepts import Taxonomy, load
from matching.words import fold

TITLE_TIMES = 2  # the title says what it is, the description around it says how and where


@dataclass(frozen=True)
class MatchIndex:
    """Hold resources and their vectors; never changed in place, so that many sessions can read one index.

    `resources` has the columns of `frame.prepare`; row i of `letters` and `concepts` belongs to its row i.
    """

    resources: pd.DataFrame
    characters: Characters
    concept_space: ConceptRows
    letters: sparse.csr_array
    concepts: sparse.csr_array

    @classmethod
    def build(cls, resources: pd.DataFrame, taxonomy: Taxonomy | None = None) -> "MatchIndex":
        """Make an index of all resources; `resources` has the columns of `frame.COLUMNS`."""
        prepared = frame.prepare(resources)
        characters = Characters(_texts(prepared))
        space = ConceptRows(taxonomy or load(), weights.defaults().concepts, prepared)
        return cls(prepared, characters, space, characters.fitted, space.vectors(prepared))

    def add(self, resources: pd.DataFrame) -> "MatchIndex":
        """Give an index that also holds these resources, in the place of any of the same id."""
        prepared = frame.prepare(resources)
        kept = self.remove(prepared["id"].tolist())
        return MatchIndex(
            pd.concat([kept.resources, prepared], ignore_index=True),
            self.characters,
            self.concept_space,
            sparse.csr_array(sparse.vstack([kept.letters, self.characters.vectors(_texts(prepared))])),
            sparse.csr_array(sparse.vstack([kept.concepts, self.concept_space.vectors(prepared)])),
        )

    def remove(self, ids: Sequence[int]) -> "MatchIndex":
        """Give an index without these resources; an id that it does not hold is no fault."""
        keep = np.flatnonzero(~self.resources["id"].isin(ids).to_numpy())
        if len(keep) == len(self.resources):
            return self
        rows = self.resources.iloc[keep].reset_index(drop=True)
        return MatchIndex(rows, self.characters, self.concept_space, self.letters[keep], self.concepts[keep])

    def position(self, resource_id: int) -> int:
        """Tell the row of a resource; raise MatchProblem when it is not here."""
        try:
            return self._positions[resource_id]
        except KeyError as error:
            raise MatchProblem("match.unknown_resource", id=resource_id) from error

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {int(resource): row for row, resource in enumerate(self.resources["id"])}

    @cached_property
    def columns(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Give letters and concepts turned over: the inverted indexes that a product walks along."""
        return sparse.csr_array(self.letters.T.tocsr()), sparse.csr_array(self.concepts.T.tocsr())

    def cosines(self, rows: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Compare some resources with all: letters and concepts, each (len(rows), all)."""
        letters, words = self.columns
        return (self.letters[rows] @ letters).toarray(), (self.concepts[rows] @ words).toarray()


def _texts(prepared: pd.DataFrame) -> list[str]:
    return [
        fold(" ".join([title] * TITLE_TIMES + [description]))
        for title, description in zip(prepared["title"], prepared["description"], strict=True)
    ]
