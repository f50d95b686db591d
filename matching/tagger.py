"""Find the concepts that a text names, in whichever of the three languages its words are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matching import voikko
from matching.lexicon import LANGUAGES, Pieces, Words
from matching.phrases import PAUSE, is_origin, leans, places
from matching.routes import is_place
from matching.splitter import COMPOUND, EXACT, INFLECTED, PARTLY, SLIP, Reading, read, slipped
from matching.words import fold, function_words

FAINTLY = 0.3  # a word that often means something else, beside nothing that it has to do with
MODIFIER = 0.6  # a coffee sack is a sack first, and then one of coffee; ash from wood is ash
LOOSE = 0.5  # what is left of a word when the rest of it is not understood
FOREIGN_MIN = 4  # letters of a word that counts in a text of another language
FOREIGN_FORM_MIN = 8  # and of one that stands there inflected or as a compound: matter is no form of matta
BOUND_VOTE = 6.0  # letters that a function word is worth when the language of a text is guessed
VOTES = {EXACT: 1.0, SLIP: 0.2}  # of each letter: a word a slip away is mostly another language's own
TAG_VOTE = 2.0  # the stated language only breaks ties
# What follows one of these is what a thing is not.
DENIED = frozenset(("ei", "eikä", "inte", "ej", "utan", "no", "not", "without", "excluding"))
MEMO_MAX = 500_000  # words: a bound for the memory, not met by real listings

_SUSPENDED = re.compile(r"(\w{2,})-\s+(ja|tai|sekä|och|eller|samt|and|or)\s+(\w{5,})", re.IGNORECASE)

_PAUSE = re.compile(r"[,;:.!?](?=\s|$)|[()/|]|\s[-–]\s|\n")

Names = tuple[str, ...]  # concepts that a word can mean: more than one for a homonym
Named = tuple[Names, float, bool]  # what a word can mean, how much of it that is, and whether it says so faintly
Choice = tuple[Named, ...]


@dataclass(frozen=True)
class Entry:
    """Hold what one written word can mean: per language its concepts, their quality and the votes for the language."""

    choices: Mapping[str, Choice]
    quality: Mapping[str, int]
    votes: tuple[float, ...]
    bases: Mapping[str, Pieces]
    opens: bool


NAMELESS = Entry({}, {}, tuple(0.0 for _ in LANGUAGES), {}, opens=False)


@dataclass
class Tagger:
    """Tag texts; `stops` are the concepts that carry no weight, `near` tells what a concept has to do with."""

    words: Mapping[str, Words]
    stops: frozenset[str]
    near: Mapping[str, Mapping[str, float]]
    _memo: dict[str, Entry] = field(default_factory=dict, repr=False)

    def tags(self, text: str, language: str) -> dict[str, float]:
        """Give the concepts of a text, each 1 for what it is about down to `LOOSE` for a part of a word."""
        written = fold(_PAUSE.sub(PAUSE, self._completed(text) if "- " in text else text)).split()
        named = places(text)
        entries = [NAMELESS if word in named else self._entry(word) for word in written]
        order = self._languages(entries, language)
        found: dict[str, float] = {}
        doubtful: list[Named] = []
        for names, weight, faint in self._named(entries, order, written):
            if len(names) == 1 and not faint:
                found[names[0]] = max(found.get(names[0], 0.0), weight)
            else:
                doubtful.append((names, weight, faint))
        sure = tuple(found)
        for names, weight, faint in doubtful:
            for one, share in self._meant(names, found).items():
                heard = FAINTLY if faint and not self._at_home(one, sure) else 1.0
                found[one] = max(found.get(one, 0.0), weight * share * heard)
        return found

    def _at_home(self, name: str, others: Sequence[str]) -> bool:
        """Tell whether a concept has to do with one of the others: is it, is good for it, or the other way round."""
        return any(name in self.near[other] or other in self.near[name] for other in others if other != name)

    def _languages(self, entries: Sequence[Entry], stated: str) -> list[str]:
        votes = [TAG_VOTE if language == stated else 0.0 for language in LANGUAGES]
        for entry in entries:
            for at, vote in enumerate(entry.votes):
                votes[at] += vote
        return sorted(LANGUAGES, key=lambda language: -votes[LANGUAGES.index(language)])

    def _named(self, entries: Sequence[Entry], order: Sequence[str], written: Sequence[str]) -> Iterator[Named]:
        before = -1
        held: Choice = ()
        for at, length, named in self._units(entries, order, written):
            yield from (_modifying(held) if at == before and named and leans(written[at - 1], order[0]) else held)
            held, before = named, at + length
            if is_origin(written, at, order[0]):
                held = _modifying(held)
        yield from held

    def _units(
        self, entries: Sequence[Entry], order: Sequence[str], written: Sequence[str]
    ) -> Iterator[tuple[int, int, Choice]]:
        """Give where each term begins, how many words it has, and what it can mean."""
        at = 0
        while at < len(entries):
            entry = entries[at]
            names, length = self._several(entries, at, order) if entry.opens else ((), 0)
            if names:
                yield at, length, ((names, 1.0, False),)
            elif not length and not (at and written[at - 1] in DENIED):
                yield at, 1, self._single(entry, order, len(written[at]))
            at += max(length, 1)

    def _several(self, entries: Sequence[Entry], at: int, order: Sequence[str]) -> tuple[Names, int]:
        """Find the longest term of several words that begins at a word."""
        best: tuple[Names, int] = ((), 0)
        if at + 1 == len(entries):
            return best
        for language in order:
            words, second = self.words[language], entries[at + 1].bases.get(language, ())
            for base in entries[at].bases.get(language, ()) if second else ():
                for term in words.opening.get(base, ()):
                    # Most terms end here, so this is asked before all else.
                    if term[1] in second and len(term) > best[1] and _follows(term, entries, at, language):
                        best = self._weighty(words.terms[term]), len(term)
        return best

    def _single(self, entry: Entry, order: Sequence[str], letters: int) -> Choice:
        allowed = [
            language
            for language in order
            if language in entry.choices and (language == order[0] or _foreign(entry.quality[language], letters))
        ]
        if not allowed:
            return ()
        # The text's own language, unless it only half understands a word that another one knows.
        return entry.choices[max(allowed, key=lambda language: min(entry.quality[language], COMPOUND))]

    def _meant(self, names: Names, context: Mapping[str, float]) -> dict[str, float]:
        """Choose what a homonym means by what else the text names; all in shares where that tells nothing."""
        worth = {name: self._kinship(name, context) for name in names}
        best = max(worth.values())
        meant = [name for name in names if worth[name] == best]
        return dict.fromkeys(meant, 1.0 / len(meant))

    def _kinship(self, name: str, context: Mapping[str, float]) -> float:
        own = self.near[name]
        return sum(weight * own[one] for other in context for one, weight in self.near[other].items() if one in own)

    def _weighty(self, names: Names) -> Names:
        return tuple(name for name in names if name not in self.stops)

    def _entry(self, word: str) -> Entry:
        known = self._memo.get(word)
        if known is None:
            known = self._look_up(word)
            if len(self._memo) < MEMO_MAX:
                self._memo[word] = known
        return known

    def _look_up(self, word: str) -> Entry:
        bound = [language for language, words in function_words().items() if word in words]
        if bound:  # part of a term of several words at most
            votes = tuple(BOUND_VOTE if language in bound else 0.0 for language in LANGUAGES)
            readings = {one: read(self.words[one], word) for one in LANGUAGES}
            bases = self._bases(word, readings)
            return Entry({}, {}, votes, bases, self._opens(bases))
        readings = self._readings(word)
        bases = self._bases(word, readings)
        opens = self._opens(bases)
        return Entry(
            {language: self._choice(reading, language) for language, reading in readings.items() if reading},
            {language: reading.quality for language, reading in readings.items() if reading},
            tuple(_vote(readings.get(language)) for language in LANGUAGES),
            bases,
            opens,
        )

    def _opens(self, bases: Mapping[str, Pieces]) -> bool:
        return any(base in self.words[language].opening for language in bases for base in bases[language])

    def _readings(self, word: str) -> dict[str, Reading | None]:
        if word.isdigit():
            return {}
        found = {language: read(self.words[language], word) for language in LANGUAGES}
        best = max((reading.quality for reading in found.values() if reading), default=0)
        if best < INFLECTED and is_place(word):  # Helsinki holds no zinc, nor Haapavesi aspen, whatever their parts are
            return {}
        if best <= PARTLY:
            found["fi"] = self._by_voikko(word) or found["fi"]
            slips = {language: slipped(self.words[language], word) for language in LANGUAGES}
            found |= {language: slip for language, slip in slips.items() if slip}
        return found

    def _by_voikko(self, word: str) -> Reading | None:
        for base in voikko.base_forms(word):
            reading = read(self.words["fi"], base)
            if reading is not None and reading.quality > PARTLY:
                return reading
        return None

    def _bases(self, word: str, readings: Mapping[str, Reading | None]) -> dict[str, Pieces]:
        return {
            language: self.words[language].bases(word) or reading.pieces[0].words
            for language, reading in readings.items()
            if reading and len(reading.pieces) == 1 and reading.headed
        }

    def _choice(self, reading: Reading, language: str) -> Choice:
        """Weigh the parts of a word: its last part that means anything is what it is, the others say of what kind."""
        named = [self._names(piece.words, self.words[language]) for piece in reading.pieces]
        kept = [one for one in named if one[0]]
        if not kept:
            return ()
        last = 1.0 if reading.headed else LOOSE
        if reading.quality == PARTLY:
            last = LOOSE
        return tuple((one[0], last if one is kept[-1] else min(last, MODIFIER), one[1]) for one in kept)

    def _names(self, pieces: Pieces, words: Words) -> tuple[Names, bool]:
        """Give what a part of a word can mean, faint words only where there is nothing else, and whether they are."""
        plain = [word for word in pieces if word not in words.faint and (word,) in words.terms]
        names = [name for word in plain or pieces for name in words.terms.get((word,), ())]
        return self._weighty(tuple(dict.fromkeys(names))), not plain

    def _completed(self, text: str) -> str:
        """Write out the first half of a pair: puu- ja turvetuhka is puutuhka ja turvetuhka."""
        return _SUSPENDED.sub(self._whole_pair, text)

    def _whole_pair(self, match: re.Match[str]) -> str:
        first, bound, second = match.groups()
        for language in ("fi", "sv"):
            start = self._head_start(second.casefold(), language)
            if start:
                return f"{first}{second[start:]} {bound} {second}"
        return match.group(0)

    def _head_start(self, word: str, language: str) -> int:
        reading = read(self.words[language], word)
        if reading is None or not reading.headed:
            return 0
        last = reading.pieces[-1]
        for base in last.words:
            head = self.words[language].heads.get(base)
            if head and word[last.start :].startswith(base[: len(base) - len(head)]):
                return last.start + len(base) - len(head)
        return last.start


def _follows(term: Pieces, entries: Sequence[Entry], at: int, language: str) -> bool:
    return at + len(term) <= len(entries) and all(
        word in entry.bases.get(language, ()) for word, entry in zip(term, entries[at : at + len(term)], strict=True)
    )


def _foreign(quality: int, letters: int) -> bool:
    """Tell whether a word counts in a text of another language: as it is, or so long that it is no chance."""
    return letters >= (FOREIGN_MIN if quality == EXACT else FOREIGN_FORM_MIN) and quality > SLIP


def _modifying(choice: Choice) -> Choice:
    return tuple((names, min(weight, MODIFIER), faint) for names, weight, faint in choice)


def _vote(reading: Reading | None) -> float:
    if reading is None or reading.quality == PARTLY:
        return 0.0
    return reading.letters * VOTES.get(reading.quality, 0.9)
