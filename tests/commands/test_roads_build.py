import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import osmium
import pytest
from osmium.osm.mutable import Node, Way

from commands.door import run
from config.settings import ROOT
from geo import half_proof, road_graph

Run = Callable[..., tuple[int, str, str]]
SIDE = 80


@pytest.fixture
def call(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs a command line and gives its status, its output and what it said beside."""
    assert home

    def answer(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([*map(str, arguments), "--lang", "en"])
        said = capsys.readouterr()
        return status, said.out, said.err

    return answer


def grid(path: Path, side: int) -> Path:
    """Write a town of `side` times `side` crossings, every 0.002 degrees, around Kuopio."""
    step = 0.002
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for row, column in np.ndindex(side, side):
            place = (27.6 + column * step, 62.8 + row * step)
            writer.add_node(Node(id=row * side + column + 1, location=place))
        for line in range(side):
            along = [line * side + place + 1 for place in range(side)]
            across = [place * side + line + 1 for place in range(side)]
            writer.add_way(Way(id=2 * line + 1, nodes=along, tags={"highway": "residential", "maxspeed": "40"}))
            writer.add_way(Way(id=2 * line + 2, nodes=across, tags={"highway": "tertiary"}))
    return path


def test_a_built_network_is_used_at_once(call: Run, home: Path, tmp_path: Path) -> None:
    """Without --out it goes below the home, and the next distance is measured on it."""
    town = grid(tmp_path / "Pieni kylä.osm.pbf", 12)
    status, out, said = call("roads", "build", town, "--json")
    assert status == 0
    built = json.loads(out)
    assert (built["nodes"], built["edges"], built["largest_component_share"]) == (144, 264, 1.0)
    folder = home / "roads" / "pieni-kylä"
    assert half_proof.all_in(home / "roads") == [folder]
    assert str(folder) in said
    _, out, _ = call("roads", "distance", "--from", "27.6,62.8", "--to", "27.622,62.822", "--json")
    found = json.loads(out)
    assert found["method"] == "road"
    assert found["km"] == pytest.approx(11 * 0.002 * (111.44 + 50.99), rel=0.01)
    assert found["access_km"] == pytest.approx(0, abs=0.01)


def test_a_refused_source_leaves_the_old_network(call: Run, tmp_path: Path) -> None:
    """A cut extract, one without roads and another kind of file change nothing."""
    town, out = grid(tmp_path / "town.osm.pbf", 12), tmp_path / "roads"
    assert call("roads", "build", town, "--out", out)[0] == 0
    before = road_graph.load(out).hash
    whole = town.read_bytes()
    table = b"id,lon,lat\n"
    for content, words in (
        (whole[:-40], "broken"),
        (grid(town, 1).read_bytes(), "no road"),
        (table, "No road network"),
    ):
        town.write_bytes(content)
        status, answer, said = call("roads", "build", town, "--out", out)
        assert (status, answer) == (1, "")
        assert words in said
        assert len(said.strip().splitlines()[-1]) > 40
    assert road_graph.load(out).hash == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["roads", "town.osm.pbf"]


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_leaves_the_old_network(
    call: Run, home: Path, tmp_path: Path, wish: signal.Signals
) -> None:
    """Ctrl-C ends a build in one sentence and leaves nothing; after kill -9 the old network is whole and in use."""
    out = home / "roads" / "town"
    assert call("roads", "build", grid(tmp_path / "town.osm.pbf", 12))[0] == 0
    before = road_graph.load(out).hash
    command = [
        sys.executable,
        "synergia.py",
        "roads",
        "build",
        str(grid(tmp_path / "town.osm.pbf", SIDE)),
        "--lang",
        "en",
    ]
    building = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own words
    while building.poll() is None and not list(out.parent.glob(".town.*/manifest.json")):
        time.sleep(0.01)
    building.send_signal(wish)
    said = building.communicate()[1]
    assert building.returncode == (1 if wish == signal.SIGINT else -signal.SIGKILL)
    assert road_graph.load(out).hash == before
    status, found, _ = call("roads", "distance", "--from", "27.6,62.8", "--to", "27.622,62.822", "--json")
    assert (status, json.loads(found)["method"]) == (0, "road")
    if wish == signal.SIGINT:
        assert "Traceback" not in said
        assert "Nothing was changed" in said
    else:
        assert call("roads", "build", tmp_path / "town.osm.pbf")[0] == 0
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "Kajaani", "--radius-km", "30"), "can't be reached"),
        (("build", "Kajaani"), "can't be reached"),
        (("build", "missing.osm.pbf"), "can't be read"),
        (("fetch", "finland"), "can't be reached"),
        (("fetch", "fintraffic"), "can't be reached"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(call: Run, home: Path, arguments: tuple[str, ...], words: str) -> None:
    """Offline and missing sources end with status 1 and one line that names them."""
    status, out, said = call("roads", *arguments)
    assert (status, out) == (1, "")
    assert words in said
    assert len(said.splitlines()) == 1
    assert not (home / "roads").exists()


@pytest.mark.parametrize("arguments", [("fetch", "sweden"), ("build", "Kajaani", "--radius-km", "5000")])
def test_wrong_usage(call: Run, arguments: tuple[str, ...]) -> None:
    """An unknown source and a radius no service bears are wrong usage."""
    assert call("roads", *arguments)[0] == 2


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ("30.3,59.93", "not in Finland"),
        ("20.5,62.8", "at sea"),
        ("60.17,24.94", "24.94,60.17"),
        ("0,0", "not in Finland"),
    ],
)
def test_points_that_no_road_is_near_to(call: Run, point: str, words: str) -> None:
    """St Petersburg, the Gulf of Bothnia, swapped numbers and null island are told apart."""
    for ends in (("--from", point, "--to", "24.94,60.17"), ("--from", "24.94,60.17", "--to", point)):
        status, out, said = call("roads", "distance", *ends)
        assert (status, out) == (1, "")
        assert words in said


def test_an_island_far_from_any_road_has_no_way(call: Run) -> None:
    """That no way leads to Utö is an answer, and the reason is told beside it."""
    status, out, said = call("roads", "distance", "--from", "24.94,60.17", "--to", "21.37,59.78", "--json")
    assert (status, json.loads(out)["method"]) == (0, "none")
    assert "no road and no ferry" in said


def test_a_network_of_another_place_is_refused(call: Run, tmp_path: Path) -> None:
    """A small network says nothing of a haul far away from it, not even an estimate."""
    out = tmp_path / "roads"
    assert call("roads", "build", grid(tmp_path / "town.osm.pbf", 5), "--out", out)[0] == 0
    status, _, said = call("roads", "distance", "--from", "24.94,60.17", "--to", "25.47,65.01", "--graph", out)
    assert status == 1
    assert "nearest known road" in said


def test_a_long_way_to_the_road_is_told(call: Run) -> None:
    """In the wilderness the distance comes with a note."""
    status, _, said = call("roads", "distance", "--from", "27.9,68.9", "--to", "24.94,60.17", "--json")
    assert status == 0
    assert "as the crow flies" in said


def test_another_format_is_named(call: Run, tmp_path: Path) -> None:
    """A network of another version of the program is not used, and the sentence says how to mend it."""
    out = tmp_path / "roads"
    assert call("roads", "build", grid(tmp_path / "town.osm.pbf", 5), "--out", out)[0] == 0
    manifest = out / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {road_graph.FORMAT}', '"format": 999'))
    for arguments in (("info",), ("distance", "--from", "27.6,62.8", "--to", "27.61,62.81")):
        status, _, said = call("roads", *arguments, "--graph", out)
        assert status == 1
        assert "another version" in said
