"""Imports from files: try them, or write them in one transaction, and name every faulty row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from commands import console
from config import settings
from config.texts import count, text
from data import importers
from data.importers import Options, Progress, Result
from data.model import Channel
from data.ready import ready

SHOWN_PROBLEMS = 20

Source = Annotated[Path, typer.Argument()]
DryRun = Annotated[bool, typer.Option("--dry-run")]
AllOrNothing = Annotated[bool, typer.Option("--all-or-nothing")]
ChosenChannel = Annotated[Channel | None, typer.Option("--channel")]
Dated = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d", "%d.%m.%Y"])]

app = typer.Typer(no_args_is_help=True)


def _add(name: str) -> None:
    """Add the command of one importer; all take the same options. Its help is in the texts, by its name."""

    @app.command(name)
    def run(
        path: Source,
        *,
        dry_run: DryRun = False,
        all_or_nothing: AllOrNothing = False,
        channel: ChosenChannel = None,
        dated: Dated = None,
    ) -> None:
        _run(name, path, _options(channel, dated, all_or_nothing=all_or_nothing), dry_run=dry_run)


for importer in importers.IMPORTERS:
    _add(importer)


def _options(channel: Channel | None, dated: datetime | None, *, all_or_nothing: bool) -> Options:
    day: date | None = dated.date() if dated else None
    return Options(channel=channel, dated=day, language=console.language(), all_or_nothing=all_or_nothing)


def _run(name: str, path: Path, options: Options, *, dry_run: bool) -> None:
    chosen = settings.load()
    with console.steps() as steps, ready(chosen, steps) as engine, _heard(steps) as progress:
        report = importers.read(name, path, options, progress)
        if dry_run:
            result = importers.dry_run(engine, report, progress)
        else:
            result = importers.write(engine, chosen.user or getuser(), report, progress)
    console.answer(result.as_dict(console.language()), _lines(result))


@contextmanager
def _heard(steps: console.Steps) -> Iterator[Progress]:
    stage = ""

    def hear(name: str, _done: int, _total: int, /) -> None:
        nonlocal stage
        if name != stage:
            stage = name
            steps(name)

    yield hear


def _lines(result: Result) -> Iterator[str]:
    language = console.language()
    rows = count("row", result.read, language)
    yield text(f"cli_import.{'tried' if result.dry_run else 'done'}", language, read=result.read, rows=rows)
    for name in ("created", "updated", "unchanged", "rejected"):
        yield text(f"cli_import.{name}", language, number=getattr(result, name))
    for problem in result.problems[:SHOWN_PROBLEMS]:
        yield f"  {problem.message(language)}"
    if len(result.problems) > SHOWN_PROBLEMS:
        yield text("cli_import.more", language, number=len(result.problems) - SHOWN_PROBLEMS)
