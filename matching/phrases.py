"""What stands around a word: whether it says of what kind a thing is, where that comes from, or names a place."""

import re
from collections.abc import Sequence

from matching.routes import is_place, is_place_in_a_case
from matching.words import TEXT_MAX

# What follows one of these, up to the next pause, is where a thing comes from. Swedish *av* also says what of.
FROM = frozenset(("from", "från", "ur"))
PAUSE = " 0 "  # a figure is no word either: nothing is read across it
_PAUSED = PAUSE.strip()

# In Finnish the case says so: a genitive before a noun, and what is told in the elative. A long vowel before the n is
# where something goes, but for words in -e: hakkeen, hakkeeseen.
_WHERE_TO = ("aan", "iin", "oon", "uun", "yyn", "ään", "öön", "hin", "hun", "han", "seen")
_ELATIVE = ("sta", "stä")

# A capital in the middle of a sentence begins a name; at its beginning it may begin anything.
_NAME = re.compile(r"(?<=[\w,;)] )[A-ZÅÄÖ][a-zåäö]+")
_FIRST = re.compile(r"\s*([A-ZÅÄÖ][a-zåäö]+)")


def places(text: str) -> set[str]:
    """Find the names of municipalities that would read as materials: the waste of Nokia is no soot (noki)."""
    found = {name for word in _NAME.findall(text[:TEXT_MAX]) if is_place(name := word.casefold())}
    first = _FIRST.match(text)
    if first and is_place_in_a_case(name := first[1].casefold()):
        found.add(name)
    return found


def leans(word: str, language: str) -> bool:
    """Tell whether a noun before another says of what kind that is, as the first part of a compound does."""
    return language == "en" or (language == "fi" and word.endswith("n") and not word.endswith(_WHERE_TO))


def is_origin(written: Sequence[str], at: int, language: str) -> bool:
    """Tell whether a word says where a thing comes from."""
    if language == "fi":
        return written[at].endswith(_ELATIVE)
    for word in reversed(written[:at]):
        if word in FROM:
            return True
        if word == _PAUSED:
            return False
    return False
