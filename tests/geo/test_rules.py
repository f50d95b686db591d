from collections.abc import Callable
from pathlib import Path

import numpy as np

from geo import alertc, distance, road_graph
from geo.road_engine import RoadEngine

POINTS = [
    (402_000, 7_000_150),  # beside the main road
    (418_000, 6_999_700),  # beside it, past a border of sections
    (410_500, 7_013_000),  # beside the regional road
    (416_500, 7_020_600),  # beyond the ferry
    (420_000, 6_990_000),  # far from any road
    (419_700, 6_990_200),  # its neighbour
]


def test_the_same_roads_give_the_same_distances(alertc_zip: Callable[..., Path]) -> None:
    """Whoever changes these figures raises road_graph.RULES, or the store goes on giving those that it has kept."""
    found = distance.matrix(POINTS, POINTS, RoadEngine(alertc.read(alertc_zip())))[[0, 0, 0, 0, 4], [1, 2, 3, 4, 5]]
    assert road_graph.RULES == 1
    assert found.method.tolist() == ["road", "road", "road+ferry", "estimate", "estimate"]
    np.testing.assert_allclose(found.km, [17.887754, 22.762212, 36.608135, 33.142532, 0.486749], rtol=1e-5)
    np.testing.assert_allclose(found.minutes, [13.770199, 18.238366, 63.350631, 32.847666, 0.648999], rtol=1e-5)
