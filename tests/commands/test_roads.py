import csv
import json
from pathlib import Path

import pytest

from commands.door import run
from config.settings import ROOT

HELSINKI, TURKU, UTO = "24.9384,60.1699", "22.2666,60.4518", "21.37,59.78"


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """Run a command that succeeds and read its one JSON object."""
    assert run([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_distance(capsys: pytest.CaptureFixture[str]) -> None:
    """A haul comes with km, minutes, method, access and what it costs and emits."""
    found = answer(capsys, "roads", "distance", "--from", HELSINKI, "--to", TURKU)
    assert {"km", "minutes", "method", "access_km", "eur_per_tonne", "co2e_kg_per_tonne"} <= set(found)
    assert found["method"] == "road"
    assert found["km"] == pytest.approx(166.1, rel=0.03)


def test_no_way_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no road leads, the figures are null and the method says none."""
    found = answer(capsys, "roads", "distance", "--from", HELSINKI, "--to", UTO)
    assert (found["km"], found["method"]) == (None, "none")


def test_aland_is_reached_by_ferry(capsys: pytest.CaptureFixture[str]) -> None:
    """Mariehamn and Turku are joined by road and ferry, the km over water told apart."""
    found = answer(capsys, "roads", "distance", "--from", "19.93,60.10", "--to", "22.27,60.45")
    assert (found["method"], found["ferry_km"]) == ("road+ferry", 152.0)


def test_info(capsys: pytest.CaptureFixture[str]) -> None:
    """The network in use tells its size, source and date."""
    found = answer(capsys, "roads", "info")
    assert set(found) == {"nodes", "edges", "km", "source", "date", "hash", "largest_component_share"}
    assert found["date"] == "2026-06-08"


@pytest.mark.parametrize(
    ("point", "part"),
    [
        ("60.1699,24.9384", "24.9384,60.1699"),
        ("2.35,48.86", "2.35,48.86"),
        ("Helsinki", "Helsinki"),
        ("nan,60.2", "nan,60.2"),
    ],
)
def test_bad_points_are_refused(capsys: pytest.CaptureFixture[str], point: str, part: str) -> None:
    """Swapped, foreign and broken points end in one sentence that names them, and status 1."""
    assert run(["roads", "distance", "--from", point, "--to", TURKU]) == 1
    said = capsys.readouterr()
    assert part in said.err
    assert said.out == ""


def test_matrix(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Two tables of points give one table of hauls, a row a pair."""
    points, out = tmp_path / "points.csv", tmp_path / "hauls.csv"
    points.write_text(f"id,lon,lat\na,{HELSINKI}\nb,{TURKU}\n", encoding="utf-8")
    found = answer(capsys, "roads", "matrix", str(points), str(points), "--out", str(out))
    assert (found["origins"], found["destinations"]) == (2, 2)
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["origin"], row["destination"]) for row in rows] == [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    assert float(rows[0]["km"]) == 0.0


def test_a_bad_row_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A point outside Finland is named by file, row and id, and nothing is written."""
    points, out = tmp_path / "points.csv", tmp_path / "hauls.csv"
    points.write_text(f"id,lon,lat\na,{HELSINKI}\nb,2.35,48.86\n", encoding="utf-8")
    assert run(["roads", "matrix", str(points), str(points), "--out", str(out)]) == 1
    assert "3" in capsys.readouterr().err
    assert not out.exists()


def test_build_then_measure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The whole network is built from the publisher's zip and measures the same haul, a little more exactly."""
    folder = ROOT.parent / "shared" / "data" / "roads"
    if not folder.is_dir():
        pytest.skip("the publishers' files do not lie beside the project")
    built = answer(capsys, "roads", "build", str(next(folder.glob("*.zip"))), "--out", str(tmp_path / "roads"))
    assert built == answer(capsys, "roads", "info", "--graph", str(tmp_path / "roads"))
    whole = ["--graph", str(tmp_path / "roads")]
    found = answer(capsys, "roads", "distance", "--from", HELSINKI, "--to", TURKU, *whole)
    assert found["km"] == pytest.approx(166.1, rel=0.015)


def test_another_kind_of_source_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A source that can't be read yet is refused in a sentence."""
    assert run(["roads", "build", "city.osm.pbf", "--out", str(tmp_path / "roads")]) == 1
    assert "city.osm.pbf" in capsys.readouterr().err


def test_reference_build_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a source nothing is computed and the options are named."""
    assert run(["reference", "build"]) == 1
    assert "--boundaries" in capsys.readouterr().err
