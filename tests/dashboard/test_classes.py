from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import classes

ROUND = {1, 2, 5}


@settings(suppress_health_check=[HealthCheck.too_slow])  # which a busy machine brings about
@given(st.lists(st.floats(min_value=0, max_value=1e9), min_size=1, max_size=40))
def test_limits_are_few_rising_and_reached(values: list[float]) -> None:
    """Whatever the values: at most four limits, each larger than the last, and the largest value reaches them all."""
    limits = classes.breaks(values)
    assert len(limits) <= classes.CLASSES - 1
    assert list(limits) == sorted(set(limits))
    assert all(limit >= 1 for limit in limits)
    assert not limits or limits[0] == 1 or limits[-1] <= max(values)


def test_limits_are_round() -> None:
    """They follow the series 1-2-5, or stand one such step apart."""
    for values in ([3, 8, 40, 700], range(60, 400, 20), [1e6, 3e6, 9e6]):
        limits = classes.breaks(values)
        steps = {round(b - a, 6) for a, b in pairwise(limits)}
        leading = {int(f"{limit:e}"[0]) for limit in limits}
        assert leading <= ROUND or len(steps) == 1


def test_values_are_spread_over_the_classes() -> None:
    """Even counts don't all end up in the darkest class."""
    values = np.arange(60, 400, 20)
    counts = np.bincount(classes.classify(values, classes.breaks(values)))
    assert counts.max() <= len(values) * 0.6


def test_a_value_on_a_limit_belongs_above_it() -> None:
    """20 is in the class that begins at 20; zero and the unknown are in the lowest."""
    assert classes.classify([0, 19.9, 20, 500, np.nan], [20, 50]).tolist() == [0, 0, 1, 2, 0]


def test_nothing_has_no_classes() -> None:
    """Zeros alone need no limits."""
    assert classes.breaks([0, 0]) == ()
    assert classes.breaks([]) == ()
