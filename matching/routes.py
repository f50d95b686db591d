"""Routes of transports: which two places a text names, and how far out of its way a lorry goes for a load."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import regions
from matching.words import squeeze

NOWHERE = -1
_AS_A_WORD = ("pello",)
Floats = npt.NDArray[np.float64]

_NAME = r"[a-zåäö][a-zåäö]+(?:-[a-zåäö]{3,})?"
_PAIR = re.compile(rf"\b({_NAME}?) ?(?:->|=>|-|→|\bto\b|\btill\b|/) ?({_NAME}?)\b")
_WORD = re.compile(r"[a-zåäö][a-zåäö-]+")
# Case endings: Oulusta, Tampereelta | Kajaaniin, Joensuuhun, Espooseen, Tampereelle.
_FROM, _TO = re.compile(r"(?:sta|stä|lta|ltä)$"), re.compile(r"(?:h[aeiouyäö]n|seen|lle|([aeiouyäö])n)$")
_THERE = re.compile(r"(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|n)$")  # Oulussa, Vantaalla, Turun
# How the end of a name changes before an ending: Helsinki, Helsingistä; Lahti, Lahteen, Lahdesta; Turku, Turusta.
_CHANGES = (
    ("joki", ("joe", "joke")),
    ("järvi", ("järve",)),
    ("lahti", ("lahde", "lahte")),
    ("vesi", ("vede", "vete")),
    ("mäki", ("mäe", "mäke")),
    ("lampi", ("lamme", "lampe")),
    ("ranta", ("ranna", "ranta")),
    ("lanti", ("lanni",)),
    ("nki", ("ngi", "nki")),
    ("nko", ("ngo", "nko")),
    ("rku", ("ru", "rku")),
    ("ntaa", ("ntaa",)),
    ("nen", ("se", "si", "ste")),
    ("ti", ("de", "te", "ti")),
    ("mi", ("me", "mi")),
    ("ni", ("ne", "ni")),
    ("ki", ("ke", "ki")),
    ("ri", ("re", "ri")),
    ("vi", ("ve", "vi")),
    ("re", ("ree",)),
    ("nen", ("se",)),
    ("us", ("ude", "ute", "ukse")),
)


def corridor(text: str) -> tuple[int, int]:
    """Find where a transport goes from and to in a plain text (parsed.plain): codes of municipalities, else NOWHERE.

    Two names with a dash, an arrow or "to" between; or a name in the case that tells from or to where.
    """
    for match in _PAIR.finditer(text):
        ends = tuple(place(part) for part in match.groups())
        if NOWHERE not in ends and ends[0] != ends[1]:
            return ends[0], ends[1]
    found = {"from": NOWHERE, "to": NOWHERE}
    for way, code in _inflected(text):
        if found[way] == NOWHERE:
            found[way] = code
    return found["from"], found["to"]


def place(name: object) -> int:
    """Give the code of a municipality by its name in any language, bare or in a case; NOWHERE where there is none."""
    word = str(name).strip().casefold() if isinstance(name, str) else ""
    return _names().get(squeeze(word), NOWHERE)


def is_place(word: str) -> bool:
    """Tell whether a word in lower case is the name of a municipality, bare or in a case that tells a place."""
    if squeeze(word) in _names():
        return True
    stems = {ending.sub(r"", word) for ending in (_FROM, _TO, _THERE)} - {word}
    return any(squeeze(stem) in _stems() for stem in stems)


@lru_cache(maxsize=20_000)
def is_place_in_a_case(word: str) -> bool:
    """Tell whether a word in lower case can hardly be anything but a municipality's name, with an ending.

    Bare names are also words (Multia, karvia), and Pello bends as *pelto*, a field.
    """
    return not word.startswith(_AS_A_WORD) and squeeze(word) not in _names() and is_place(word)


def _inflected(text: str) -> Iterator[tuple[str, int]]:
    for word in _WORD.findall(text):
        for way, ending in (("from", _FROM), ("to", _TO)):
            cut = ending.sub("", word)
            code = _stems().get(squeeze(cut), NOWHERE) if cut != word else NOWHERE
            if code != NOWHERE:
                yield way, code
                break


@cache
def _names() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for code, home in regions.load().municipalities.items():
        for language in ("fi", "sv", "en"):
            found.setdefault(squeeze(home.name(language).casefold()), int(code))
    return found


@cache
def _stems() -> Mapping[str, int]:
    found = dict(_names())
    for code, home in regions.load().municipalities.items():
        name = home.name("fi").casefold()
        end, changed = next(((end, changed) for end, changed in _CHANGES if name.endswith(end)), ("", ()))
        for new in changed:
            found.setdefault(squeeze(name.removesuffix(end) + new), int(code))
    return found


@cache
def _points() -> tuple[npt.NDArray[np.int64], Floats]:
    places = sorted((int(code), home.easting, home.northing) for code, home in regions.load().municipalities.items())
    table = np.array(places, dtype=float)
    return table[:, 0].astype(np.int64), table[:, 1:]


def points(codes: npt.ArrayLike) -> Floats:
    """Give the point of each municipality, EPSG:3067 metres as (n, 2); NaN for NOWHERE."""
    known, at = _points()
    asked = np.asarray(codes, dtype=np.int64)
    row = np.searchsorted(known, asked).clip(0, len(known) - 1)
    found: Floats = np.where((known[row] == asked)[:, None], at[row], np.nan)
    return found


def detour_km(pairs: pd.DataFrame) -> Floats:
    """Give how far the offered transport goes out of its way for the load, by straight lines.

    From the start of its route by the load's start and end to its own end, less the way it goes anyhow. A load whose
    route nobody tells is fetched from the need's own site. NaN where the offer names no route. A route of which one
    end is told has its other end at its own site.
    """
    moves = _told(pairs, "have")
    found = np.full(len(pairs), np.nan)
    if moves.any():
        found[moves] = _around_km(pairs[moves])
    return found


def _around_km(pairs: pd.DataFrame) -> Floats:
    start, end = _ends(pairs, "have")
    pick, drop = _ends(pairs, "want")
    site, told = _site(pairs, "want"), _told(pairs, "want")[:, None]
    pick, drop = (np.where(told, point, site) for point in (pick, drop))
    around = _apart_km(start, pick) + _apart_km(pick, drop) + _apart_km(drop, end) - _apart_km(start, end)
    return np.maximum(around, 0.0)


def length_km(pairs: pd.DataFrame) -> Floats:
    """Give the length of the offered route by a straight line; NaN where there is none."""
    moves = _told(pairs, "have")
    found = np.full(len(pairs), np.nan)
    if moves.any():
        found[moves] = _apart_km(*_ends(pairs[moves], "have"))
    return found


def _told(pairs: pd.DataFrame, side: str) -> npt.NDArray[np.bool_]:
    first, last = (pairs[f"{side}_{end}"].to_numpy(dtype=int) for end in ("from", "to"))
    return np.asarray((first != NOWHERE) | (last != NOWHERE), dtype=bool)


def _site(pairs: pd.DataFrame, side: str) -> Floats:
    return np.column_stack([pairs[f"{side}_{name}_m"].to_numpy(dtype=float) for name in ("easting", "northing")])


def _ends(pairs: pd.DataFrame, side: str) -> tuple[Floats, Floats]:
    site = _site(pairs, side)
    first, last = (points(pairs[f"{side}_{end}"].to_numpy()) for end in ("from", "to"))
    return np.where(np.isnan(first), site, first), np.where(np.isnan(last), site, last)


def _apart_km(first: Floats, second: Floats) -> Floats:
    apart: Floats = np.hypot(*(first - second).T) / 1000
    return apart
