from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from config.errors import GeoProblem
from geo import osm
from geo.road_graph import FERRY, MAIN, STREET, RoadGraph

OsmFile = Callable[..., Path]
NODES = {1: (27.00, 62.0), 2: (27.01, 62.0), 3: (27.02, 62.0), 4: (27.03, 62.0), 5: (27.02, 62.01), 6: (27.04, 62.01)}
ROAD = {"highway": "primary"}


def built(path: Path) -> RoadGraph:
    """Read an extract in silence."""
    return osm.read(path, lambda *_, **__: None)


def test_links_run_between_junctions(osm_file: OsmFile) -> None:
    """A node used twice is a junction; one used once is a point of the line."""
    graph = built(osm_file(NODES, [([1, 2, 3, 4], {**ROAD, "ref": "E 63;9", "maxspeed": "80"}), ([3, 5], ROAD)]))
    assert (len(graph.xy), len(graph.ends)) == (4, 3)
    assert graph.component.all()
    assert sorted(graph.number.tolist()) == [0, 9, 9]
    assert sorted(graph.speed_kmh.tolist()) == [0, 80, 80]
    assert set(graph.road_class.tolist()) == {MAIN}


def test_lengths_are_geodesic(osm_file: OsmFile) -> None:
    """A hundredth of a degree along the meridian at 62 degrees north is 1,114.3 m, wherever the map stretches."""
    graph = built(osm_file({1: (20.0, 62.0), 2: (20.0, 62.01)}, [([1, 2], ROAD)]))
    assert graph.metres[0] == pytest.approx(1114.3, rel=0.002)
    assert graph.metres[0] >= np.hypot(*(graph.xy[0] - graph.xy[1]))


def test_lines_are_thinned_and_lengths_are_not(osm_file: OsmFile) -> None:
    """A wiggle of ten metres leaves the line and stays in the length; a bend of a kilometre stays in both."""
    wiggle = {number: (27.0 + number / 1000, 62.0 + (number % 2) / 11_000) for number in range(1, 40)}
    bend = {40: (27.045, 62.02), 41: (27.05, 62.0)}
    graph = built(osm_file({**wiggle, **bend}, [([*wiggle, *bend], ROAD)]))
    line = graph.line(0)
    assert 3 <= len(line) <= 6
    assert graph.metres[0] > 1.005 * np.hypot(*np.diff(line, axis=0).T).sum()


def test_directions(osm_file: OsmFile) -> None:
    """A one-way street leads from its first to its last node, with -1 the other way round."""
    graph = built(
        osm_file(NODES, [([1, 2], {**ROAD, "oneway": "yes"}), ([2, 3], {**ROAD, "oneway": "-1"}), ([3, 4], ROAD)])
    )
    east = [(graph.xy[end] - graph.xy[start])[0] > 0 for start, end in graph.ends]
    assert east == [True, False, True]
    assert graph.oneway.tolist() == [True, True, False]


def test_a_roundabout_is_driven_one_way(osm_file: OsmFile) -> None:
    """It is cut where roads meet it, and every piece follows its direction."""
    ring = {number: (27 + 0.001 * np.cos(number), 62 + 0.0005 * np.sin(number)) for number in range(6)}
    arms = {10: (27.01, 62.0), 11: (26.99, 62.0)}
    ways = [([*ring, 0], {**ROAD, "junction": "roundabout"}), ([10, 0], ROAD), ([11, 3], ROAD)]
    graph = built(osm_file({**ring, **arms}, ways))
    assert graph.oneway.sum() == 2
    assert graph.component.all()
    tails, heads = graph.ends[graph.oneway].T
    assert tails.tolist() == heads[::-1].tolist()


def test_a_loop_has_two_ends(osm_file: OsmFile) -> None:
    """A street that comes back to its own beginning is cut in its middle."""
    graph = built(osm_file(NODES, [([1, 2], ROAD), ([2, 3, 5, 2], {"highway": "residential"})]))
    assert (graph.ends[:, 0] != graph.ends[:, 1]).all()
    assert (graph.road_class == STREET).sum() == 2


def test_what_trucks_may_not_use_is_left_out(osm_file: OsmFile) -> None:
    """Ways closed to trucks, too weak and too low leave no link."""
    shut = ({"hgv": "no"}, {"maxweight": "12"}, {"maxheight": "4.0"}, {"access": "private"})
    graph = built(osm_file(NODES, [([1, 2], ROAD), *(([2, 3], {**ROAD, **tags}) for tags in shut)]))
    assert len(graph.ends) == 1


def test_a_bollard_parts_a_street(osm_file: OsmFile) -> None:
    """Both sides stay, and no way leads from one to the other."""
    nodes = {**NODES, 3: (27.02, 62.0, {"barrier": "bollard"})}
    graph = built(osm_file(nodes, [([1, 2, 3, 4], ROAD)]))
    assert (len(graph.ends), len(graph.xy)) == (2, 4)
    assert not graph.component.all()


