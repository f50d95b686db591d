"""Bring a listing's words to the form in which they are compared."""

import re
import unicodedata

TEXT_MAX = 2_000  # a novel says what it offers in its first pages, and its length must not slow everybody down

_APART = re.compile(r"[^\w]+|_+")
# Finnish consonant gradation that only changes length: pelletti, pelletin; kuivike, kuivikkeen; lamppu, lampun.
# Not at the start of a word: PP is polypropylene.
_LONG = re.compile(r"(?<=\w)(?:(k)k|(p)p|(t)t)")
_FINNISH_ENDINGS = re.compile(r"(minen|nen|uus|us|as|es|is|in|on|s|[aeiouyäö]+)$")
_SWEDISH_ENDINGS = re.compile(r"(arna|orna|erna|ning|a|e)$")
_ENGLISH_ENDINGS = re.compile(r"(ies|es|s|y|e)$")
_ENDINGS = {"fi": _FINNISH_ENDINGS, "sv": _SWEDISH_ENDINGS, "en": _ENGLISH_ENDINGS}
STEM_MIN = 4
_AFTER_A_STEM = frozenset(" aeiouyäötn")


def fold(text: str) -> str:
    """Give the words of a text in lower case with one space between them, cut to `TEXT_MAX` characters."""
    plain = unicodedata.normalize("NFKC", text[:TEXT_MAX]).casefold()
    return _APART.sub(" ", plain).strip()


def squeeze(folded: str) -> str:
    """Write kk, pp and tt as one letter, so that the grades of a Finnish word begin alike."""
    return _LONG.sub(lambda match: match.group(1) or match.group(2) or match.group(3), folded)


def stem(term: str, language: str) -> str:
    """Cut the ending that inflection changes; a short term is left whole."""
    squeezed = squeeze(term)
    cut = _ENDINGS[language].sub("", squeezed)
    return cut if len(cut) >= STEM_MIN else squeezed


def goes_on(term: str, stem_: str, language: str, following: str) -> bool:
    """Tell whether `following` can be the next letter of an inflected form of a term that was cut to its stem.

    A Finnish stem that lost its vowel goes on with a vowel, or with t or n (kuoria, kuoren, kuorta): kuorma is
    another word.
    """
    if language != "fi" or len(squeeze(term)) - len(stem_) != 1:
        return True
    return following in _AFTER_A_STEM


def pieces(folded: str) -> list[str]:
    """Split a folded text into its words."""
    return folded.split()
