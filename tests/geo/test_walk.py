"""Places within a walk of each other."""

from config import settings
from geo import walk
from geo.engines import ENGINES

CENTRE = (536_000.0, 6_977_000.0)


def near(*metres: tuple[float, float]) -> list[tuple[float, float]]:
    """Give points by their metres east and north of a yard in Kuopio."""
    return [(CENTRE[0] + east, CENTRE[1] + north) for east, north in metres]


def test_places_in_a_row_are_one_group_and_far_ones_none() -> None:
    """Each within a walk of the next, the ends not of each other; two neighbours elsewhere are no group."""
    row = near((0, 0), (700, 0), (1400, 0), (2100, 0))
    pair = near((40_000, 0), (40_300, 0))
    three = near((0, 60_000), (300, 60_000), (0, 60_300))
    found = walk.groups([*three, *pair, *row], ENGINES["circuity"](settings.load()))
    assert found.tolist() == [1, 1, 1, walk.ALONE, walk.ALONE, 0, 0, 0, 0]


def test_three_firms_in_one_yard_are_a_group() -> None:
    """A way of nothing is a way."""
    assert walk.groups(near((0, 0), (0, 0), (0, 0)), ENGINES["circuity"](settings.load())).tolist() == [0, 0, 0]


def test_nobody_and_two_are_no_group() -> None:
    """Too few places give no group and no fault."""
    engine = ENGINES["circuity"](settings.load())
    assert walk.groups([], engine).tolist() == []
    assert walk.groups(near((0, 0), (10, 0)), engine).tolist() == [walk.ALONE] * 2
