"""Say why a pair matches: the parts that its score really came from, as text ids and values."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from matching import explain_facts, explain_typed
from matching.index import MatchIndex
from matching.reasons import Reason
from matching.words import fold, pieces, squeeze

SHARED_MAX = 3  # concepts or words named in one reason
Row = Mapping[Any, Any]  # one line of pipeline.find_matches

# Told although they neither give to the score nor take from it: what rules a match out, and what it is bound to.
ALWAYS = frozenset({"reason.no_route", "reason.beyond_reach", "reason.permit", "reason.permit_by_words"})
WORD_MIN = 5  # shared letters that make a word worth showing


def explain(index: MatchIndex, pair: Row) -> tuple[Reason, ...]:
    """Give the reasons of one row of `pipeline.find_matches`, in the order in which a coordinator reads them.

    What neither gives to the score nor takes from it is not named, but for what is in `ALWAYS`.
    """
    return explain_all(index, pd.DataFrame([dict(pair)]))[0]


def explain_all(index: MatchIndex, pairs: pd.DataFrame) -> list[tuple[Reason, ...]]:
    """Give the reasons of many rows, as `explain` gives those of one."""
    rows = explain_facts.told(pairs).to_dict("records")
    texts = explain_facts.texts(index, pairs)
    return [_reasons(index, pair, sides) for pair, sides in zip(rows, texts, strict=True)]


def _reasons(index: MatchIndex, pair: Row, sides: tuple[Row, Row]) -> tuple[Reason, ...]:
    found = (
        *_about(index, pair, sides),
        *_codes(pair),
        *explain_typed.permit(pair),
        *explain_typed.factors(pair),
        *explain_typed.amount(pair),
        *_season(pair),
        *explain_typed.distance(pair),
    )
    return tuple(reason for reason in found if reason.contribution or reason.key in ALWAYS)


def _about(index: MatchIndex, pair: Row, sides: tuple[Row, Row]) -> tuple[Reason, ...]:
    worth = float(pair["part_substance"])
    first, second = sides
    shared = index.concept_space.shared(first, second)[:SHARED_MAX]
    if shared:
        return (Reason("reason.shared_concepts", {"concepts": shared}, worth),)
    words = shared_words(first["title"], second["title"])
    return (Reason("reason.shared_words", {"words": words}, worth),) if words else ()


def shared_words(first: str, second: str) -> list[str]:
    """Give the words of the first text that have `WORD_MIN` letters in a row in common with the second, in order."""
    others = [squeeze(word) for word in pieces(fold(second))]
    found = []
    for word in pieces(fold(first)):
        letters = squeeze(word)
        parts = [letters[at : at + WORD_MIN] for at in range(len(letters) - WORD_MIN + 1)]
        if any(part in other for part in parts for other in others):
            found.append(word)
    return list(dict.fromkeys(found))[:SHARED_MAX]


def _codes(pair: Row) -> tuple[Reason, ...]:
    worth = float(pair["value_ewc"])
    if not worth > 0:
        return ()
    have, want = str(pair["have_ewc_code"]), str(pair["want_ewc_code"])
    digits = next(digits for digits in (6, 4, 2) if have[:digits] == want[:digits])
    return (Reason(f"reason.ewc_{digits}", {"ewc": have[:digits]}, worth),)


def _season(pair: Row) -> tuple[Reason, ...]:
    worth = float(pair["part_time"])
    if pair["have_continuity"] != pair["want_continuity"]:
        return (Reason("reason.batch_for_flow", {}, worth),)
    return () if pair["value_time"] == 1 else (Reason("reason.part_of_year", {}, worth),)
