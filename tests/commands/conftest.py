"""Commands run in this process, against a database of the module."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands import door
from config import settings
from geo import distance


@pytest.fixture
def run(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Give a function that runs a command line and gives its status, its output and what it said beside."""
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", database)
    settings.load.cache_clear()

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = door.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    yield call
    settings.load.cache_clear()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a home of this test, with services that nobody offers."""
    for name in ("OVERPASS_URL", "NOMINATIM_URL", "FINTRAFFIC_URL", "GEOFABRIK_URL"):
        monkeypatch.setenv(f"SYNERGIA_{name}", "http://127.0.0.1:9/finland.osm.pbf")
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path / "home"))
    settings.load.cache_clear()
    distance.default_engine.cache_clear()
    yield tmp_path / "home"
    settings.load.cache_clear()
    distance.default_engine.cache_clear()
