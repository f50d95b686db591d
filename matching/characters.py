"""Compare texts by their letters: TF-IDF over character n-grams within words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sklearn.feature_extraction.text import TfidfVectorizer

NGRAM = (3, 5)  # measured best on Finnish and English listings
FEATURES_MAX = 200_000  # the commonest n-grams; the rare rest is in one text only and matches nothing


class Characters:
    """Turn folded texts into unit vectors, in the vocabulary of the texts it was made from; `fitted` are theirs."""

    def __init__(self, texts: Sequence[str]) -> None:
        # scikit-learn costs a second at start-up, and most commands never match anything.
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        self._vectoriser: TfidfVectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=NGRAM, sublinear_tf=True, lowercase=False, max_features=FEATURES_MAX
        )
        # A vocabulary can't be empty, and an empty store has no texts.
        empty = not any(texts)
        # Reading the letters is what takes the time: once, not once to count and once to weigh.
        fitted = self._vectoriser.fit_transform(["..."] if empty else list(texts))
        self.fitted = self.vectors(texts) if empty else sparse.csr_array(fitted)

    def vectors(self, texts: Sequence[str]) -> sparse.csr_array:
        """Give one row a text; a text of nothing known is a row of zeros."""
        if not texts:
            return sparse.csr_array((0, len(self._vectoriser.vocabulary_)))
        return sparse.csr_array(self._vectoriser.transform(list(texts)))
