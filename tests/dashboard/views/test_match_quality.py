"""The hit rate is told with its number and interval, and invented decisions never mix with real ones."""

import pandas as pd
import pytest

from config.texts import LANGUAGES, Language
from dashboard.views import match_quality as view
from matching.decisions import counted, hit_rate, outcomes


def pairs(*rows: tuple[str, str, str | None, float, bool]) -> pd.DataFrame:
    """Give proposed pairs of type, stage, lapse_reason, score and demo."""
    return pd.DataFrame(rows, columns=["type", "stage", "lapse_reason", "score", "demo"])


REAL = pairs(
    ("waste", "completed", None, 0.9, False),
    ("waste", "discussing", None, 0.7, False),
    ("energy", "lapsed", "quality", 0.1, False),
    ("energy", "lapsed", "withdrawn", 0.2, False),
    ("water", "identified", None, 1.0, False),
)
DEMO = pairs(("waste", "lapsed", "price", 0.9, True))


def test_invented_decisions_count_only_where_there_is_nothing_else() -> None:
    """A real rate must not be made better or worse by what nobody decided."""
    both = pd.concat([REAL, DEMO], ignore_index=True)
    assert len(counted(both)) == len(REAL)
    undecided = pairs(("waste", "identified", None, 0.5, False))
    assert counted(pd.concat([undecided, DEMO]))["demo"].any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rate_comes_with_its_number_and_interval(language: Language) -> None:
    """Two of three, and how little three can tell."""
    said = view.sentence(hit_rate(outcomes(REAL)), 2, language)
    assert "<b>3</b>" in said
    assert "<b>67" in said
    assert "21–94" in said


def test_nothing_decided_is_said_in_words() -> None:
    """No rate, rather than one of nothing."""
    said = view.sentence(hit_rate(outcomes(REAL.tail(1))), 1, "en")
    assert "not known" in said
    assert "%" not in said


def test_every_pair_is_in_one_band_and_one_type() -> None:
    """The sums of the tables are the sentence's; a full score belongs to the last band."""
    html = view.tables(REAL, "en")
    rates, reasons = html.count('<td class="n">1 / 1</td>'), html.count('<td class="n">2 / 2</td>')
    assert html.count("0 / 1") == 2  # energy, and the lowest band
    assert (rates, reasons) == (2, 1)  # the bands of 0.7 and 0.9; waste
    assert "0.8–1.0" in html
