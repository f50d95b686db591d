"""Take a word apart into the words of the table: as it is, inflected, a compound, or with a slip of the finger."""

from dataclasses import dataclass

from matching import forms
from matching.lexicon import FUZZY_MIN, LINK_MIN, Pieces, Words, near
from matching.words import accentless

EXACT, INFLECTED, COMPOUND, SLIP, PARTLY = 5, 4, 3, 2, 1
COMPOUND_MIN = 6  # letters: shorter words are no compounds
CLOSED_MIN = 4  # letters of each half of an English compound written as one word
TAIL_MIN = 4  # letters of a known last part behind an unknown beginning, and of its stem as it stands there
OPENING_MIN = 5  # letters of known first parts before an unknown rest
WRONG_MIN = 7  # letters of a stem in which one may be another letter
PIECE_PRICE = 2.0  # letters: one long part says more than two short ones
LONG_PART = 0.01  # a letter squared: and one long with one short more than two halves (kylmävarasto|tila)


@dataclass(frozen=True)
class Piece:
    """Name the words of the table that a part of a word can be, where it starts and how many letters it has."""

    words: Pieces
    start: int
    letters: int


@dataclass(frozen=True)
class Reading:
    """Hold the parts of a word in one language and how sure they are: EXACT down to PARTLY.

    `headed` tells whether the last part of the word is known: in a compound it says what the thing is.
    """

    pieces: tuple[Piece, ...]
    quality: int
    headed: bool = True

    @property
    def letters(self) -> int:
        """Count the letters of the word that are explained."""
        return sum(piece.letters for piece in self.pieces)


def read(words: Words, word: str) -> Reading | None:
    """Give the best reading of a folded word in one language, None where it says nothing."""
    whole = words.whole(word)
    if whole:
        return _one(whole, word, EXACT if word in words.stems else INFLECTED)
    found = _compound(words, word)
    if found is not None and found.quality > PARTLY:
        return found
    return _without_accents(words, word) or found


def slipped(words: Words, word: str) -> Reading | None:
    """Give the reading of a long word that is one slip of the finger away from a word of the table."""
    if len(word) < FUZZY_MIN:
        return None
    for stem, ending in near(words, word):
        # saltade (salted) is no salad and matting no malting: a wrong letter tells short stems apart.
        wrong = len(stem) + len(ending) == len(word) and sorted(stem + ending) != sorted(word)
        if stem[0] == word[0] and not (wrong and len(stem) < WRONG_MIN):
            return _one(words.stems[stem], word, SLIP)
    return None


def _one(found: Pieces, word: str, quality: int) -> Reading:
    return Reading((Piece(found, 0, len(word)),), quality)


def _without_accents(words: Words, word: str) -> Reading | None:
    if accentless(word) != word:
        return None
    for end in range(len(word), 3, -1):
        stem = words.bare.get(word[:end])
        if stem is not None:
            whole = words.whole(stem + word[end:]) or words.whole(stem + word[end:].replace("a", "ä"))
            if whole:
                return _one(whole, word, COMPOUND)
    return None


def _compound(words: Words, word: str) -> Reading | None:
    if len(word) < COMPOUND_MIN:
        return None
    if words.language == "en":
        return _closed(words, word)
    tails = _tails(words, word)
    if 0 in tails:
        return Reading(tails[0][1], COMPOUND)
    return _with_unknown_beginning(tails, word, words.language) or _with_unknown_end(words, word)


def _tails(words: Words, word: str) -> dict[int, tuple[float, tuple[Piece, ...]]]:
    """Give the best way to take apart all that is known from a place to the end, place by place."""
    size = len(word)
    best: dict[int, tuple[float, tuple[Piece, ...]]] = {}
    for start in range(size - LINK_MIN, -1, -1):
        options: list[tuple[float, tuple[Piece, ...]]] = []
        # What is shorter than its own word is hardly one: -sia of metallisia is no pig (sika).
        ends = (one for one in words.whole(word[start:]) if one in words.parts)
        last = tuple(one for one in ends if len(one) <= size - start)
        if last:
            options.append((_gain(size - start), (Piece(last, start, size - start),)))
        for end in _link_ends(words, word, start):
            if end in best:
                gain, rest = best[end]
                piece = Piece(words.links[word[start:end]], start, end - start)
                options.append((gain + _gain(end - start), (piece, *rest)))
        if options:
            best[start] = max(options, key=lambda option: (round(option[0], 6), option[1][0].letters))
    return best


def _gain(letters: int) -> float:
    return letters - PIECE_PRICE + LONG_PART * letters**2


def _link_ends(words: Words, word: str, start: int) -> list[int]:
    ends = []
    for end in range(start + 1, len(word) - 1):
        if word[start:end] not in words.prefixes:
            break
        if end - start >= LINK_MIN and word[start:end] in words.links:
            ends.append(end)
    return ends


def _with_unknown_beginning(
    tails: dict[int, tuple[float, tuple[Piece, ...]]], word: str, language: str
) -> Reading | None:
    known = [
        start for start, (_, pieces) in tails.items() if start >= LINK_MIN and _recognisable(pieces[0], word, language)
    ]
    if not known:
        return None
    return Reading(tails[min(known)][1], PARTLY)


def _recognisable(piece: Piece, word: str, language: str) -> bool:
    """Tell whether a part stands there with a stem that is no chance: -siin is hardly a pig, -riksi hardly sulphur."""
    return any(
        len(stem) >= TAIL_MIN and word.startswith(stem, piece.start)
        for base in piece.words
        if len(base) >= TAIL_MIN
        for stem in forms.stems(base, language)
    )


def _with_unknown_end(words: Words, word: str) -> Reading | None:
    pieces: list[Piece] = []
    at = 0
    while ends := _link_ends(words, word, at):
        pieces.append(Piece(words.links[word[at : ends[-1]]], at, ends[-1] - at))
        at = ends[-1]
    return Reading(tuple(pieces), PARTLY, headed=False) if at >= OPENING_MIN else None


def _closed(words: Words, word: str) -> Reading | None:
    for cut in range(len(word) - CLOSED_MIN, CLOSED_MIN - 1, -1):
        first, second = words.stems.get(word[:cut]), words.whole(word[cut:])
        if first and second:
            return Reading((Piece(first, 0, cut), Piece(second, cut, len(word) - cut)), COMPOUND)
    return None
