import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from config import settings
from geo import alertc, distance, estimate, gates, land, main_roads, road_graph
from geo.engines.circuity import CircuityEngine
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


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """Give a copy of the tables that distances are measured with."""
    folder = tmp_path / "reference"
    shutil.copytree(settings.load().reference, folder)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a figure that stands in a table once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("ferries.csv", ",115,300,60,", ",116,300,60,"),
        ("ferries.csv", ",115,300,60,", ",115,305,60,"),
        ("ferries.csv", ",115,300,60,", ",115,300,65,"),
        ("ferries.csv", "20.2967,60.1176,,,115,", "20.2968,60.1176,,,115,"),
        ("island_roads.csv", ",31,published,2020,", ",32,published,2020,"),
        ("island_roads.csv", "19.950 60.153 19.989", "19.951 60.153 19.989"),
        ("islands.csv", "Utö,roadless,21.3710,59.7820,900", "Utö,roadless,21.3710,59.7820,800"),
    ],
)
def test_distances_are_not_kept_over_a_changed_table(
    reference: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str
) -> None:
    """The hash under which the store keeps distances changes with every figure of a ferry, island road or island."""
    before = RoadEngine(main_roads.load(reference)).hash
    assert before == RoadEngine(main_roads.load(settings.load().reference)).hash
    edit(reference / file, old, new)
    monkeypatch.setattr(land, "ISLANDS", reference / "islands.csv")
    assert RoadEngine(main_roads.load(reference)).hash != before


@pytest.mark.parametrize(
    ("module", "rule"),
    [
        (gates, "FAR_KM"),
        (gates, "LOST_KM"),
        (gates, "SOUND_M"),
        (gates, "DOUBTFUL_M"),
        (land, "COAST_M"),
        (land, "SHORE_M"),
        (estimate, "RATIO"),
        (estimate, "HIGH_RATIO"),
        (estimate, "ACCESS_HIGH_RATIO"),
    ],
)
def test_distances_are_not_kept_over_a_changed_rule(
    alertc_zip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, module: ModuleType, rule: str
) -> None:
    """Nor with another rule for the coast, for the legs off the road or for estimates."""
    graph = alertc.read(alertc_zip())
    before, guessed = RoadEngine(graph).hash, CircuityEngine().hash
    monkeypatch.setattr(module, rule, getattr(module, rule) * 1.01)
    assert RoadEngine(graph).hash != before
    assert CircuityEngine().hash != guessed
