from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from benchmarks import chart, peers
from benchmarks.chart import Line, Panel
from benchmarks.networks import road_like
from benchmarks.race import OURS, SCIPY, Case, race
from geo.road_graph import MAIN, STREET


def test_an_invented_network_is_like_a_road_network() -> None:
    """It hangs together, most nodes have two or three neighbours, and few links are main roads."""
    graph = road_like(4_000)
    assert len(graph.xy) == 4_000
    assert graph.component.mean() > 0.9
    degree = np.bincount(graph.ends.ravel(), minlength=4_000)
    assert 2.2 < degree.mean() < 2.6
    assert np.isin(degree, (2, 3)).mean() > 0.6
    share = {kind: float((graph.road_class == kind).mean()) for kind in (MAIN, STREET)}
    assert share[MAIN] < 0.05
    assert share[STREET] > 0.7
    chord = np.hypot(*(graph.xy[graph.ends[:, 0]] - graph.xy[graph.ends[:, 1]]).T)
    assert (graph.metres >= chord).all()
    np.testing.assert_array_equal(road_like(4_000).ends, graph.ends)


def test_a_race_without_peers_is_run_against_scipy() -> None:
    """Where no peer can be had the index is still held against scipy, and agrees."""
    times = race(Case.of("small", road_like(3_000), sites=40), {}, rounds=2)
    assert set(times.matrix_s) == {OURS, SCIPY}
    assert all(len(turns) == 2 for turns in times.matrix_s.values())
    assert times.difference < 1e-9
    assert times.over(SCIPY) > 0


def test_a_peer_that_ends_is_not_waited_for(tmp_path: Path) -> None:
    """Where the packages of a peer are not there its process ends, and that is said."""
    Case.of("tiny", road_like(200), sites=5).save(tmp_path)
    with pytest.raises(RuntimeError, match="routingkit-cch ended"):
        peers.Peer("routingkit-cch", tmp_path, tmp_path)


def test_a_chart_shows_every_line(tmp_path: Path) -> None:
    """Each line has its name, its points within the drawing, and higher values stand higher."""
    file = tmp_path / "chart.svg"
    lines = [Line("one", [(10.0, 0.02), (1_000.0, 3.0)]), Line("other", [(10.0, 5.0)])]
    chart.write(file, [Panel("Times", "nodes", "seconds", lines)] * 2)
    root = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - written a line above
    space = "{http://www.w3.org/2000/svg}"
    words = [element.text for element in root.iter(f"{space}text")]
    assert words.count("one") == words.count("other") == 2
    assert "0.01" in words
    assert "1,000" in words
    (first, second), *_ = [
        [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
        for line in root.iter(f"{space}polyline")
    ]
    assert first[0] < second[0]
    assert first[1] > second[1]
    assert all(0 < x < chart.WIDTH and 0 < y < chart.HEIGHT for x, y in (first, second))
