import numpy as np

from dashboard import apart


def test_signs_that_lie_on_each_other_are_pulled_apart() -> None:
    """By at least the distance asked, and the first stays where it is."""
    points = np.zeros((8, 2))
    moved = apart.apart(points, 26)
    gaps = [np.hypot(*(one - other)) for at, one in enumerate(moved) for other in moved[:at]]
    assert min(gaps) >= 26 - 1e-9
    assert moved[0].tolist() == [0, 0]


def test_signs_far_apart_stay() -> None:
    """Nobody is moved without need."""
    points = np.array([[0.0, 0.0], [100.0, 0.0]])
    assert apart.apart(points, 26).tolist() == points.tolist()


def test_pixels_turn_back_into_degrees() -> None:
    """At any zoom."""
    lon, lat = np.array([19.5, 31.5]), np.array([59.5, 70.1])
    back = apart.to_degrees(apart.to_pixels(lon, lat, 7.3), 7.3)
    assert np.allclose(back, np.column_stack([lon, lat]))


def test_a_view_holds_all_its_points() -> None:
    """And no closer than the map is drawn."""
    lon, lat = np.array([20.0, 30.0]), np.array([60.0, 70.0])
    longitude, latitude, zoom = apart.fit(lon, lat, (500, 500))
    offsets = apart.to_pixels(lon, lat, zoom) - apart.to_pixels([longitude], [latitude], zoom)
    assert np.abs(offsets).max() <= 250 + 1e-6
    assert apart.fit(lon[:1], lat[:1], (500, 500))[2] == 9.0
