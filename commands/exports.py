"""Exports: the table that comes back in as it went out, and sites as geodata."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from commands import console
from config import settings
from config.texts import text
from data import exporters
from data.ready import ready
from data.store import audit

File = Annotated[Path, typer.Argument()]
Region = Annotated[str | None, typer.Option("--region")]

app = typer.Typer(no_args_is_help=True)


@app.command()
def table(file: File, *, region: Region = None) -> None:
    """Write resources into CSV or XLSX."""

    def write(engine: Engine, code: str | None) -> int:
        return exporters.export_table(engine, file, code, console.language())

    _run(write, file, region)


@app.command()
def geo(file: File, *, region: Region = None) -> None:
    """Write sites into GeoPackage or GeoJSON."""

    def write(engine: Engine, code: str | None) -> int:
        return exporters.export_geo(engine, file, code)

    _run(write, file, region)


def _run(write: Callable[[Engine, str | None], int], file: Path, region: str | None) -> None:
    code = exporters.region_code(region) if region else None
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_export.writing")
        rows = write(engine, code)
        by = settings.load().user or text("cli_db.nobody", console.language())
        told = audit.Event(person=by, subject=file.name, rows=rows, details={"region": code} if code else {})
        audit.record(engine, audit.Kind.EXPORTED, told)
    console.answer(
        {"rows": rows, "file": str(file)}, [text("cli_export.done", console.language(), rows=rows, file=file)]
    )
