from math import nan

import pytest

from matching.proposals import moved


@pytest.mark.parametrize(
    ("have", "want", "told"), [(15_000.0, 400.0, 400.0), (15_000.0, nan, None), (nan, 400.0, None), (nan, nan, None)]
)
def test_what_is_offered_is_not_what_is_taken(have: float, want: float, told: float | None) -> None:
    """An amount that is unknown on either side makes none, whichever side it is."""
    pair = {"have_continuity": "continuous", "want_continuity": "continuous", "have_tonnes": have, "want_tonnes": want}
    assert moved(pair) == told


def test_a_single_batch_is_no_tonnes_a_year() -> None:
    """Neither where it is offered nor where it is needed."""
    pair = {"have_continuity": "continuous", "want_continuity": "batch", "have_tonnes": 5.0, "want_tonnes": 5.0}
    assert moved(pair) is None
