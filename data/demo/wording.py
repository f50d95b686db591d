"""What coordinators write of a resource: titles and notes, some terse, some hasty."""

import numpy as np

from data.demo.catalogue import Stream, table
from data.demo.frame import pick, plain

ADDED_PHRASE = 0.34
TWO_SENTENCES = 0.3
NO_SENTENCE = 0.15
LOWER_CASE = 0.05
WITH_AMOUNT = 0.08
ABBREVIATED = 0.22
MISTYPED = 0.025
SHORT = 7  # letters: nobody leaves a short word mistyped
AMOUNT_UNITS = {"t": "t", "kg": "kg", "m3": "m3", "kpl": "kpl", "MWh": "MWh", "i-m3": "i-m3", "k-m3": "k-m3"}
GOODS = frozenset({"material", "waste", "water"})
PER_YEAR = {"fi": "/v", "sv": "/år", "en": "/a"}
PIECES = {"fi": "kpl", "sv": "st.", "en": "pcs"}


def title(rng: np.random.Generator, stream: Stream, language: str, amount: float | None, ends: tuple[str, str]) -> str:
    """Write the title; `ends` are the two places of a corridor."""
    words = pick(rng, stream.titles[language])
    if stream.corridor:
        words = words.format(**{"from": ends[0], "to": ends[1]})
    words = words.replace("{n}", str(5 * int(rng.integers(3, 20))))
    if amount and stream.unit in AMOUNT_UNITS and rng.random() < WITH_AMOUNT:
        words += ", " + table("phrases")[language]["about"].format(quantity=_amount(stream, language, amount))
    if rng.random() < LOWER_CASE and words[1:2].islower() and not stream.corridor:
        words = words[0].lower() + words[1:]
    return words


def _amount(stream: Stream, language: str, amount: float) -> str:
    unit = PIECES[language] if stream.unit == "kpl" else AMOUNT_UNITS[stream.unit or ""]
    yearly = PER_YEAR[language] if stream.continuity == "continuous" else ""
    number = f"{plain(amount):,}".replace(",", "," if language == "en" else " ")
    return f"{number} {unit}{yearly}"


def description(rng: np.random.Generator, stream: Stream, language: str) -> str:
    """Write the note: none, one or two sentences about the stream, and now and then a general one."""
    known = stream.sentences[language]
    chance = rng.random()
    count = 0 if chance < NO_SENTENCE else 2 if chance > 1 - TWO_SENTENCES and len(known) > 1 else 1
    chosen = [known[at] for at in rng.permutation(len(known))[:count]]
    if rng.random() < ADDED_PHRASE:
        chosen.append(pick(rng, table("phrases")[language][f"{stream.direction}_{_kind(stream)}"]))
    note = " ".join(chosen)
    if language == "fi" and rng.random() < ABBREVIATED:
        for full, short in table("phrases")["abbreviations"].items():
            note = note.replace(full, short)
    return _mistyped(rng, note) if rng.random() < MISTYPED else note


def _kind(stream: Stream) -> str:
    return "goods" if stream.type in GOODS else "other"


def _mistyped(rng: np.random.Generator, note: str) -> str:
    words = note.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > SHORT and word.isalpha()]
    if not long:
        return note
    at = pick(rng, long)
    cut = int(rng.integers(2, len(words[at]) - 2))
    word = words[at]
    words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)
