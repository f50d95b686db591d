import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from config import logs

NAME = "Maija Meikäläinen"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Give the logging of the other tests back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def fail() -> None:
    """Raise an error that quotes what somebody wrote."""
    raise ValueError(NAME)


@pytest.mark.parametrize("logger", [logging.getLogger("a.library"), "ours"])
def test_an_error_is_logged_without_its_words(logger: object, capsys: pytest.CaptureFixture[str]) -> None:
    """The log tells the kind and the place of an error, in JSON, and not its message."""
    logs.set_up("info")
    speaker = structlog.get_logger("ours") if logger == "ours" else logger
    try:
        fail()
    except ValueError:
        speaker.exception("broke")  # type: ignore[attr-defined]
    (line,) = capsys.readouterr().err.splitlines()
    assert NAME not in line
    told = json.loads(line)
    assert told["event"] == "broke"
    assert told["error"] == "ValueError"
    assert told["trace"][-1].endswith(" fail")


def test_levels_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """What is less serious than the setting is not written."""
    logs.set_up("warning")
    structlog.get_logger("x").info("chatter")
    structlog.get_logger("x").warning("matters")
    assert "chatter" not in capsys.readouterr().err


def test_libraries_lose_handlers_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    """A library that had set up its own output speaks through ours."""
    library = logging.getLogger("somelibrary.part")
    library.addHandler(logging.StreamHandler())
    library.propagate = False
    logs.set_up("info")
    logs.adopt("somelibrary")
    library.error("once")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "once"
