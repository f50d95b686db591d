"""A peer that knows concepts and nothing else: the longest words of a table found in a text, added to the letters.

It stands for what a table alone gives, without grammar, compounds or weighing, and so tells how hard a set of listings
is. Fed with the seed of the design (`--seed`) it is the peer that the targets were set against.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from matching.concepts import TABLE
from matching.evaluate import Grid
from matching.words import fold

PEER = "naive tagger"
HALF = 0.5  # what a wider concept and a use count of the concept itself
ADDED = 0.6  # times the concepts, added to the letters
WHOLE = 4  # letters; a shorter term must be a word of its own, a longer one may stand inside another
STEM = 6  # letters; a longer term may lack its last one, which an ending changes


@dataclass
class Naive:
    """Hold the words of a table, the longest first, and what each concept leads to in one step."""

    words: list[tuple[str, str]] = field(default_factory=list)
    near: dict[str, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Path | None = None) -> "Naive":
        """Read a table in the form of the project's own one, generic words left out."""
        found = cls()
        with (table or TABLE).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["stop"] != "1":
                    found._read(row)
        found.words.sort(key=lambda one: (-len(one[0]), one))
        return found

    def _read(self, row: Mapping[str, str]) -> None:
        near = [*row["broader"].split("|"), *row["good_for"].split("|")]
        self.near[row["id"]] = {**dict.fromkeys(filter(None, near), HALF), row["id"]: 1.0}
        terms = {fold(term.replace("+", "")) for name in ("fi", "sv", "en") for term in row[name].split("|")}
        self.words += [(self._stem(term), row["id"]) for term in sorted(terms - {""})]

    @staticmethod
    def _stem(term: str) -> str:
        return f" {term} " if len(term) < WHOLE else f" {term[:-1] if len(term) > STEM else term}"

    def tags(self, text: str) -> dict[str, float]:
        """Find the longest words first; what one has taken, none finds again."""
        left, found = f" {fold(text)} ", dict[str, float]()
        for word, concept in self.words:
            if word in left or (len(word) > STEM and word.strip() in left):
                left = left.replace(word.strip(), "\n")
                for other, weight in self.near[concept].items():
                    found[other] = max(found.get(other, 0.0), weight)
        return found

    def cosines(self, offers: pd.DataFrame, needs: pd.DataFrame) -> Grid:
        """Compare every offer with every need by what they name."""
        first, second = (self._vectors(side["title"].tolist()) for side in (offers, needs))
        return np.asarray(first @ second.T, dtype=float)

    def _vectors(self, texts: list[str]) -> Grid:
        column = {concept: at for at, concept in enumerate(self.near)}
        rows = np.zeros((len(texts), len(column)))
        for at, text in enumerate(texts):
            for concept, weight in self.tags(text).items():
                if concept in column:
                    rows[at, column[concept]] = weight
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12), dtype=float)
