"""Distances of chosen pairs are those that a matrix holds of them, and points asked for before are known again."""

from dataclasses import fields
from functools import cache

import numpy as np
import pytest

from config import settings
from geo import distance, main_roads, remembered
from geo.blocks import by_matrix
from geo.regions import load
from geo.results import METHODS, Distances, Floats
from geo.road_engine import RoadEngine


@cache
def engine() -> RoadEngine:
    """Give the main roads of the whole country."""
    return RoadEngine(main_roads.load(settings.load().reference))


def places(count: int, seed: int) -> Floats:
    """Give points around municipalities: on land, on islands, at sea and abroad, near each other and far."""
    draw = np.random.default_rng(seed)
    centres = np.array([(place.easting, place.northing) for place in load().municipalities.values()])
    return centres[draw.integers(0, len(centres), count)] + draw.normal(0.0, 9_000.0, (count, 2))


def assert_same(ours: Distances, theirs: Distances) -> None:
    """Compare all that is told of each pair."""
    assert (ours.method == theirs.method).all()
    for field in fields(Distances):
        if field.name != "method":
            np.testing.assert_allclose(getattr(ours, field.name), getattr(theirs, field.name), rtol=1e-12)


def test_pairs_are_as_in_the_matrix() -> None:
    """For 4,000 pairs of all methods, half of them of neighbours."""
    start = places(4_000, 1)
    end = np.vstack([start[:2_000] + np.random.default_rng(2).normal(0.0, 4_000.0, (2_000, 2)), places(2_000, 3)])
    end[:20] = start[:20]
    found = distance.pairs(start, end, engine())
    assert all(found.counts()[method] for method in METHODS)
    assert_same(found, by_matrix(engine().matrix, start, end))


def test_points_are_known_again_and_forgotten_where_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was asked before, with what, and in which order."""
    first, second = places(300, 5), places(300, 6)
    expected = engine().pairs(first, second)
    again = RoadEngine(engine().graph, engine()._index)  # noqa: SLF001 - as an engine that nothing was asked of
    monkeypatch.setattr(remembered, "MOST", 120)
    for part in (slice(0, 70), slice(40, 160), slice(60, 90), slice(0, 300)):
        assert_same(again.pairs(first[part], second[part]), expected[part])


def test_a_broken_point_has_no_way() -> None:
    """Beside others that have one."""
    points = np.array([[np.nan, np.nan], [427_900.0, 7_210_800.0]])
    found = engine().pairs(points, points[[1, 1]])
    assert found.method[0] == "none"
    assert found.km[1] == 0.0
