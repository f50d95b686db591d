"""Tables (CSV, XLSX) in the manner of the FISS resource form: our own template, and whatever resembles it."""

from collections.abc import Sequence
from pathlib import Path

from config.errors import ImportProblem
from data.importers import reading
from data.importers.cells import Row, Sheet
from data.importers.checking import check, note
from data.importers.columns import Columns, columns, meaning, recognised, template_heading, written
from data.importers.faults import Cell
from data.importers.protocol import Fixes
from data.importers.report import Heading, HeadingsProblem, Options, Problem, Progress, Report
from data.importers.text import fold, plain, shown

REQUIRED = ("organisation", "title", "direction")
HEADER_WITHIN = 20  # rows: titles and notes may stand above the headings
EXAMPLES = 3
EXAMPLES_WITHIN = 50  # rows
HEADER_LEAST = 2  # headings that must be known for a row to be the header
TOTALS = frozenset(
    map(
        fold,
        (
            "yhteensä",
            "summa",
            "kaikki yhteensä",
            "totalt",
            "summa totalt",
            "sammanlagt",
            "total",
            "sum",
            "grand total",
            "totals",
        ),
    )
)


class Table:
    """Import resources from CSV and XLSX."""

    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")

    def load(self, path: Path, options: Options, progress: Progress) -> Sheet:
        """Read the file into rows by field; raise ImportProblem when it can't be read or lacks a column."""
        progress("import.stage_reading", 0, 1)
        found = reading.read(path, options)
        at = _header(found.rows, found.file)
        headings = _headings(found.rows, at, options)
        try:
            known = _understood(found.rows[at], found.file, options)
        except ImportProblem as error:
            raise HeadingsProblem(error.key, headings, **error.values) from error
        rows, notes = _body(found.rows, at, known)
        if not rows:
            raise ImportProblem("import.no_rows", file=found.file)
        progress("import.stage_reading", 1, 1)
        return Sheet(
            file=found.file,
            sha256=found.sha256,
            columns=known,
            rows=rows,
            notes=(*_remarks(known, at + 1), *notes),
            headings=headings,
            sheet=found.sheet,
            sheets=found.sheets,
        )

    def check(self, source: Sheet, options: Options, fixes: Fixes, progress: Progress) -> Report:
        """Judge the rows."""
        return check(source, "table", options, fixes, progress)


def _understood(row: Sequence[Cell], file: str, options: Options) -> Columns:
    known = columns(row, file, options.meanings)
    for name in REQUIRED:
        if name not in known.places:
            raise ImportProblem("import.missing_column", file=file, column=template_heading(name, options.language))
    return known


def _headings(rows: Sequence[Sequence[Cell]], header: int, options: Options) -> tuple[Heading, ...]:
    below = rows[header + 1 : header + 1 + EXAMPLES_WITHIN]
    found = []
    for at, cell in enumerate(rows[header]):
        text = written(cell)
        values = dict.fromkeys(shown(row[at]).strip() for row in below if at < len(row))
        if text:
            examples = tuple(value for value in values if value)[:EXAMPLES]
            found.append(Heading(text, meaning(text, options.meanings)[0] or "", examples))
    return tuple(found)


def _header(rows: Sequence[Sequence[Cell]], file: str) -> int:
    scores = [recognised(row) for row in rows[:HEADER_WITHIN]]
    best = max(scores, default=0)
    if best < HEADER_LEAST:
        raise ImportProblem("import.no_header", file=file)
    return scores.index(best)


def _body(rows: Sequence[Sequence[Cell]], header: int, known: Columns) -> tuple[tuple[Row, ...], list[Problem]]:
    body: list[Row] = []
    notes: list[Problem] = []
    for at, row in enumerate(rows[header + 1 :], header + 2):
        words = [plain(cell).strip() for cell in row]
        filled = [word for word in words if word]
        if not filled:
            continue
        total = next((word for word in filled[:3] if fold(word) in TOTALS), "")
        if total:
            notes.append(note(at, "", total, "total_row"))
        elif recognised(row) > max(HEADER_LEAST, len(filled) // 2):
            notes.append(note(at, "", filled[0], "second_header"))
        else:
            cells = {name: row[place] for name, place in known.places.items() if place < len(row)}
            spare = {name: row[place] for name, place in known.spare.items() if place < len(row) and words[place]}
            body.append(Row(at, cells, spare=spare))
    return tuple(body), notes


def _remarks(known: Columns, row: int) -> list[Problem]:
    remarks = []
    if known.ignored:
        remarks.append(note(row, "", ", ".join(known.ignored), "ignored_columns"))
    if known.contacts:
        remarks.append(note(row, "", ", ".join(known.contacts), "contact_ignored"))
    return remarks


IMPORTER = Table()
