"""What a listing is about: materials, energies, services and uses, the same in three languages.

The table is config/taxonomy/concepts.csv: a `+` in a term marks where a compound parts, a `~` before it a word that
often means something else (shop, plant, load) and counts in full only beside its like, `broader` names the wider
concepts, `good_for` the uses of a material and who takes it, `made_by` the uses that it comes out of, `ewc` its
typical waste codes, `tol` the line of business of a use, `stop` the generic words that carry no weight, `source`
where the row comes from. A term that stands under several concepts is a homonym: what else a text names decides.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from config.settings import ROOT
from matching.lexicon import FAINT, LANGUAGES, build
from matching.tagger import Tagger

TABLE = ROOT / "config" / "taxonomy" / "concepts.csv"


@dataclass(frozen=True)
class Concept:
    """Hold one row of the table; `terms` has the words of each language, the everyday one first."""

    id: str
    kind: str
    terms: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...]
    good_for: tuple[str, ...]
    ewc: tuple[str, ...]
    stop: bool
    tol: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    source: str = ""
    parted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Give the concept's everyday word."""
        return self.terms[language][0] if self.terms.get(language) else self.id.replace("_", " ")


@dataclass(frozen=True)
class Reach:
    """Say how much of a concept its wider concepts, its uses and who makes it are.

    A row names its commonest use first; each place further down the list `later` less of it is left, never less than
    half. `use` holds for what a use is good for in turn.
    """

    broader: float = 0.5
    good_for: float = 0.5
    use: float = 0.5
    later: float = 0.0
    least: float = 0.2
    made_by: float = 0.0

    def steps(self, concept: Concept) -> Iterator[tuple[str, float]]:
        """Give what one step leads to from a concept, and how much of it that is."""
        for other in concept.broader:
            yield other, self.broader
        for other in concept.made_by:
            yield other, self.made_by
        first = min(self.use, self.good_for) if concept.kind == "use" else self.good_for
        for place, other in enumerate(concept.good_for):
            yield other, first * max(0.5, 1 - self.later * place)


@dataclass(frozen=True)
class Term:
    """Hold a word that somebody adds to a concept; a `+` marks where its compound parts."""

    concept: str
    language: str
    word: str


@dataclass(frozen=True)
class Taxonomy:
    """Hold the concepts by id, and read texts by their words; `taught` are the words that came beside the table."""

    concepts: Mapping[str, Concept]
    taught: tuple[Term, ...] = ()

    @cached_property
    def by_ewc(self) -> Mapping[str, tuple[str, ...]]:
        """Give the concepts that a waste code is typical of, also for codes of two and four digits."""
        found: dict[str, tuple[str, ...]] = {}
        for concept in self.concepts.values():
            for code in concept.ewc:
                found[code] = (*found.get(code, ()), concept.id)
        return found

    def of_ewc(self, code: str) -> tuple[str, ...]:
        """Give the concepts of a waste code, or of the group that it belongs to."""
        return next((self.by_ewc[code[:digits]] for digits in (6, 4, 2) if code[:digits] in self.by_ewc), ())

    def around(self, reach: Reach) -> Mapping[str, Mapping[str, float]]:
        """Tell for each concept how much of it every other one is: the products along its ways to what it belongs to.

        A way goes over wider concepts and uses as long as its product is at least `reach.least`; of several ways the
        best counts. Concepts without weight are left out.
        """
        steps = {concept.id: list(reach.steps(concept)) for concept in self.concepts.values()}
        return {one: self._reached(one, steps, reach.least) for one in self.concepts}

    def _reached(self, start: str, steps: Mapping[str, list[tuple[str, float]]], least: float) -> dict[str, float]:
        found = {start: 1.0}
        waiting = [start]
        while waiting:
            one = waiting.pop(0)
            for other, share in steps[one]:
                weight = found[one] * share
                if weight >= least and weight > found.get(other, 0.0) and not self.concepts[other].stop:
                    found[other] = weight
                    waiting.append(other)
        return found

    @cached_property
    def tagger(self) -> Tagger:
        """Give the reader of texts, made when it is first asked for."""
        stops = frozenset(concept.id for concept in self.concepts.values() if concept.stop)
        return Tagger(build(self._terms()), stops, self.around(Reach()))

    def tags(self, text: str, language: str) -> dict[str, float]:
        """Find the concepts of a text: concept id -> how much of the text's words it is, up to 1."""
        return self.tagger.tags(text, language)

    def with_terms(self, terms: Iterable[Term]) -> "Taxonomy":
        """Give a taxonomy that also knows these words; one for a concept that is not here is left out.

        A word that stood under other concepts of that language now means the new one: who adds it has decided.
        """
        concepts, taught = dict(self.concepts), tuple(terms)
        for term in taught:
            if term.concept in concepts and term.language in LANGUAGES and term.word.strip():
                concepts = {one: _without(concept, term) for one, concept in concepts.items()}
                concepts[term.concept] = _with(concepts[term.concept], term)
        return Taxonomy(concepts, (*self.taught, *taught))

    def _terms(self) -> Iterator[tuple[str, str, str]]:
        for concept in self.concepts.values():
            for language, words in concept.parted.items():
                for word in words:
                    yield concept.id, language, word


def _with(concept: Concept, term: Term) -> Concept:
    return _with_words(concept, term.language, (*concept.parted.get(term.language, ()), term.word.strip()))


def _without(concept: Concept, term: Term) -> Concept:
    bare = _bare(term.word.strip()).casefold()
    kept = tuple(word for word in concept.parted.get(term.language, ()) if _bare(word).casefold() != bare)
    return concept if kept == concept.parted.get(term.language, ()) else _with_words(concept, term.language, kept)


def _bare(word: str) -> str:
    return word.replace("+", "").removeprefix(FAINT)


def _with_words(concept: Concept, language: str, parted: tuple[str, ...]) -> Concept:
    words = tuple(_bare(word) for word in parted)
    return replace(concept, terms={**concept.terms, language: words}, parted={**concept.parted, language: parted})


@cache
def load(path: Path = TABLE) -> Taxonomy:
    """Read the table of concepts once a process."""
    with path.open(encoding="utf-8", newline="") as lines:
        return Taxonomy({row["id"]: _concept(row) for row in csv.DictReader(lines)})


@lru_cache(maxsize=4)
def taught(terms: tuple[Term, ...]) -> Taxonomy:
    """Give the table with these words beside it: the same object as long as the words are the same."""
    return load().with_terms(terms) if terms else load()


def _concept(row: Mapping[str, str]) -> Concept:
    parted = {language: _list(row[language]) for language in LANGUAGES}
    return Concept(
        id=row["id"],
        kind=row["kind"],
        terms={language: tuple(_bare(word) for word in words) for language, words in parted.items()},
        broader=_list(row["broader"]),
        good_for=_list(row["good_for"]),
        ewc=_list(row["ewc"]),
        stop=row["stop"] == "1",
        tol=_list(row["tol"]),
        made_by=_list(row.get("made_by") or ""),
        source=row["source"],
        parted=parted,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
