"""Compare texts by their letters: TF-IDF over character n-grams within words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

NGRAM = (3, 5)  # measured best on Finnish and English listings
# An n-gram is known by its hash and not by its letters: no dictionary to build, to keep in memory or to send about.
# Half a million listings have some 60,000 different ones, so that one in twenty shares its place with another.
PLACES = 2**20
UNKNOWN = -1


class Characters:
    """Turn folded texts into unit vectors over the n-grams of the texts it was made from.

    `places` gives the column of each hash (UNKNOWN where no text had it), `rarity` the weight of each column.
    """

    def __init__(self, places: npt.NDArray[np.int32], rarity: npt.NDArray[np.float64]) -> None:
        self.places, self.rarity = places, rarity

    @classmethod
    def of(cls, counted: Sequence[sparse.csr_array]) -> Characters:
        """Learn from counted texts which n-grams there are and how rare each is."""
        texts_with = sum((np.bincount(part.indices, minlength=PLACES) for part in counted), np.zeros(PLACES, int))
        known = np.flatnonzero(texts_with)
        places = np.full(PLACES, UNKNOWN, dtype=np.int32)
        places[known] = np.arange(len(known))
        texts = sum(part.shape[0] for part in counted)
        return cls(places, np.log((1 + texts) / (1 + texts_with[known])) + 1)

    def vectors(self, texts: Sequence[str]) -> sparse.csr_array:
        """Give one row a text; a text of nothing known is a row of zeros."""
        return self.weighed(count(texts))

    def weighed(self, counted: sparse.csr_array) -> sparse.csr_array:
        """Weigh counts by rarity, a repetition less than the first, and bring each row to unit length."""
        columns = self.places[counted.indices]
        known = columns != UNKNOWN
        starts = np.concatenate([[0], np.cumsum(known)])[counted.indptr]
        columns = columns[known]
        weights = (1 + np.log(counted.data[known].astype(float))) * self.rarity[columns]
        rows = np.repeat(np.arange(counted.shape[0]), np.diff(starts))
        length = np.sqrt(np.bincount(rows, weights**2, minlength=counted.shape[0]))
        rows_of = (weights / length[rows], columns, starts.astype(np.int32))
        return cast("sparse.csr_array", sparse.csr_array(rows_of, shape=(counted.shape[0], len(self.rarity))))


def count(texts: Sequence[str]) -> sparse.csr_array:
    """Count the n-grams of each text, a row a text and a column a hash."""
    if not texts:
        return sparse.csr_array(np.zeros((0, PLACES), dtype=np.uint16))
    # scikit-learn costs a second at start-up, and most commands never match anything.
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415

    vectoriser = HashingVectorizer(
        analyzer="char_wb",
        ngram_range=NGRAM,
        n_features=PLACES,
        lowercase=False,
        norm=None,
        alternate_sign=False,
        dtype=np.float32,
    )
    return sparse.csr_array(sparse.csr_matrix(vectoriser.transform(list(texts)), dtype=np.uint16))
