"""What people write badly: the ranking loses a little, and a score stays a number in 0..1."""

import random
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import quality
from matching import concepts, evaluate
from matching.lexicon import LANGUAGES

LONG = 6  # letters of a word in which people make slips
OFFERS = ["offer_fi", "offer_sv", "offer_en"]


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=200), language=st.sampled_from([*LANGUAGES, "", "de"]))
def test_any_text_at_all_is_read(text: str, language: str) -> None:
    """Concepts of the table, each with a weight above 0 and up to 1."""
    found = concepts.load().tags(text, language)
    assert set(found) <= set(concepts.load().concepts)
    assert all(0 < weight <= 1 for weight in found.values())


@settings(deadline=None, max_examples=30)
@given(titles=st.lists(st.text(max_size=60), min_size=2, max_size=4))
def test_any_texts_at_all_have_chances(titles: list[str]) -> None:
    """Whatever an offer says against whatever a need says."""
    side = pd.DataFrame({"pair_id": range(len(titles)), "title": titles, "language": "fi", "ewc_code": "9x"})
    scores = evaluate.by_matcher(side, side)
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()


@pytest.fixture(scope="module")
def pairs() -> pd.DataFrame:
    """Give listings that may be looked at."""
    return quality.read("listings", "fresh_dev")


def _recall(pairs: pd.DataFrame, condition: str) -> float:
    return quality.found(pairs, list(evaluate.run_all(pairs, None, [condition])))[condition]["recall_at_10"]


def _slip(text: str) -> str:
    """Change two letters that stand side by side in the middle of each long word."""
    words = [
        word[: len(word) // 2] + word[len(word) // 2 + 1] + word[len(word) // 2] + word[len(word) // 2 + 2 :]
        if len(word) >= LONG
        else word
        for word in text.split()
    ]
    return " ".join(words)


def _half_other(pairs: pd.DataFrame) -> pd.DataFrame:
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    chosen = [row[draw.choice(OFFERS)] if row["kind"] == "pair" else "" for _, row in pairs.iterrows()]
    return pairs.assign(offer_fi=chosen)


@pytest.mark.parametrize(
    ("spoil", "kept"),
    [
        (lambda pairs: pairs.assign(offer_fi=pairs["offer_fi"].map(_slip)), 0.6),  # a slip in every long word
        (lambda pairs: pairs.assign(offer_fi=pairs["offer_sv"]), 0.8),  # Swedish texts that say they are Finnish
        (_half_other, 0.8),  # each text in any language
        (lambda pairs: pairs.assign(offer_fi=pairs["offer_fi"].str.upper()), 0.95),
        (lambda pairs: pairs.assign(offer_fi="Hei! Meillä olisi " + pairs["offer_fi"] + ", soitelkaa"), 0.9),
        (lambda pairs: pairs.assign(ewc="999999"), 0.9),  # a code that there is not
        (lambda pairs: quality.corrupt(pairs, 0.2, 1), 0.95),
    ],
    ids=["slips", "wrong tag", "mixed", "capitals", "chatter", "no such code", "wrong codes"],
)
def test_the_ranking_degrades_gently(
    pairs: pd.DataFrame, spoil: Callable[[pd.DataFrame], pd.DataFrame], kept: float
) -> None:
    """Most of what was found is found still."""
    assert _recall(spoil(pairs), "fi-fi") >= kept * _recall(pairs, "fi-fi")
