"""Cells that name one of a few things, in any of our languages."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from config.texts import LANGUAGES, Language, catalogue, text
from data.importers.faults import Cell, Reading, refuse
from data.importers.text import fold, plain

SYNONYMS = Path(__file__).with_name("choices.toml")
MONTHS = 12
_MONTH_NAMES = (
    ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"),
    ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_ALL_YEAR = frozenset(map(fold, ("ympäri vuoden", "koko vuosi", "hela året", "året runt", "all year", "year round")))


@cache
def _words(group: str) -> Mapping[str, str]:
    with SYNONYMS.open("rb") as file:
        more: dict[str, list[str]] = tomllib.load(file)[group]
    found = {fold(word): code for code, words in more.items() for word in words}
    for key, forms in catalogue().items():
        if key.startswith(f"{group}."):
            code = key.partition(".")[2]
            found |= {fold(word): code for word in (code, *forms.values())}
    return found


def choice(group: str, cell: Cell, language: Language) -> Reading[str]:
    """Read a cell that names one of the codes of a group of terms, such as direction or type."""
    word = fold(plain(cell))
    if not word:
        return Reading(None)
    if word in _words(group):
        return Reading(_words(group)[word])
    near = get_close_matches(word, _words(group), n=1, cutoff=0.75)
    codes = dict.fromkeys(_words(group).values())
    accepted = ", ".join(term(group, code, language) for code in codes)
    suggestion = term(group, _words(group)[near[0]], language) if near else ""
    return Reading(None, (refuse("choice_unknown", suggestion=suggestion, accepted=accepted),))


def term(group: str, code: str, language: Language) -> str:
    """Give the word of a code in a language; the code itself where it has none."""
    key = f"{group}.{code}"
    return text(key, language) if key in catalogue() else code


def truth(cell: Cell) -> Reading[bool]:
    """Read a yes or no."""
    if isinstance(cell, bool):
        return Reading(cell)
    word = fold(plain(cell))
    words = _words("boolean")
    if not word:
        return Reading(value=False) if plain(cell).strip() == "-" else Reading(None)
    if word not in words:
        return Reading(None, (refuse("yes_or_no"),))
    return Reading(words[word] == "true")


def yes_no(language: Language) -> tuple[str, str]:
    """Give the words of yes and no in a language."""
    return text("export.yes", language), text("export.no", language)


def months(cell: Cell) -> Reading[list[int]]:
    """Read months: 5-9, 11-2 over the turn of the year, touko–syyskuu, 1, 2, 12, ympäri vuoden."""
    if isinstance(cell, date | datetime):
        return Reading(None, (refuse("number_became_date", suggestion=f"{cell.day}-{cell.month}"),))
    if not plain(cell).strip() or fold(plain(cell)) in _ALL_YEAR:
        return Reading(None)
    found: dict[int, None] = {}  # in the order of the season, which may turn the year
    for part in re.split(r"[,;+]|\bja\b|\boch\b|\band\b", plain(cell)):
        ends = [_month(end) for end in re.split(r"[-‐-―−]+", part) if end.strip()]
        if not ends or len(ends) > 2 or 0 in ends:  # noqa: PLR2004 - a range has two ends
            return Reading(None, (refuse("season_unreadable"),))
        first, last = ends[0], ends[-1]
        whole = range(first, (last if last >= first else last + MONTHS) + 1)
        found |= dict.fromkeys((month - 1) % MONTHS + 1 for month in whole)
    return Reading(list(found))


def _month(word: str) -> int:
    plain_word = fold(word)
    if plain_word.isdecimal():
        return int(plain_word) if 1 <= int(plain_word) <= MONTHS else 0
    for names in _MONTH_NAMES:
        for number, name in enumerate(names, 1):
            if plain_word.startswith(name):
                return number
    return 0


def language_of(cell: Cell) -> Reading[str]:
    """Read a language: fi, suomi, Swedish."""
    word = fold(plain(cell))
    if not word:
        return Reading(None)
    found = word if word in LANGUAGES else _words("language").get(word)
    return Reading(found) if found else Reading(None, (refuse("choice_unknown", accepted="fi, sv, en"),))
