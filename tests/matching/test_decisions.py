import pandas as pd
import pytest

from data.tables import LOOKUPS
from matching import decisions


def test_stages_and_reasons_are_those_of_the_store() -> None:
    """A stage or reason that the store renames must be renamed here."""
    assert {*decisions.TAKEN_UP, decisions.LAPSED} <= set(LOOKUPS["stage"])
    assert set(decisions.SAYS_NOTHING) <= set(LOOKUPS["lapse_reason"])


def test_a_lapse_speaks_by_its_reason() -> None:
    """Taken up is a hit, lapsed for its distance a miss; what nobody decided or withdrew from says nothing."""
    synergies = pd.DataFrame(
        {
            "stage": ["identified", "discussing", "completed", "lapsed", "lapsed"],
            "lapse_reason": [None, None, None, "distance", "withdrawn"],
        }
    )
    assert decisions.outcomes(synergies).tolist() == [pd.NA, True, True, False, pd.NA]


def test_hit_rates_tell_how_sure_they_are() -> None:
    """Wilson's interval for 1 of 10 is 0.018 to 0.404 (computed by hand); a certainty from few cases is none."""
    rate = decisions.hit_rate(pd.Series([True] + [False] * 9 + [pd.NA], dtype="boolean"))
    assert (rate.hits, rate.n, rate.share) == (1, 10, 0.1)
    assert (rate.low, rate.high) == (pytest.approx(0.0179, abs=1e-4), pytest.approx(0.4042, abs=1e-4))
    assert decisions.hit_rate(pd.Series([True] * 3, dtype="boolean")).low == pytest.approx(0.4385, abs=1e-4)


def test_nothing_decided_is_no_rate() -> None:
    """Neither 0 % nor 100 %: anything is possible."""
    rate = decisions.hit_rate(pd.Series([pd.NA], dtype="boolean"))
    assert (rate.share, rate.low, rate.high) == (None, 0.0, 1.0)
