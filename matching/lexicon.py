"""The words of the table of concepts, findable in every form in which a text may write them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matching import forms
from matching.words import accentless, fold

LANGUAGES = ("fi", "sv", "en")
FUZZY_MIN = 7  # letters of a word in which a slip of the finger still leaves it recognisable
LINK_MIN = 3  # letters of a part that may open a compound
OPENING_MIN = 5  # letters of a word that does so although it only stands in terms of several words

BEGINNING = 4  # letters by which it is soon told that a word begins like no stem: most ends of words do not

FAINT = "~"

Pieces = tuple[str, ...]  # words of a term, as the table has them


@dataclass
class Words:
    """Hold the words of one language: by stem, by the form that opens a compound, and the terms that they make up.

    `terms` gives the concepts of a term by its words, `opening` the terms of several words by the first of them,
    `heads` the last part of a compound, `fixed` the abbreviations that take no endings, `faint` the words that mean
    their concept only beside others, `held` the words that are in, with or without their endings, `parts` those that
    stand in compounds, `prefixes` all beginnings of opening forms. Built once, then only read.
    """

    language: str
    stems: dict[str, Pieces] = field(default_factory=dict)
    links: dict[str, Pieces] = field(default_factory=dict)
    prefixes: set[str] = field(default_factory=set)
    terms: dict[Pieces, tuple[str, ...]] = field(default_factory=dict)
    opening: dict[str, tuple[Pieces, ...]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    faint: set[str] = field(default_factory=set)
    held: set[tuple[str, bool, bool]] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)

    def add(self, concept: str, term: str) -> None:
        """Add one term of a concept, with a `+` where its compound parts and a `~` before a word that is faint."""
        if term.startswith(FAINT):
            term = term.removeprefix(FAINT)
            self.faint.add(fold(term.replace("+", "")))
        for spelling in forms.spellings(term) if self.language == "en" else (term,):
            parts = spelling.split("+")
            words = tuple(fold(spelling.replace("+", "")).split())
            if not words:
                continue
            known = self.terms.get(words, ())
            if concept not in known:
                self.terms[words] = (*known, concept)
            if len(words) > 1 and words not in self.opening.get(words[0], ()):
                self.opening[words[0]] = (*self.opening.get(words[0], ()), words)
            short = term.isupper() and len(term) <= forms.ABBREVIATION_MAX
            for word in words:
                self._add_word(word, inflected=not short, opens=len(words) == 1 or len(word) >= OPENING_MIN)
            if short:
                self.fixed.update(words)
            self._add_parts(words[-1], [fold(part) for part in parts])

    def _add_parts(self, word: str, parts: list[str]) -> None:
        if len(parts) < 2 or " " in "".join(parts):  # noqa: PLR2004 - a compound has two parts
            return
        self.heads[word] = parts[-1]
        for part in parts:
            if len(part) >= LINK_MIN:
                self._add_word(part, inflected=part == parts[-1])

    def _add_word(self, word: str, *, inflected: bool, opens: bool = True) -> None:
        if (word, inflected, opens) in self.held:
            return
        self.held.add((word, inflected, opens))
        for stem in sorted(forms.stems(word, self.language)) if inflected else [word]:
            self._note(self.stems, stem, word)
        if opens and len(word) >= LINK_MIN and self.language != "en":
            self.parts.add(word)
            for link in sorted(forms.links(word, self.language)):
                self._note(self.links, link, word)
                self._open(link)

    def _open(self, link: str) -> None:
        """Note all beginnings of a form; where one is known, so are the shorter ones."""
        while link and link not in self.prefixes:
            self.prefixes.add(link)
            link = link[:-1]

    def _note(self, table: dict[str, Pieces], form: str, word: str) -> None:
        if word not in table.get(form, ()):
            table[form] = (*table.get(form, ()), word)

    @cached_property
    def bare(self) -> Mapping[str, str]:
        """Give the stems that have an accent by what they look like without."""
        plain = ((accentless(stem), stem) for stem in self.stems)
        return {bare: stem for bare, stem in plain if bare != stem}

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Give the first letters of all stems of `BEGINNING` letters and more."""
        return frozenset(stem[:BEGINNING] for stem in self.stems if len(stem) >= BEGINNING)

    @cached_property
    def slips(self) -> Mapping[str, Pieces]:
        """Give the longer stems by what is left when one of their letters is missing."""
        found: dict[str, Pieces] = {}
        for stem in self.stems:
            if len(stem) >= FUZZY_MIN - 1:
                for fewer in sorted(deletions(stem)):
                    found[fewer] = (*found.get(fewer, ()), stem)
        return found

    def whole(self, word: str) -> Pieces:
        """Give the words of the table that a whole word can be a form of: those with the longest stem that is a term.

        Words that only stand in terms of several words count where there is nothing else.
        """
        first: Pieces = ()
        for found in self._readings(word):
            for one in found:
                if (one,) in self.terms:
                    return found
            first = first or found
        return first

    def bases(self, word: str) -> Pieces:
        """Give all words of the table that a whole word can be a form of, for terms of several words."""
        return tuple(dict.fromkeys(one for found in self._readings(word) for one in found))

    def _readings(self, word: str) -> Iterator[Pieces]:
        stems = self.stems
        if not (word[:BEGINNING] in self.beginnings or word[:3] in stems or word[:2] in stems):
            return
        if word in stems:
            yield stems[word]
        for end in range(len(word) - 1, max(1, len(word) - forms.ENDING_MAX[self.language] - 1), -1):
            found = stems.get(word[:end])
            if found and word[:end] not in self.fixed and forms.is_ending(word[end:], self.language):
                yield found


def deletions(word: str) -> set[str]:
    """Give a word with each of its letters but the first left out in turn, and as it is."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def build(terms: Iterable[tuple[str, str, str]]) -> Mapping[str, Words]:
    """Make the words of all languages from (concept, language, term)."""
    made = {language: Words(language) for language in LANGUAGES}
    for concept, language, term in terms:
        made[language].add(concept, term)
    return made


def near(words: Words, word: str) -> Iterator[tuple[str, str]]:
    """Give (stem, ending) of the table's words that a long word is one slip away from."""
    for end in range(len(word), max(FUZZY_MIN - 2, len(word) - 7), -1):
        ending = word[end:]
        if not forms.is_ending(ending, words.language):
            continue
        beginning = word[:end]
        for fewer in sorted(deletions(beginning)):
            for stem in words.slips.get(fewer, ()):
                if one_slip(stem, beginning):
                    yield stem, ending


def one_slip(first: str, second: str) -> bool:
    """Tell whether one letter too many, too few, wrong or changed with its neighbour tells two words apart."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), None)
    if start is None:
        return True
    one, other = first[start:], second[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