def test_a_clipped_way_makes_no_short_cut(osm_file: OsmFile) -> None:
    """Where the file lacks a node the way is broken in two."""
    graph = built(osm_file({k: v for k, v in NODES.items() if k != 3}, [([1, 2, 3, 4, 6], ROAD)]))
    assert len(graph.ends) == 2
    assert graph.metres.max() < 1300


def test_a_ferry_is_one_link_and_waits_once(osm_file: OsmFile) -> None:
    """Two ways that meet at sea are one crossing: length and duration of both, one wait."""
    ways = [
        ([1, 2], ROAD),
        ([2, 3], {"route": "ferry", "duration": "00:10"}),
        ([3, 4], {"route": "ferry", "duration": "PT5M", "motor_vehicle": "yes"}),
        ([4, 6], ROAD),
    ]
    graph = built(osm_file(NODES, ways))
    ferry = np.flatnonzero(graph.road_class == FERRY)
    assert len(ferry) == 1
    assert graph.metres[ferry[0]] == pytest.approx(1047, rel=0.01)
    assert graph.route_minutes[ferry[0]] == pytest.approx(15 + 15)
    assert graph.component.all()


def test_a_ferry_of_three_landings(osm_file: OsmFile) -> None:
    """Routes that branch at sea join every pair of landings; a landing that no road meets is none."""
    ways = [([1, 2], ROAD), ([4, 6], ROAD), ([2, 3], {"route": "ferry"}), ([3, 4], {"route": "ferry"})]
    graph = built(
        osm_file(
            {**NODES, 7: (27.02, 61.99)},
            [*ways, ([3, 5], {"route": "ferry"}), ([5, 7], ROAD), ([3, 7], {"route": "ferry"})],
        )
    )
    ferry = graph.road_class == FERRY
    landings = {tuple(sorted(pair)) for pair in graph.ends[ferry].tolist()}
    assert len(landings) == ferry.sum() == 6
    assert (graph.metres[ferry] < 3000).all()
    adrift = built(osm_file(NODES, [*ways[:1], ([2, 3], {"route": "ferry"})]))
    assert not (adrift.road_class == FERRY).any()


def test_a_crossing_stops_at_a_landing(osm_file: OsmFile) -> None:
    """From island to island by way of a third is two crossings."""
    ways = [([1, 2], {"route": "ferry"}), ([2, 3], {"route": "ferry"}), ([1, 5], ROAD), ([2, 6], ROAD), ([3, 4], ROAD)]
    graph = built(osm_file(NODES, ways))
    assert (graph.road_class == FERRY).sum() == 2


def test_source_and_day_come_from_the_file(osm_file: OsmFile) -> None:
    """The header's day of replication, else the youngest road."""
    assert built(osm_file(NODES, [([1, 2], ROAD)], date="2026-05-01T20:21:22Z")).date == "2026-05-01"
    found = built(osm_file(NODES, [([1, 2], ROAD)]))
    assert (found.date, found.source) == ("2025-03-04", "OpenStreetMap contributors, ODbL")


@pytest.mark.parametrize("name", ["roads.osm", "roads.osm.gz", "roads.osm.bz2"])
def test_xml_gives_the_same_network(osm_file: OsmFile, name: str) -> None:
    """PBF and XML, also packed, hold the same roads."""
    ways = [([1, 2, 3, 4], {**ROAD, "oneway": "-1"}), ([3, 5], ROAD), ([4, 6], {"route": "ferry"})]
    assert built(osm_file(NODES, ways, name=name)).hash == built(osm_file(NODES, ways)).hash


@pytest.mark.parametrize(
    ("nodes", "ways"),
    [
        ({}, []),
        (NODES, []),
        (NODES, [([1, 2], {"highway": "footway"})]),
        (NODES, [([7, 8], ROAD)]),
        (NODES, [([1], ROAD)]),
        ({1: (2.35, 48.85), 2: (2.36, 48.85)}, [([1, 2], ROAD)]),
    ],
)
def test_an_extract_without_our_roads_is_refused(
    osm_file: OsmFile, nodes: dict[int, tuple[float, float]], ways: list[object]
) -> None:
    """Empty, without roads, without their nodes, or of another country."""
    with pytest.raises(GeoProblem) as refused:
        built(osm_file(nodes, ways))
    assert refused.value.key == "roads.no_roads"


@pytest.mark.parametrize("name", ["roads.osm.pbf", "roads.osm", "roads.osm.gz"])
def test_a_cut_or_spoilt_extract_is_refused(osm_file: OsmFile, name: str) -> None:
    """Half a download and garbled bytes are refused as broken."""
    path = osm_file(NODES, [([1, 2, 3, 4], ROAD)], name=name)
    whole = path.read_bytes()
    for spoilt in (whole[: len(whole) * 2 // 3], whole[:150] + b"\x00\xff\x13<" * 30 + whole[270:]):
        path.write_bytes(spoilt)
        with pytest.raises(GeoProblem) as refused:
            built(path)
        assert refused.value.key == "roads.broken_file"
