"""Items 4, 5 and 6: coordinates in every system and none, and what the municipality says to them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data import importers
from data.importers import Report
from geo import regions

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]


def test_swapped_coordinates_are_refused_with_the_swap_proposed(read_sample: Read, found: Found) -> None:
    """The proposal names the municipality, and ticking it lets the row in."""
    report = read_sample("swapped.csv")
    assert found(report) == {3: ["swapped_coordinates"]}
    problem = report.problems[0]
    assert (problem.column, problem.value, problem.suggestion) == ("lon, lat", "65,01 25,47", "25,47 65,01")
    assert "Oulu" in problem.message("fi")
    assert "Uleåborg" in problem.message("sv")
    doubtful = report.points[report.points["state"] == "doubtful"].iloc[0]
    assert (doubtful["row"], round(doubtful["proposed_easting"])) == (3, 427883)
    mended = importers.apply_fixes(report, {3: {problem.column: problem.suggestion}})
    assert mended.rejected == 0


def test_systems_are_told_apart_by_range(read_sample: Read) -> None:
    """The railway station of Helsinki in five systems is one place, to about 200 metres."""
    report = read_sample("systems.csv")
    assert report.rejected == 0
    assert report.coordinates == "EPSG:3067, EPSG:4326, EPSG:2393, EPSG:3879, EPSG:3857"
    station = report.points.iloc[:5]
    assert (abs(station["easting"] - 385_800) < 200).all()
    assert (abs(station["northing"] - 6_672_100) < 200).all()


def test_kkj_without_its_zone_is_found_by_the_stated_municipality(read_sample: Read, found: Found) -> None:
    """A point that fits its municipality only in the old system is refused and converted; the others are warned."""
    report = read_sample("kkj.csv")
    assert found(report) == {2: ["kkj_suspected"], 3: ["kkj_possible"]}
    problem = report.problems[0]
    easting, northing = (int(number) for number in problem.suggestion.split())
    assert (easting, northing) == (387277, 6683036)
    mended = importers.apply_fixes(report, {2: {problem.column: problem.suggestion}})
    assert mended.rejected == 0


def test_points_that_are_none(read_sample: Read, found: Found) -> None:
    """NaN, infinity, null island and half a pair are refused; no point at all leaves the municipality."""
    report = read_sample("degenerate.csv")
    assert found(report) == {
        2: ["not_finite"],
        3: ["not_finite"],
        4: ["null_island"],
        5: ["coordinate_missing"],
        7: ["no_place"],
    }
    assert list(report.batch.sites["precision"]) == ["municipality"]


def test_lines_areas_and_heights_among_points(read_sample: Read, found: Found) -> None:
    """A height is left out; lines, areas and empty points are refused, one by one."""
    report = read_sample("shapes.geojson", "geo")
    assert found(report) == {
        2: ["geometry_not_point"],
        3: ["geometry_not_point"],
        4: ["geometry_missing"],
        5: ["geometry_missing"],
    }
    assert list(report.batch.organisations["name"]) == ["Korkea Oy", "Kunta Oy"]


def test_sea_neighbours_and_aland(read_sample: Read, found: Found, resources: Resources) -> None:
    """At sea and abroad is refused, Åland is Finland, and a wrong municipality is told with both names."""
    report = read_sample("places.csv")
    rules = found(report)
    assert [rules.get(row) for row in (2, 3, 4, 5)] == [["outside_finland"]] * 4
    assert 6 not in rules
    assert rules[7] == ["point_outside_municipality"]
    problem = next(problem for problem in report.problems if problem.row == 7)
    assert "Oulu" in problem.message("en")
    assert "Kuopio" in problem.message("en")
    assert set(resources(report)) == {"rivi 6", "rivi 8", "rivi 10"}


def test_merged_and_misspelt_municipalities(read_sample: Read, found: Found) -> None:
    """Pertunmaa is Mäntyharju now, and said so; a misspelt name is refused with the likely one."""
    report = read_sample("places.csv")
    assert found(report)[8] == ["municipality_merged"]
    assert next(p for p in report.problems if p.row == 8).suggestion == "Mäntyharju"
    assert next(p for p in report.problems if p.row == 9).suggestion == "Jyväskylä"


def test_a_point_on_a_border_may_lie_on_either_side(tmp_path: Path) -> None:
    """The outlines are generalised, so within 500 metres of a border both municipalities are believed."""
    border = (385_900, 6_685_000)
    codes = regions.load().assign([(border[0], north) for north in range(6_670_000, 6_700_000, 50)]).municipality
    north = 6_670_000 + 50 * next(at for at, code in enumerate(codes) if code == "092")
    path = tmp_path / "raja.csv"
    rows = "".join(f"A Oy;{place};{border[0]};{north};{place};tarjolla;{place}\n" for place in ("Helsinki", "Vantaa"))
    path.write_text(f"Yritys;Toimipaikka;E;N;Kunta;Suunta;Otsikko\n{rows}", encoding="utf-8")
    assert importers.read("table", path).rejected == 0


@pytest.mark.parametrize(("text", "code"), [("5200.0", "05200"), ("FI-00100", "00100"), ("100", "00100")])
def test_postal_codes_get_their_zeros_back(text: str, code: str, tmp_path: Path) -> None:
    """A spreadsheet takes 00100 for the number 100."""
    path = tmp_path / "posti.csv"
    path.write_text(f"Yritys;Kunta;Postinumero;Suunta;Otsikko\nA Oy;Oulu;{text};tarjolla;x\n", encoding="utf-8")
    assert list(importers.read("table", path).batch.sites["postal_code"]) == [code]
