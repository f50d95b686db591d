"""The reference tables: compute them from the publishers' own files."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from commands import console
from config.errors import GeoProblem
from config.texts import text
from data.reference_build import build as builder
from data.reference_build.files import Written

app = typer.Typer(no_args_is_help=True)


@app.callback()
def reference() -> None:
    """Keep `build` a command of its own although it is the only one."""


@app.command()
def build(
    boundaries: Annotated[Path | None, typer.Option()] = None,
    codes: Annotated[Path | None, typer.Option()] = None,
    roads: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Compute the tables of data/reference and the layers of the map from each source that is given."""
    jobs: list[tuple[Callable[[Path], list[Written]], Path | None]] = [
        (builder.build_boundaries, boundaries),
        (builder.build_codes, codes),
        (builder.build_roads, roads),
    ]
    chosen = [(job, source) for job, source in jobs if source is not None]
    if not chosen:
        raise GeoProblem("reference.nothing_given")
    written: list[Written] = []
    with console.steps() as steps:
        for job, source in chosen:
            steps("reference.building", source=source.name)
            written += job(source)
        steps("reference.noting")
        builder.note_sources()
    lines = [text("reference.written", console.language(), file=done.file, rows=done.rows) for done in written]
    console.answer({"tables": {done.file: done.rows for done in written}}, lines)
