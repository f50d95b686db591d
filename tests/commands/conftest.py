"""Commands run in this process, against a database of the module."""

from collections.abc import Callable, Iterator

import pytest

from commands import door
from config import settings


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
