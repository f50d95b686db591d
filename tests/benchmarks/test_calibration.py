"""How scores become chances, and how far those are off."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import calibration
from matching.evaluate import Run
from matching.score import chances
from matching.weights import DEFAULTS, defaults


@pytest.fixture
def pairs() -> pd.DataFrame:
    """Give ten offers, each with one need that answers it."""
    return pd.DataFrame([{"kind": "pair", "pair_id": f"A{at}", "relevant_need_ids": f"A{at}"} for at in range(10)])


def _run(scores: np.ndarray) -> Run:
    ids = [f"A{at}" for at in range(10)]
    return Run("fi-fi", 0, ids, ids, scores)


def test_calibration_error_is_the_gap_between_said_and_true(pairs: pd.DataFrame) -> None:
    """Scores of one on every pair say 100 % where 10 % are right; scores of 0.1 say what is so."""
    assert calibration.error([_run(np.ones((10, 10)))], pairs) == pytest.approx(0.9)
    assert calibration.error([_run(np.full((10, 10), 0.1))], pairs) == pytest.approx(0.0)
    assert calibration.error([_run(np.eye(10))], pairs, best=1) == pytest.approx(0.0)
    # Half of the pairs at 0.95, all wrong, and half at 0.05, a fifth of them right.
    uneven = np.where(np.eye(10) == 1, 0.05, np.tile([0.95, 0.05], (10, 5)))
    high = (uneven > 0.5).sum() / 100
    assert calibration.error([_run(uneven)], pairs) == pytest.approx(high * 0.95 + abs((1 - high) * 0.05 - 0.1))


def test_bins_of_equally_many_part_what_lies_close(pairs: pd.DataFrame) -> None:
    """One wide bin hides that low scores are too low and high ones too high; ten bins of ten pairs do not."""
    scores = np.where(np.eye(10) == 1, 0.05, 0.09)
    assert calibration.error([_run(scores)], pairs) == pytest.approx(0.9 * 0.09 + 0.1 * 0.05 - 0.1, abs=0.03)
    assert calibration.error([_run(scores)], pairs, alike=True) == pytest.approx(0.1 * 0.95 + 0.9 * 0.09)


def test_a_sum_becomes_a_chance_in_the_same_order() -> None:
    """None is none, the even one is a half, all is all, and more is never less."""
    weights = defaults()
    sums = np.linspace(0.0, 1.0, 101)
    found = chances(sums, weights)
    assert found[0] == 0
    assert found[-1] == pytest.approx(1, abs=0.01)
    assert (np.diff(found) > 0).all()
    assert chances(np.array([weights.even]), weights)[0] == pytest.approx(0.5)


def test_the_fit_finds_what_the_scores_were_drawn_by() -> None:
    """Pairs that are right as often as the curve says lead back to the curve, nearly."""
    draw = np.random.default_rng(1)
    sums, weights = draw.uniform(0.02, 0.98, 4_000), defaults()
    power, even = calibration.curve(sums, draw.uniform(size=len(sums)) < chances(sums, weights))
    assert power == pytest.approx(weights.power, rel=0.1)
    assert even == pytest.approx(weights.even, rel=0.05)


def test_only_the_two_numbers_are_written(tmp_path: Path) -> None:
    """Every other line, and each reason, stays."""
    file = tmp_path / "defaults.toml"
    shutil.copy(DEFAULTS, file)
    calibration.write(3.5, 0.25, file)
    before, after = (one.read_text(encoding="utf-8").splitlines() for one in (DEFAULTS, file))
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" #")[0] for line in changed] == ["power = 3.5", "even = 0.25"]
