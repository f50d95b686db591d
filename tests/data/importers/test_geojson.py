"""Item 14: GeoJSON with a system of its own, without geometry, with NaN, and cut off."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import ImportProblem
from data import importers
from data.importers import Report

Read = Callable[..., Report]


def test_the_stated_system_is_followed(read_sample: Read) -> None:
    """The crs member is no longer in the standard, but many programs write it."""
    report = read_sample("crs.geojson", "geo")
    assert report.rejected == 0
    assert report.batch.sites["easting_m"].tolist() == [427882.793]


def test_an_unknown_system_is_refused(read_sample: Read) -> None:
    """A wrong guess would put every point elsewhere."""
    with pytest.raises(ImportProblem) as refused:
        read_sample("crs_wrong.geojson", "geo")
    assert refused.value.key == "import.unknown_crs"


@pytest.mark.parametrize(("name", "line"), [("nan.geojson", 3), ("truncated.geojson", 3)])
def test_what_is_no_json_is_refused_with_its_line(name: str, line: int, read_sample: Read) -> None:
    """NaN is no JSON, and half a file is no file."""
    with pytest.raises(ImportProblem) as refused:
        read_sample(name, "geo")
    assert (refused.value.key, refused.value.values["line"]) == ("import.not_json", line)


def test_endless_brackets_are_refused(tmp_path: Path) -> None:
    """A thousand nested lists end in a refusal and not in a crash."""
    path = tmp_path / "sulut.geojson"
    path.write_text("[" * 200_000)
    with pytest.raises(ImportProblem) as refused:
        importers.read("geo", path)
    assert refused.value.key == "import.not_json"
