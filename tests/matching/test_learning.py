import numpy as np
import pandas as pd
import pytest

from matching import learning
from matching.features import FEATURES
from matching.learning import Lesson
from matching.score import score
from matching.weights import defaults

WEIGHED = ["characters", "concepts", "ewc", "quantity", "time", "haul"]


def decided(n: int, seed: int, worth: dict[str, float] | None) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Generate decisions: by what coordinators weigh (`worth`), or without it by the default's own score."""
    draw = np.random.default_rng(seed)
    values = pd.DataFrame(draw.random((n, len(WEIGHED))), columns=WEIGHED)
    values = values.mask(draw.random(values.shape) < 0.1).reindex(columns=list(FEATURES))
    weights = defaults()
    ours = score(values, pd.Series("material", index=values.index), weights)["score"]
    known = learning.columns(values, ours, weights.unknown)
    if worth is None:
        odds = 6 * (ours - ours.mean())
    else:
        odds = sum((known[name] - known[name].mean()) * weight for name, weight in worth.items())
    accepted = pd.Series(draw.random(n) < 1 / (1 + np.exp(-odds)))
    return known, accepted, pd.Series(draw.integers(n // 4, size=n))


@pytest.fixture(scope="module")
def surprised() -> Lesson:
    """Learn from coordinators who look at amounts and season, which the default takes lightly."""
    return learning.learn(*decided(900, 1, {"quantity": 5.0, "time": 5.0, "concepts": 1.0}))


def test_few_decisions_teach_nothing() -> None:
    """The default stays, and says so."""
    lesson = learning.learn(*decided(learning.LEAST_DECIDED - 1, 1, {"quantity": 9.0}))
    assert (lesson.why, lesson.model, lesson.n) == ("too_few", None, learning.LEAST_DECIDED - 1)
    known, accepted, offers = decided(400, 1, {"quantity": 9.0})
    assert learning.learn(known, accepted | True, offers).why == "too_few"


def test_what_coordinators_look_at_comes_to_count(surprised: Lesson) -> None:
    """The model is used, finds what counts, and the whole interval of its gain on held-out decisions is above zero."""
    assert surprised.why == "better"
    assert surprised.model is not None
    worth = surprised.model.worth
    assert min(worth["quantity"], worth["time"]) > 2 * max(worth.get(name, 0) for name in ("characters", "ewc", "haul"))
    assert 0 < surprised.gain_low < surprised.gain < surprised.gain_high
    assert surprised.learned_loss < surprised.default_loss
    assert surprised.learned_auc > surprised.default_auc


def test_probabilities_come_true(surprised: Lesson) -> None:
    """On decisions that it has never seen; nothing is certain, nothing is not finite."""
    assert surprised.model is not None
    known, accepted, _ = decided(4_000, 2, {"quantity": 5.0, "time": 5.0, "concepts": 1.0})
    chances = surprised.model.probability(known)
    assert learning.calibration_error(chances.to_numpy(), accepted.to_numpy()) < 0.05
    assert chances.between(0, 1, inclusive="neither").all()


def test_steps_keep_the_order(surprised: Lesson) -> None:
    """With many decisions probabilities are isotonic: whoever has higher odds has no lower chance."""
    many = learning.learn(*decided(1_500, 3, {"quantity": 5.0, "time": 5.0}))
    assert many.model is not None
    assert many.model.steps is not None
    known = decided(200, 4, {"quantity": 1.0})[0]
    ordered = many.model.probability(known)[many.model.odds(known).sort_values().index]
    assert ordered.is_monotonic_increasing
    assert many.calibration_error < 0.05
    assert surprised.model is not None
    assert surprised.model.steps is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_default_stays_where_it_is_right(seed: int) -> None:
    """Coordinators who decide as the default does, or by a coin, give no reason to change it."""
    lesson = learning.learn(*decided(500, seed, None))
    assert (lesson.why, lesson.model) == ("not_surely_better", None)
    assert lesson.gain_low <= 0
    assert learning.learn(*decided(500, seed, {})).model is None


def test_nothing_counts_against_a_pair() -> None:
    """A feature that looks harmful in these decisions is left out, not turned round."""
    lesson = learning.learn(*decided(900, 5, {"quantity": 6.0, "haul": -6.0}))
    assert lesson.model is not None
    assert "haul" not in lesson.model.worth
    assert min(lesson.model.worth.values()) >= 0


def test_parts_add_up(surprised: Lesson) -> None:
    """What each feature gives, with the start, is the odds: an explanation can tell it."""
    assert surprised.model is not None
    known = decided(50, 6, {})[0]
    parts = surprised.model.parts(known)
    pd.testing.assert_series_equal(parts.sum(axis=1) + surprised.model.start, surprised.model.odds(known))


def test_learning_can_be_repeated() -> None:
    """The same decisions teach the same."""
    first, second = (learning.learn(*decided(300, 7, {"quantity": 6.0})) for _ in range(2))
    assert first == second


def test_calibration_error_by_hand() -> None:
    """Said 0.9 four times and true twice, said 0.1 four times and never true: (4 x 0.4 + 4 x 0.1) / 8."""
    chances = np.array([0.9] * 4 + [0.1] * 4)
    right = np.array([True, True, False, False] + [False] * 4)
    assert learning.calibration_error(chances, right) == pytest.approx(0.25)
