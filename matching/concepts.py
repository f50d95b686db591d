"""What a listing is about: materials, energies, services and uses, the same in three languages.

The table is config/taxonomy/concepts.csv: a `+` in a term marks where a compound parts, `broader` names the wider
concept, `good_for` the uses of a material, `stop` the generic words that carry no weight.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.settings import ROOT
from matching.words import fold, goes_on, squeeze, stem

TABLE = ROOT / "config" / "taxonomy" / "concepts.csv"
LANGUAGES = ("fi", "sv", "en")
WHOLE_MAX = 3  # so short a term (PE, ash, oil) counts only as a whole word
INNER_MIN = 4  # the shortest stem that is looked for inside a compound
ENGLISH_TAIL = 3  # what may follow an English stem in its word: s, es, ing
FOREIGN_TAIL = 2  # a word of another language than the text's own must stand nearly bare
FOREIGN_MIN = 5

_END = ""  # no letter is the empty string, so it can hold what ends at a node of the tree
Tree = dict[str, "Tree | list[tuple[str, str]]"]


@dataclass(frozen=True)
class Concept:
    """Hold one row of the table; `names` are the first terms in fi, sv, en."""

    id: str
    kind: str
    terms: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...]
    good_for: tuple[str, ...]
    ewc: tuple[str, ...]
    stop: bool

    def name(self, language: str) -> str:
        """Give the concept's everyday word."""
        return self.terms[language][0] if self.terms.get(language) else self.id.replace("_", " ")


@dataclass(frozen=True)
class Taxonomy:
    """Hold the concepts by id, the waste codes that are typical of each, and the tree of terms of each language."""

    concepts: Mapping[str, Concept]
    by_ewc: Mapping[str, tuple[str, ...]]
    trees: Mapping[str, Tree]

    def tags(self, folded: str, language: str) -> dict[str, int]:
        """Find the concepts of a folded text: concept id -> letters of the text that speak for it.

        Leftmost, longest term first. The stated language is believed unless it finds nothing.
        """
        squeezed = squeeze(folded)
        own = _scan(squeezed, self.trees[language], language)
        others = [other for other in LANGUAGES if other != language]
        if not own:
            guesses = [_scan(squeezed, self.trees[other], other) for other in others]
            own = max(guesses, key=lambda guess: sum(guess.values()))
        for other in others:
            for concept, letters in _scan(squeezed, self.trees[other], other, foreign=True).items():
                own.setdefault(concept, letters)
        return own


def _scan(text: str, tree: Tree, language: str, *, foreign: bool = False) -> dict[str, int]:
    found: dict[str, int] = {}
    at = 0
    while at < len(text):
        end, concepts = _longest(text, at, tree, language, foreign=foreign)
        for concept in concepts:
            found[concept] = found.get(concept, 0) + end - at
        at = end if concepts else at + 1
        if foreign and not concepts:  # a foreign word begins only where a word begins
            at = text.find(" ", at) + 1 or len(text)
    return found


def _longest(text: str, start: int, tree: Tree, language: str, *, foreign: bool) -> tuple[int, list[str]]:
    node, best, concepts = tree, start, list[str]()
    for at in range(start, len(text)):
        step = node.get(text[at])
        if not isinstance(step, dict):
            break
        node = step
        ends = node.get(_END)
        if isinstance(ends, list) and _fits(text, start, at + 1, language, foreign=foreign):
            following = text[at + 1 : at + 2] or " "
            named = [one for one, term in ends if goes_on(term, text[start : at + 1], language, following)]
            if named:
                best, concepts = at + 1, named
    return best, concepts


def _fits(text: str, start: int, end: int, language: str, *, foreign: bool) -> bool:
    initial = start == 0 or text[start - 1] == " "
    length = end - start
    space = text.find(" ", end)
    tail = (space if space >= 0 else len(text)) - end
    if foreign:
        return initial and length >= FOREIGN_MIN and tail <= FOREIGN_TAIL
    if length <= WHOLE_MAX:
        return initial and tail <= (1 if language == "en" else 2)
    if language == "en":
        return initial and tail <= ENGLISH_TAIL
    return initial or length >= INNER_MIN


@cache
def load(path: Path = TABLE) -> Taxonomy:
    """Read the table of concepts once a process."""
    with path.open(encoding="utf-8", newline="") as lines:
        concepts = {row["id"]: _concept(row) for row in csv.DictReader(lines)}
    by_ewc: dict[str, tuple[str, ...]] = {}
    for concept in concepts.values():
        for code in concept.ewc:
            by_ewc[code] = (*by_ewc.get(code, ()), concept.id)
    return Taxonomy(concepts, by_ewc, {language: _tree(concepts, language) for language in LANGUAGES})


def _concept(row: Mapping[str, str]) -> Concept:
    terms = {language: tuple(term.replace("+", "") for term in _list(row[language])) for language in LANGUAGES}
    return Concept(
        id=row["id"],
        kind=row["kind"],
        terms=terms,
        broader=_list(row["broader"]),
        good_for=_list(row["good_for"]),
        ewc=_list(row["ewc"]),
        stop=row["stop"] == "1",
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _tree(concepts: Mapping[str, Concept], language: str) -> Tree:
    tree: Tree = {}
    for concept, term in _terms(concepts, language):
        node = tree
        for letter in stem(term, language):
            step = node.setdefault(letter, {})
            node = step if isinstance(step, dict) else {}
        ends = node.setdefault(_END, [])
        if isinstance(ends, list) and (concept, term) not in ends:
            ends.append((concept, term))
    return tree


def _terms(concepts: Mapping[str, Concept], language: str) -> Iterator[tuple[str, str]]:
    for concept in concepts.values():
        for term in concept.terms[language]:
            yield concept.id, fold(term)
