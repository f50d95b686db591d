"""What every command shares: its language, its answer, its steps and the one way it fails."""

import json
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from types import TracebackType

import structlog
import typer

from config import logs, settings
from config.errors import SynergiaError
from config.texts import Language, language_of, text

DULL_S = 0.5  # a step that took less is not worth a line

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Options:
    """Hold what may be asked of any command."""

    json: bool = False
    language: Language = "fi"


_options: ContextVar[Options] = ContextVar("options", default=Options())  # noqa: B039 - frozen


def choose(*, as_json: bool, language: Language | None) -> None:
    """Take note of --json and --lang for the rest of this run."""
    _options.set(Options(as_json, language or settings.load().language))


def language() -> Language:
    """Give the language that this run speaks."""
    return _options.get().language


def wants_json() -> bool:
    """Tell whether the answer is to be one JSON object."""
    return _options.get().json


def answer(data: object, lines: Iterable[str]) -> None:
    """Give the answer of a command on standard output: one JSON object with --json, else lines for people."""
    if wants_json():
        typer.echo(json.dumps(data, ensure_ascii=False, default=_plain, allow_nan=False))
        return
    for line in lines:
        typer.echo(line)


def tell(key: str, **values: object) -> None:
    """Write a sentence for people on standard error."""
    typer.echo(text(key, language(), **values), err=True)


def seconds(value: float) -> str:
    """Write a duration the way the language does."""
    return f"{value:.1f} s" if language() == "en" else f"{value:.1f} s".replace(".", ",")


class Steps:
    """Show the steps of a long job on standard error, each with its time when it ends."""

    def __init__(self, shortest_s: float = DULL_S) -> None:
        self._shortest_s = shortest_s
        self._current = ""
        self._began = 0.0

    def __call__(self, key: str, /, **values: object) -> None:
        """End the step that is running and begin the next."""
        self.end()
        self._current = text(key, language(), **values)
        self._began = time.monotonic()

    def end(self) -> None:
        """End the step that is running."""
        took_s = time.monotonic() - self._began
        if self._current and took_s >= self._shortest_s:
            typer.echo(f"{seconds(took_s):>8}  {self._current}", err=True)
        self._current = ""


@contextmanager
def steps(shortest_s: float = DULL_S) -> Iterator[Steps]:
    """Show the steps of a block; the last one ends with it."""
    shown = Steps(shortest_s)
    try:
        yield shown
    finally:
        shown.end()


def refuse(error: SynergiaError) -> None:
    """Say on standard error why a request was refused, in one sentence that tells how to mend it."""
    typer.echo(text(error.key, language(), **error.values), err=True)


def unexpected(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Say that the program failed, with a reference to the log line that tells where; an excepthook."""
    reference = secrets.token_hex(4)
    log.error("unexpected", reference=reference, exc_info=error)
    tell("cli.unexpected", reference=reference)


def _plain(value: object) -> object:
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if hasattr(value, "item"):  # NumPy's numbers
        return value.item()
    return str(value)


def language_in(arguments: list[str]) -> Language | None:
    """Find --lang in raw arguments, for help and errors that come before they are understood."""
    joined = " ".join(arguments).replace("=", " ").split()
    named = joined[joined.index("--lang") + 1 :] if "--lang" in joined else []
    return language_of(named[0]) if named else None


def fail_softly() -> None:
    """Let nobody meet a traceback: what nothing else catches ends in one sentence and status 1."""
    logs.set_up("info")  # until the settings are known
    sys.excepthook = unexpected
