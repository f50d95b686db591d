import gzip
import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import osmium
import pytest
from osmium.osm.mutable import Node, Way

from commands.door import run
from config.settings import ROOT
from geo import road_graph

Run = Callable[..., tuple[int, str, str]]
KEYS = ["nodes", "edges", "km", "source", "date", "hash", "largest_component_share"]


@pytest.fixture
def call(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs a command line and gives its status, its output and what it said beside."""
    assert home

    def answer(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([*map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return answer


def road(path: Path, *, step: float = 0.01, crossings: int = 50) -> Path:
    """Write a road of so many crossings eastwards from Kuopio."""
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for number in range(crossings):
            writer.add_node(Node(id=number + 1, location=(27.6 + number * step, 62.8 + 0.001 * (number % 2))))
        for number in range(crossings - 1):
            writer.add_way(Way(id=number + 1, nodes=[number + 1, number + 2], tags={"highway": "primary"}))
    return path


def packed(path: Path, **inside: bytes) -> bytes:
    """Give the bytes of a zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(f"{name}.DAT", content)
    return path.read_bytes()


def spoilt(folder: Path) -> dict[str, bytes]:
    """Give what nothing can be built from, by the name it is given under."""
    pbf = road(folder / "town.osm.pbf").read_bytes()
    table = packed(folder / "table.zip", POINTS=b"CID\tLCD\n" * 999, README=b"1;08/06/2026\n")
    xml = gzip.compress(b"<?xml version='1.0'?><osm version='0.6'><node id='1'" * 50)
    return {
        "cut.osm.pbf": pbf[: len(pbf) // 2],
        "garbled.osm.pbf": pbf[:200] + b"\x00\xff" * 100 + pbf[400:],
        "cut.zip": table[: len(table) // 2],
        "other.zip": table,
        "empty.zip": b"",
        "empty.osm.pbf": b"",
        "cut.osm.gz": xml[:-30],
        "page.osm.pbf": b"<!DOCTYPE html><html><body>Log in</body></html>",
        "book.zip": packed(folder / "book.zip", sheet=np.random.default_rng(1).bytes(5_000)),
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_spoilt_source_is_refused_in_a_sentence(call: Run, home: Path, tmp_path: Path, language: str) -> None:
    """Whatever is wrong with it: status 1, its name in a last line, nothing on standard output, the old one in use."""
    assert call("roads", "build", road(tmp_path / "town.osm.pbf"))[0] == 0
    before = road_graph.load(home / "roads" / "town").hash
    out = home / "roads" / "town"
    for name, content in spoilt(tmp_path).items():
        path = tmp_path / name
        path.write_bytes(content)
        status, answer, said = call("roads", "build", path, "--out", out, "--lang", language)
        assert (status, answer) == (1, ""), name
        last = said.splitlines()[-1]
        assert name in last, last
        assert last.endswith(".")
        assert "Traceback" not in said
        assert road_graph.load(out).hash == before
        assert list((home / "roads").iterdir()) == [out]


def test_one_network_is_told_to_the_letter(call: Run) -> None:
    """A fresh machine measures with the table that ships with the program, and tells of nothing else."""
    assert list(json.loads(call("roads", "info", "--json")[1])) == KEYS


def test_several_networks_are_told_finest_first(call: Run, tmp_path: Path) -> None:
    """The one that is preferred on top, then each with its folder; the shipped table is the last."""
    for name, step in (("coarse", 0.05), ("fine", 0.01)):
        assert call("roads", "build", road(tmp_path / f"{name}.osm.pbf", step=step))[0] == 0
    status, out, said = call("roads", "info", "--json")
    found = json.loads(out)
    assert (status, said) == (0, "")
    assert list(found) == [*KEYS, "networks"]
    assert [Path(one["folder"]).name for one in found["networks"]] == ["fine", "coarse", "reference"]
    assert {name: found[name] for name in KEYS} == {name: found["networks"][0][name] for name in KEYS}
    assert call("roads", "info", "--lang", "sv")[1].count("noder: ") == 3


@pytest.mark.parametrize(("language", "words"), [("fi", "rikki"), ("sv", "trasigt"), ("en", "broken")])
def test_a_network_that_cannot_be_used_is_told(
    call: Run, home: Path, tmp_path: Path, language: str, words: str
) -> None:
    """It is left out and named, and the others are still used."""
    assert call("roads", "build", road(tmp_path / "town.osm.pbf"))[0] == 0
    (home / "roads" / "town" / "metres.npy").write_bytes(b"")
    status, out, said = call("roads", "info", "--json", "--lang", language)
    assert (status, list(json.loads(out))) == (0, KEYS)
    assert words in said
    assert "town" in said


def test_a_killed_first_build_leaves_nothing_to_use(call: Run, home: Path, tmp_path: Path) -> None:
    """After kill -9 in the middle of the writing there is no network, and the next build is whole."""
    source = road(tmp_path / "town.osm.pbf", step=0.00002, crossings=60_000)
    command = [sys.executable, "synergia.py", "roads", "build", str(source)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as building:  # noqa: S603 - our own words
        while building.poll() is None and not list((home / "roads").glob(".town.*/*.npy")):
            time.sleep(0.002)
        building.send_signal(signal.SIGKILL)
    assert building.returncode == -signal.SIGKILL
    assert list(json.loads(call("roads", "info", "--json")[1])) == KEYS
    assert call("roads", "build", road(tmp_path / "town.osm.pbf"))[0] == 0
    assert [path.name for path in (home / "roads").iterdir()] == ["town"]
