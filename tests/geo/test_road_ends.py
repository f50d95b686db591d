from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from geo import alertc, distance
from geo.road_engine import RoadEngine
from geo.road_graph import RoadGraph

Zip = Callable[..., Path]

# Road 77 of the small table leads from (410040, 7000030) north to (410000, 7020000) without a point between.
END, BEGIN = 2_001, 2_002


def read(alertc_zip: Zip, off_m: float) -> RoadGraph:
    """Build the small network with a connecting road that ends east of the middle of road 77."""
    points = [
        (END, "1.11", 0, 600, 410_020 + off_m, 7_010_000, "5001;1;5000"),
        (BEGIN, "1.11", 0, 600, 415_000, 7_010_000, "5001;1;0"),
    ]
    return alertc.read(alertc_zip(points=points, roads=[(600, "1.4", "5001")], neighbours=[(BEGIN, END)]))


def is_joined(graph: RoadGraph) -> bool:
    """Tell whether the connecting road hangs together with the rest."""
    return bool(graph.component[np.argmin(np.hypot(*(graph.xy - [415_000, 7_010_000]).T))])


@pytest.mark.parametrize(("off_m", "joined"), [(50, True), (190, True), (390, True), (450, False)])
def test_a_road_ends_at_the_road_beside_it(alertc_zip: Zip, off_m: float, *, joined: bool) -> None:
    """Road 77, 20.4 km long over 20, may bend as far as 390 m off its straight line; 450 m is too far to tell."""
    assert is_joined(read(alertc_zip, off_m)) == joined


def test_the_road_keeps_its_length(alertc_zip: Zip) -> None:
    """Both halves of the road that is cut are as long as the whole was, and the leg is told in full."""
    graph = read(alertc_zip, 100)
    assert graph.metres[graph.number == 77].sum() == pytest.approx(20_400)
    found = distance.one_to_many((415_000, 7_010_000), np.array([[410_020, 7_000_000]]), RoadEngine(graph))
    assert found.km[0] == pytest.approx(5.0 + 0.12 + 10.2, abs=0.1)


def test_a_straight_road_does_not_bend_to_an_end(alertc_zip: Zip) -> None:
    """300 m off a road that is as long as the straight line nothing tells that it leads there."""
    straight = [
        (2_010, "1.11", 0, 700, 430_000, 7_000_000, "5002;1;0"),
        (2_011, "1.11", 0, 700, 430_000, 7_010_000, "5002;1;10000"),
    ]
    beside = [
        (2_020, "1.11", 0, 801, 430_300, 7_005_000, "5003;1;3000"),
        (2_021, "1.11", 0, 801, 433_300, 7_005_000, "5003;1;0"),
    ]
    graph = alertc.read(
        alertc_zip(
            points=[*straight, *beside],
            roads=[(700, "1.4", "5002"), (801, "1.4", "5003")],
            neighbours=[(2_010, 2_011), (2_021, 2_020)],
        )
    )
    assert (graph.number == 5002).sum() == 1


def test_nobody_enters_a_motorway_between_interchanges(alertc_zip: Zip) -> None:
    """A connecting road that ends 100 m beside a motorway passes under it or turns back."""
    motorway = [
        (2_010, "1.1", 0, 700, 430_000, 7_000_000, "3;1;0"),
        (2_011, "1.1", 0, 700, 430_000, 7_010_000, "3;1;10000"),
        (2_020, "1.11", 0, 701, 430_100, 7_005_000, "5002;1;3000"),
        (2_021, "1.11", 0, 701, 433_100, 7_005_000, "5002;1;0"),
    ]
    graph = alertc.read(
        alertc_zip(
            points=motorway,
            roads=[(700, "1.2", "3"), (701, "1.4", "5002")],
            neighbours=[(2_010, 2_011), (2_021, 2_020)],
        )
    )
    assert (graph.number == 3).sum() == 1
