import numpy as np

from geo.estimate import from_straight


def test_longer_stays_longer() -> None:
    """No border between classes makes a longer straight line the shorter road."""
    guess = from_straight(np.linspace(0, 900, 4_000))
    for figures in (guess.km, guess.low_km, guess.high_km, guess.minutes):
        assert (np.diff(figures) > 0).all()


def test_the_middle_of_a_class_has_its_ratio() -> None:
    """72 km straight are 86 by road, and the band runs from 79 to 103."""
    guess = from_straight(np.array([72.0]))
    np.testing.assert_allclose([guess.km[0], guess.low_km[0], guess.high_km[0]], [86.4, 79.2, 102.96])
