"""Which material a card is mostly about, so that the wall can tell what the room has most of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from config.texts import Language
from dashboard import wording
from matching import concepts, topics
from matching.concept_rows import ConceptRows

COUNTED = {"material", "waste"}  # a waste for one is a material for the other
ROWS = 8


def named(cards: Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    """Give the material that each card names, as the id of a concept; empty: none, or it is about something else."""
    rows = [
        {
            "type": card["type"],
            "title": card["title"],
            "description": "",
            "language": language,
            "concepts": "",
            "ewc_code": card.get("ewc_code") or "",
            "direction": card["direction"],
        }
        for card in cards
    ]
    found = topics.leading(pd.DataFrame(rows), concepts.load(), _words()) if rows else []
    return [one if card["type"] in COUNTED else "" for one, card in zip(found, cards, strict=True)]


def warm() -> None:
    """Load what finds materials in words, so that the first card of a server need not wait for it."""
    _words()


@cache
def _words() -> ConceptRows:
    return topics.words(concepts.load())


def most(cards: Iterable[Mapping[str, Any]], language: Language) -> list[list[object]]:
    """List the materials that most cards are about, with how many."""
    known = concepts.load().concepts
    counts = Counter(str(card["topic"]) for card in cards if card.get("topic") in known)
    rows = [(count, wording.capital(known[one].name(language))) for one, count in counts.items()]
    return [[name, count] for count, name in sorted(rows, key=lambda row: (-row[0], row[1]))[:ROWS]]
