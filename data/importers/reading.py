"""CSV and XLSX files as rows of cells, numbered as the user sees them."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from config import settings
from config.errors import ImportProblem
from data.importers import safety, sandbox
from data.importers.encodings import decode
from data.importers.faults import Cell
from data.importers.report import Options

MAX_COLUMNS = 400
_DELIMITERS = ";\t,|"
_SAMPLE_LINES = 60


@dataclass(frozen=True)
class Rows:
    """Hold the rows of a file; the first is row 1 of the file."""

    rows: Sequence[Sequence[Cell]]
    file: str
    sha256: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""


def read(path: Path, options: Options) -> Rows:
    """Read a table whatever it is called: the first bytes tell a workbook from text."""
    file = options.name or path.name
    data = safety.contents(path, file)
    if data.startswith(safety.ZIP):
        return _workbook(path, data, file, options)
    safety.require_text(data, file, "CSV, XLSX")
    return _text(data, file)


def _text(data: bytes, file: str) -> Rows:
    decoded, encoding = decode(data, file)
    limit = settings.load().import_max_rows
    # A cell of ten million characters is a faulty cell, and should not stop the file.
    csv.field_size_limit(safety.MIB * settings.load().import_max_mb)
    first, _, rest = decoded.partition("\n")
    body, skipped = (rest, 1) if first.strip().lower().startswith("sep=") else (decoded, 0)
    delimiter = first.strip()[4:5] if skipped and len(first.strip()) > 4 else _delimiter(body)  # noqa: PLR2004 - sep=
    rows: list[Sequence[Cell]] = [[]] * skipped
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(row) > MAX_COLUMNS:
                raise ImportProblem("import.sheet_too_large", file=file, rows=len(rows), columns=len(row))
            if len(rows) > limit + _SAMPLE_LINES:
                raise ImportProblem("import.too_many_rows", file=file, limit=limit)
    except csv.Error as error:
        raise ImportProblem("import.csv_broken", file=file, row=len(rows) + 1) from error
    return Rows(rows, file, safety.digest(data), encoding=encoding)


def _delimiter(text: str) -> str:
    # Whatever ends the lines: a lone carriage return would be an error inside a line.
    lines = [*islice(io.StringIO(text, newline=None), _SAMPLE_LINES)]

    def steadiness(sign: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
        width, times = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        return (times if width > 1 else 0, width)

    return max(_DELIMITERS, key=steadiness)


def _workbook(path: Path, data: bytes, file: str, options: Options) -> Rows:
    members = safety.open_zip(path, file, lambda name: name.lower().endswith((".xml", ".rels")))
    if "workbook.xml" not in members:
        raise ImportProblem("import.unknown_format", file=file, found="ZIP", expected="CSV, XLSX")
    for name, content in members.items():
        safety.require_plain_xml(name, content, file)
    chosen = settings.load()
    limits = {"max_rows": chosen.import_max_rows + _SAMPLE_LINES, "max_columns": MAX_COLUMNS}
    with sandbox.scratch({"file": data}) as folder:
        answer = sandbox.run("xlsx", folder, {"sheet": options.sheet, **limits}, file, sandbox.Workbook)
    try:
        rows = [[_cell(cell) for cell in row] for row in answer["rows"]]
    except ValueError as error:  # a day that is none
        raise ImportProblem("import.reader_failed", file=file) from error
    return Rows(rows, file, safety.digest(data), answer["sheet"], tuple(answer["sheets"]))


def _cell(cell: Cell | dict[Literal["d"], str]) -> Cell:
    if isinstance(cell, dict):
        moment = cell.get("d", "")
        return datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
    return cell
