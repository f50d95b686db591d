"""The rows that an import leaves out, as they stood in the file: packed small, since few people ask for them."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from config.texts import Language
from data.importers.cells import Row, Sheet
from data.importers.columns import EXPORTED, template_heading
from data.importers.faults import Cell
from data.importers.report import Report, Severity
from data.importers.text import shown

_DAY = "d"  # JSON has no days: they go as {"d": "2026-11-22"}


@dataclass(frozen=True)
class LeftOut:
    """Hold the rejected rows of a file under its own headings; `numbers` are those that the user knows them by."""

    headings: Sequence[str]
    numbers: Sequence[int]
    rows: Sequence[Sequence[Cell]]


def pack(report: Report, language: Language) -> bytes:
    """Pack the rejected rows of a report that still holds its source; empty where there are none to be mended.

    Rows of a table keep all its columns. Those of other formats come under the headings of our template, since a
    table is what a person can mend. A register is its keeper's to mend.
    """
    sheet = report.source
    if not isinstance(sheet, Sheet) or not report.rejected:
        return b""
    taken = {tie.row for tie in report.ties}
    rows = [row for row in sheet.rows if row.number not in taken and _mendable(row)]
    if not rows:
        return b""
    columns = _own(sheet) if report.importer == "table" else _ours(rows, language)
    told = {
        "headings": [heading for _, heading in columns],
        "numbers": [row.number for row in rows],
        "rows": [[_packed(_cell(row, name)) for name, _ in columns] for row in rows],
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> LeftOut:
    """Give back what was packed."""
    if not packed:
        return LeftOut((), (), ())
    # Half a character is marked as broken, so that it is found again.
    told = json.loads(zlib.decompress(packed).decode("utf-8", "replace"))
    return LeftOut(told["headings"], told["numbers"], [[_unpacked(cell) for cell in row] for row in told["rows"]])


def _mendable(row: Row) -> bool:
    """Tell whether a table could hold the row mended: that a listing is closed, say, stands in no column of it."""
    return all(fault.severity is Severity.WARNING or name in EXPORTED for name, fault in row.faults.items())


def _own(sheet: Sheet) -> list[tuple[str, str]]:
    """List the columns of a table in its order, as key and heading; contacts are nobody's to pass on."""
    known = sheet.columns
    placed = [(place, name, known.headings[name]) for name, place in known.places.items()]
    spare = [(place, heading, heading) for heading, place in known.spare.items()]
    return [(name, heading) for _, name, heading in sorted([*placed, *spare])]


def _ours(rows: Sequence[Row], language: Language) -> list[tuple[str, str]]:
    said = {name for row in rows for name, cell in row.cells.items() if cell not in (None, "")}
    # An amount without its ends has no column of its own in the template, but one that is understood.
    names = [*EXPORTED, *(("quantity",) if "quantity" in said else ())]
    return [(name, _heading(name, language)) for name in names if name in said]


def _heading(name: str, language: Language) -> str:
    return template_heading(name, language) if name in EXPORTED else name


def _cell(row: Row, name: str) -> Cell:
    return row.cells[name] if name in row.cells else row.spare.get(name)


def _packed(cell: Cell) -> object:
    if isinstance(cell, date):  # and datetime
        return {_DAY: cell.isoformat()}
    return shown(cell) if isinstance(cell, float) and not isfinite(cell) else cell


def _unpacked(cell: object) -> Cell:
    if isinstance(cell, dict):
        moment = str(cell[_DAY])
        return datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
    return cell if isinstance(cell, str | int | float | bool) else None
