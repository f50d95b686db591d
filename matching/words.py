"""Bring a listing's words to the form in which they are compared."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache

from config.settings import ROOT

TEXT_MAX = 2_000  # a novel says what it offers in its first pages, and its length must not slow everybody down
WORD_MAX = 60  # letters; no compound is longer, and taking one apart takes time by the square of its length

_APART = re.compile(r"[^\w]+|_+")
_ENDLESS = re.compile(rf"(\w{{{WORD_MAX}}})\w+")
# Finnish consonant gradation that only changes length: pelletti, pelletin; kuivike, kuivikkeen; lamppu, lampun.
# Not at the start of a word: PP is polypropylene.
_LONG = re.compile(r"(?<=\w)(?:(k)k|(p)p|(t)t)")


def fold(text: str) -> str:
    """Give the words of a text in lower case with one space between them, no more and no longer than the bounds."""
    plain = unicodedata.normalize("NFKC", text[:TEXT_MAX]).casefold()
    return _ENDLESS.sub(r"\1", _APART.sub(" ", plain).strip())


def accentless(word: str) -> str:
    """Write a word as somebody does who has no å, ä, ö or é on the keyboard."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def squeeze(folded: str) -> str:
    """Write kk, pp and tt as one letter, so that the grades of a Finnish word begin alike."""
    return _LONG.sub(lambda match: match.group(1) or match.group(2) or match.group(3), folded)


def pieces(folded: str) -> list[str]:
    """Split a folded text into its words."""
    return folded.split()


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """Give the words of each language that tell it from the others and nothing of what a text is about."""
    table = tomllib.loads((ROOT / "config" / "taxonomy" / "function_words.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}
