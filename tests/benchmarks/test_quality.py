from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from benchmarks import Figure, curve, quality
from matching.evaluate import Run


@pytest.fixture
def pairs() -> pd.DataFrame:
    """Give ten coded offers and as many needs."""
    rows = [
        {
            "kind": "pair",
            "pair_id": f"A{at}",
            "type": "waste" if at % 2 else "energy",
            "ewc": "100103" if at else "",
            "relevant_need_ids": f"A{at}",
        }
        for at in range(10)
    ]
    return pd.DataFrame(rows)


def _run(scores: np.ndarray) -> Run:
    ids = [f"A{at}" for at in range(10)]
    return Run("fi-fi", 0, ids, ids, scores)


def test_wrong_codes_are_as_many_as_asked(pairs: pd.DataFrame) -> None:
    """A third of the nine codes there are, always the same ones, never an empty cell filled."""
    wrong = quality.corrupt(pairs, 1 / 3, seed=1)
    assert (wrong["ewc"] != pairs["ewc"]).sum() == 3
    assert wrong["ewc"][0] == ""
    assert wrong.equals(quality.corrupt(pairs, 1 / 3, seed=1))
    assert not wrong.equals(quality.corrupt(pairs, 1 / 3, seed=2))
    assert (quality.corrupt(pairs, 1.0, seed=1)["ewc"][1:] != "100103").all()


def test_kinds_are_told_apart(pairs: pd.DataFrame) -> None:
    """A ranker that knows waste and nothing else is right with waste alone."""
    scores = np.where(np.arange(10)[:, None] % 2 == 1, np.eye(10), -np.eye(10))
    kinds = quality.by_kind(pairs, _run(scores))
    assert kinds.loc["waste", "mrr"] == 1.0
    assert kinds.loc["energy", "mrr"] == 0.1
    assert kinds["n"].tolist() == [5, 5]


def test_letters_alone_find_what_is_spelled_alike() -> None:
    """The peer gives a unit for the same text and nothing for one without a common letter."""
    offers = pd.DataFrame({"title": ["lentotuhka"]})
    needs = pd.DataFrame({"title": ["lentotuhka", "lentotuhkaa", "xyz"]})
    scores = quality.by_characters(offers, needs)[0]
    assert scores[0] == pytest.approx(1.0)
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_figure_knows_both_bounds() -> None:
    """At most, at least, or none."""
    assert Figure("a", 2.0, "s", at_most=1.0).kept is False
    assert Figure("a", 0.8, "", at_least=0.7).kept is True
    assert "NO" not in str(Figure("a", 0.8, ""))


def test_a_curve_draws_every_point(tmp_path: Path) -> None:
    """A dot and its value for each, in a file that any browser reads."""
    file = tmp_path / "docs" / "curve.svg"
    curve.draw(file, {0.0: 0.9, 0.5: 0.8, 1.0: 0.1}, "x & y", "recall")
    words = [element.text for element in ET.parse(file).getroot().iter() if element.tag.endswith("text")]  # noqa: S314 - our own file
    assert {"0.900", "0.800", "0.100", "x & y", "recall"} <= set(words)
