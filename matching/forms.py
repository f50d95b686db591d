"""The forms in which a word of the table stands in a text: inflected at the end, linked inside a compound."""

import re
from collections.abc import Callable, Mapping

from matching import finnish

ABBREVIATION_MAX = 4  # PVC, LDPE: so short, and written in capitals, it takes no endings
# Letters of the longest ending that `is_ending` allows: no need to look for shorter stems.
ENDING_MAX = {"fi": 12, "sv": 5, "en": 2}

_SWEDISH = re.compile(r"(?:[aeo]?(?:n|t|r|rna|na)?|et|en|ne|ar|er)?s?")
_ENGLISH = re.compile(r"(?:e?s)?")
# Britain's and America's spellings of what the table writes in one way only.
_SPELLINGS = (
    ("fibre", "fiber"),
    ("tyre", "tire"),
    ("mould", "mold"),
    ("sulph", "sulf"),
    ("aluminium", "aluminum"),
    ("grey", "gray"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("colour", "color"),
    ("odour", "odor"),
    ("litre", "liter"),
    ("centre", "center"),
    ("labour", "labor"),
    ("plough", "plow"),
    ("dyest", "diest"),
    ("aerobic digester", "aerobic digestor"),
)


def is_ending(letters: str, language: str) -> bool:
    """Tell whether letters can follow a stem in a language."""
    if language == "fi":
        return finnish.is_ending(letters)
    return (_SWEDISH if language == "sv" else _ENGLISH).fullmatch(letters) is not None


def stems(word: str, language: str) -> set[str]:
    """Give what a word begins with in all its forms."""
    return _STEMS[language](word)


def links(word: str, language: str) -> set[str]:
    """Give the forms of a word before another part of the same compound."""
    return _LINKS[language](word)


def spellings(term: str) -> set[str]:
    """Give an English term as Britain and as America write it."""
    found = {term}
    for british, american in _SPELLINGS:
        found |= {one.replace(british, american) for one in found}
        found |= {one.replace(american, british) for one in found}
    return found


def _swedish_stems(word: str) -> set[str]:
    found = {word}
    if word[-1] in "ae":
        found.add(word[:-1])
    elif word[-1] in "mn":  # lim, limmet
        found.add(word + word[-1])
    if re.search(r"[^aeiouyåäö]e[lnr]$", word):  # cylinder, cylindrar
        found.add(word[:-2] + word[-1])
    return found


def _english_stems(word: str) -> set[str]:
    found = {word}
    if word.endswith("y"):
        found.add(word[:-1] + "ie")
    elif word.endswith("ies"):
        found.add(word[:-3] + "y")
    elif word.endswith(("lf", "af")):
        found.add(word[:-1] + "ve")
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > ABBREVIATION_MAX:
        found.add(word[:-1])
    return found


def _finnish_links(word: str) -> set[str]:
    found = {word, word + "n", finnish.weak(word) + "n"}
    if word.endswith("nen"):
        found |= {word[:-3] + tail for tail in ("s", "sen", "sten")}
    elif word[-1] == "e":
        found |= {stem + tail for stem in finnish.stems(word) if stem.endswith("ee") for tail in ("n", "iden")}
    elif word[-1] in finnish.VOWELS:
        weak = finnish.weak(word)
        found |= {weak + "jen", word + "jen", word[:-1] + "ien", word[:-1] + "jen", word + "iden"}
        found |= {word[:-1] + tail for tail in ("ojen", "öjen", "ujen", "en")} | {weak[:-1] + "en"}
    else:
        found |= {stem + tail for stem in finnish.stems(word) if stem[-1] in "aeiä" for tail in ("n", "en", "den")}
    return found


def _swedish_links(word: str) -> set[str]:
    found = {word, word + "s", word + "e", word + "o"}
    if word[-1] in "ae":
        found |= {word[:-1], word[:-1] + "s", word[:-1] + "u", word[:-1] + "o"}
    return found


_STEMS: Mapping[str, Callable[[str], set[str]]] = {"fi": finnish.stems, "sv": _swedish_stems, "en": _english_stems}
_LINKS: Mapping[str, Callable[[str], set[str]]] = {
    "fi": _finnish_links,
    "sv": _swedish_links,
    "en": lambda word: {word},
}
