"""Cells that a spreadsheet shows as they are, and that our own import reads back as they were."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

from config.texts import Language

# A text that begins so would run as a formula where the file is opened.
_FORMULA = re.compile(r"^[=+\-@\t\r＝＋－＠]")
_BELOW_ZERO = re.compile(r"[-−]\d[\d  .,]{0,20}")  # a negative number as text runs nothing
Value = str | int | float | bool | date | None


def harmless(value: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; the import takes it off."""
    return f"'{value}" if _FORMULA.match(value) and not _BELOW_ZERO.fullmatch(value) else value


def number(value: float, decimal: str) -> str:
    """Write a number that can be read in one way only: never three decimals, which may pass for thousands."""
    text = f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"  # noqa: PLR2004 - beyond it a float is no longer exact
    whole, point, fraction = text.partition(".")
    return f"{whole}{decimal}{fraction}{'0' * (len(fraction) == 3)}" if point else text  # noqa: PLR2004 - digits


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[Value]], language: Language) -> bytes:
    """Write a table as CSV that a spreadsheet opens by itself: semicolons and commas, in English commas and points."""
    decimal, delimiter = (".", ",") if language == "en" else (",", ";")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_written(value, decimal) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _written(value: Value, decimal: str) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float):
        return number(value, decimal)
    return harmless(value) if isinstance(value, str) else "" if value is None else str(value)


def to_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Value]], sheet: str) -> bytes:
    """Write a table as XLSX: text as text, whatever it looks like, numbers as numbers and days as days."""
    return to_book({sheet: (headings, rows)})


def to_book(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Value]]]]) -> bytes:
    """Write several tables into one XLSX file, each on the sheet of its name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day, bold = book.add_format({"num_format": "d.m.yyyy"}), book.add_format({"bold": True, "text_wrap": True})
        for sheet, (headings, rows) in sheets.items():
            page = book.add_worksheet(sheet[:31])
            page.freeze_panes(1, 0)
            page.set_column(0, max(len(headings) - 1, 0), 18)
            for at, heading in enumerate(headings):
                page.write_string(0, at, heading, bold)
            for line, row in enumerate(rows, 1):
                for at, value in enumerate(row):
                    _put(page, (line, at), value, day)
    return out.getvalue()


def _put(page: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], value: Value, day: object) -> None:
    if isinstance(value, str):
        if value:
            page.write_string(*place, harmless(value))
    elif isinstance(value, datetime | date):
        page.write_datetime(*place, value, day)
    elif isinstance(value, bool):
        page.write_boolean(*place, value)
    elif value is not None:
        page.write_number(*place, float(value))
