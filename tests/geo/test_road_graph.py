import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from config.errors import GeoProblem
from geo import alertc, road_graph
from geo.road_graph import RoadGraph


@pytest.fixture
def graph(alertc_zip: Callable[..., Path]) -> RoadGraph:
    """Give the network of the small table."""
    return alertc.read(alertc_zip())


def test_a_saved_network_comes_back(graph: RoadGraph, tmp_path: Path) -> None:
    """Every array and the origin survive; saving again replaces the folder."""
    folder = tmp_path / "roads"
    road_graph.save(graph, folder)
    road_graph.save(graph, folder)
    again = road_graph.load(folder)
    assert again.info() == graph.info()
    np.testing.assert_array_equal(again.ends, graph.ends)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".zip"] == ["roads"]


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "roads.no_graph"),
        (lambda folder: (folder / "metres.npy").write_bytes(b"half"), "roads.broken_graph"),
        (lambda folder: (folder / "manifest.json").write_text('{"format": 999}'), "roads.other_format"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "roads.broken_graph"),
        (lambda folder: (folder / "manifest.json").write_text('{"format": 2}'), "roads.other_format"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "roads.broken_graph"),
        (lambda folder: (folder / "xy.npy").write_bytes(b""), "roads.broken_graph"),
        (lambda folder: os.truncate(folder / "ends.npy", 150), "roads.broken_graph"),
        (lambda folder: (folder / "oneway.npy").unlink(), "roads.no_graph"),
    ],
)
def test_a_spoilt_folder_is_refused(
    graph: RoadGraph, tmp_path: Path, spoil: Callable[[Path], object], key: str
) -> None:
    """A missing, half-written or foreign network is refused, never half-used."""
    folder = tmp_path / "roads"
    road_graph.save(graph, folder)
    spoil(folder)
    with pytest.raises(GeoProblem) as refused:
        road_graph.load(folder)
    assert refused.value.key == key


def test_the_manifest_tells_what_it_is(graph: RoadGraph, tmp_path: Path) -> None:
    """Source, date, box and hash stand in the manifest."""
    road_graph.save(graph, tmp_path / "roads")
    manifest = json.loads((tmp_path / "roads" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["date"] == "2026-06-08"
    assert manifest["bbox"][0] == 400_000.0
    assert manifest["hash"] == graph.hash


def test_what_a_network_is_driven_with_is_part_of_it(
    graph: RoadGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest tells the speeds; with others the network has another hash and a saved one is refused."""
    folder = tmp_path / "roads"
    road_graph.save(graph, folder)
    profile = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["profile"]
    assert (profile["speed.truck_limit"], profile["speed.main"], profile["ferry.wait"]) == (80, 90, 15)
    monkeypatch.setattr(road_graph, "profile", lambda: {**profile, "speed.main": 85.0})
    assert replace(graph).hash != graph.hash
    with pytest.raises(GeoProblem) as refused:
        road_graph.load(folder)
    assert refused.value.key == "roads.other_format"


@pytest.mark.parametrize("name", ["metres", "shape_xy", "oneway"])
def test_the_hash_changes_with_every_array(graph: RoadGraph, name: str) -> None:
    """Also with the bends, for sites are joined to the road where it runs."""
    values = np.vstack([graph.shape_xy, [[1.0, 1.0]]]) if name == "shape_xy" else ~graph.oneway
    changed = replace(graph, **{name: graph.metres + 1.0 if name == "metres" else values})
    assert changed.hash != graph.hash


def test_the_largest_part_is_kept(graph: RoadGraph) -> None:
    """Without the ferry the island falls away, with its nodes."""
    mainland = road_graph.largest_part(road_graph.keep_links(graph, graph.road_class != road_graph.FERRY))
    assert len(mainland.xy) == len(graph.xy) - 2
    assert mainland.component.all()


def test_trucks_are_slower_than_the_way_is_chosen_by(graph: RoadGraph) -> None:
    """On a main road the way is chosen at 90 km/h, the truck drives 80; a ferry adds its wait."""
    main = int(np.flatnonzero(graph.road_class == road_graph.MAIN)[0])
    ratio = graph.truck_minutes[main] / graph.route_minutes[main]
    assert ratio == pytest.approx(90 / 80)
    ferry = int(np.flatnonzero(graph.road_class == road_graph.FERRY)[0])
    assert graph.truck_minutes[ferry] > 15
