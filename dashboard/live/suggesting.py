"""What a telephone is offered as its owner types: materials, the companies that were invited, codes of waste; pure."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice

from config import settings
from config.texts import Language
from dashboard.live import answers
from dashboard.live.board import Board
from dashboard.live.naming import first
from data.importers.codes import waste
from data.importers.ewc import written
from data.importers.text import fold
from matching import concepts

MOST = 6
CODES = 3
LIKE_MAX = 200
GROUP_DIGITS = 4
Words = Sequence[Mapping[str, str]]


def suggest(kind: str, like: str, known: Sequence[str], language: Language) -> Words:
    """Offer what begins like what is typed, or holds it: `value` goes into the field, `note` explains it."""
    if kind == "company":
        return [{"value": name, "note": ""} for name in companies(like, known)]
    if kind == "waste":
        return [{"value": written(code), "note": _names(language)[code]} for code in codes(like, language)]
    return [{"value": name, "note": ""} for name in answers.materials(like, language)]


def companies(like: str, known: Sequence[str]) -> list[str]:
    """Search among those who may be known, each company once: a code shows no other."""
    asked = fold(like[:LIKE_MAX])
    begun = [name for name in known if fold(name).startswith(asked)]
    return [*first([*begun, *(name for name in known if asked in fold(name))]).values()][:MOST]


def known(invited: Sequence[str], board: Board) -> list[str]:
    """List the companies that a telephone may be offered: who was invited, and whoever lets the wall name them."""
    named = (str(card["name"]) for card in board.cards.values() if card["named"] and card["name"])
    return [*invited, *named]


def codes(like: str, language: Language) -> list[str]:
    """Find codes of waste by their digits, by what a text is about, or by a word of their names."""
    typed = like[:LIKE_MAX]
    digits = "".join(sign for sign in typed if sign.isdigit())
    if digits and not any(sign.isalpha() for sign in typed):
        return list(islice((code for code in sorted(waste()) if code.startswith(digits)), CODES))
    tags = concepts.load().tags(typed, language)
    named = [code for one in sorted(tags, key=lambda key: -tags[key]) for code in concepts.load().concepts[one].ewc]
    found = dict.fromkeys([*_six(named), *_worded(typed, language)])
    return list(islice(found, CODES))


def _six(named: Iterable[str]) -> Iterable[str]:
    """Leave out groups: a code of a waste has six digits, and of a group nobody knows which."""
    return (code for code in named if code in waste())


def _worded(typed: str, language: Language) -> Iterable[str]:
    words = [fold(word) for word in typed.split() if len(word) >= GROUP_DIGITS]
    return (code for code, name in _names(language).items() if words and all(word in fold(name) for word in words))


@cache
def _names(language: Language) -> Mapping[str, str]:
    with (settings.load().reference / "ewc.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row[language] or row["en"] for row in csv.DictReader(lines) if row["code"] in waste()}
