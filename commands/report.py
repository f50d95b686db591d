"""The yearly report of a region or of the country as a file, the same that the page gives."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import console
from config import settings
from config.errors import SynergiaError
from config.texts import text
from data import exporters
from data.ready import ready
from data.store import audit

app = typer.Typer()
WRITERS = (".xlsx", ".pdf")
Year = Annotated[int | None, typer.Option("--year", min=2000, max=2100)]
Region = Annotated[str | None, typer.Option("--region")]


@app.command("report")
def report(file: Annotated[Path, typer.Argument()], *, year: Year = None, region: Region = None) -> None:
    """Write the yearly report."""
    from dashboard.reports import frames, paper  # noqa: PLC0415 - other commands need not wait for it
    from dashboard.views.report_figures import Chosen  # noqa: PLC0415 - the same
    from data.exporters.report import to_xlsx  # noqa: PLC0415 - the same

    suffix = file.suffix.lower()
    if suffix not in WRITERS:
        raise SynergiaError("export.unknown_format", file=file.name, accepted=", ".join(WRITERS))
    if not file.parent.is_dir():
        raise SynergiaError("export.no_folder", folder=str(file.parent))
    today = datetime.now(UTC).date()
    chosen = Chosen(year or today.year, exporters.region_code(region) if region else "")
    language = console.language()
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_report.making")
        view = frames.view(engine, chosen, language, today, whole=suffix == ".xlsx")
        notes = text("report.sheet_notes", language)
        file.write_bytes(to_xlsx(view.book, notes) if suffix == ".xlsx" else paper.pdf(view, language))
        rows = sum(len(sheet.rows) for sheet in view.book.sheets)
        by = settings.load().user or text("cli_db.nobody", language)
        audit.record(engine, audit.Kind.EXPORTED, audit.Event(person=by, subject=file.name, rows=rows))
    console.answer(
        {"rows": rows, "file": str(file)}, [view.book.sentence, text("cli_export.done", language, rows=rows, file=file)]
    )
