"""The page says whether learned weights are in use, how sure that is, and why not where they are not."""

from datetime import UTC, datetime

import pytest

from config.texts import LANGUAGES, Language
from dashboard.views import lesson as view
from matching.features import FEATURES
from matching.learning import SCORE, Learned, Lesson

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
BETTER = Lesson(
    412,
    120,
    "better",
    Learned({SCORE: 4.0, "haul": 2.0, "time": 0.0}, -1.0),
    default_loss=0.6,
    learned_loss=0.55,
    gain=0.05,
    gain_low=0.012,
    gain_high=0.09,
    default_auc=0.7,
    learned_auc=0.781,
    calibration_error=0.031,
)


def test_too_few_says_how_many_are_missing() -> None:
    """Of all, and of each kind; nothing is measured yet."""
    said = view.html((WHEN, Lesson(120, 100, "too_few", demo=True)), "fi")
    for part in ("120/200", "100/30", "20/30", "keksittyjä"):
        assert part in said
    assert "<table" not in said
    assert "oppii" in view.html(None, "fi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_in_use_shows_its_measures_and_weights(language: Language) -> None:
    """The heaviest weight is a full bar; one of nothing is not shown."""
    said = view.html((WHEN, BETTER), language)
    comma = "." if language == "en" else ","
    for figure in ("0.050", "0.012", "0.090", "0.781", "0.031"):
        assert figure.replace(".", comma) in said
    assert "width:100%" in said
    assert "width:50%" in said
    assert said.count('class="bar"') == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_that_is_not_surely_better_says_so(language: Language) -> None:
    """The default is in use, and the measures show why."""
    lesson = Lesson(300, 100, "not_surely_better", gain=0.0, gain_low=-0.01, gain_high=0.01)
    assert "300" in view.learned(lesson, language)
    assert view.html((WHEN, lesson), language).count("<table") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_feature_has_a_name(language: Language) -> None:
    """A new feature needs one."""
    model = Learned(dict.fromkeys((SCORE, *FEATURES), 1.0), 0.0)
    assert view.html((WHEN, Lesson(500, 250, "better", model)), language).count('class="bar"') == len(FEATURES) + 1


def test_an_error_that_grows_does_not_fall_by_less_than_nothing() -> None:
    """With the ends of its interval turned round."""
    worse = Lesson(300, 100, "not_surely_better", gain=-0.004, gain_low=-0.006, gain_high=-0.001)
    said = view.html((WHEN, worse), "fi").replace("\u00a0", " ")
    assert "Virhe kasvaa 0,004 (95 %:n väli 0,001…0,006)" in said
    assert "Virhe pienenee" not in said
