"""A report as a workbook: one sheet a table, numbers as numbers, and the charts that a spreadsheet draws itself."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import xlsxwriter

from data.exporters.cells import Value, harmless

Kind = Literal["text", "count", "amount", "share", "day"]
FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "count": "#,##0",
    "amount": "#,##0",
    "share": "0 %",
    "day": "d.m.yyyy",
}
SMALL = "#,##0.0"  # of an amount that has decimals worth showing
WHOLE_FROM = 100
WIDTHS: Mapping[Kind, int] = {"text": 44, "count": 14, "amount": 18, "share": 12, "day": 12}
# What stands in the cell of a figure that may not be told.
FEW = "< 3"
HEAD_ROW = 2  # below the sheet's sentence and an empty row
CHART_PX = {"width": 760, "height": 380}


@dataclass(frozen=True)
class Column:
    """Name a column and say how its figures are told."""

    heading: str
    kind: Kind = "count"
    wide: float = 0.0  # its part of the width of a sheet of paper; 0: as columns of its kind have


@dataclass(frozen=True)
class Chart:
    """Say which columns are drawn, by their position, in which colours; `shares` draws parts of a whole."""

    values: Sequence[int]
    colours: Sequence[str]
    shares: bool = False
    points: bool = False  # a colour for each bar instead of each column


@dataclass(frozen=True)
class Sheet:
    """Hold a table ready to show: on the page, on paper and in a workbook alike."""

    key: str
    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] = ()
    note: str = ""
    chart: Chart | None = None
    shown: int | None = None  # so many columns go on the page and on paper; the workbook has all


@dataclass(frozen=True)
class Book:
    """Hold a whole report: its title, its sentence, its tables, and how it was counted."""

    title: str
    sentence: str
    sheets: Sequence[Sheet]
    notes: Sequence[str] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


def whole(value: float, kind: Kind) -> bool:
    """Tell whether a figure is shown without decimals: a count, a whole one, a large one."""
    return kind == "count" or abs(value) >= WHOLE_FROM or value == round(value)


class _Told(float):
    """A number as a file gets it: 76.9 and not the 76.90000000000001 of sixteen digits."""

    def __format__(self, spec: str) -> str:
        return f"{float(self):.15g}"


def to_xlsx(book: Book, notes_name: str) -> bytes:
    """Write a report as XLSX."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as file:
        file.set_properties({"title": book.title, **book.properties})
        told: dict[str, str] = {**{str(kind): one for kind, one in FORMATS.items()}, "small": SMALL}
        formats = {kind: file.add_format({"num_format": one}) for kind, one in told.items()}
        strong = {kind: file.add_format({"num_format": one, "bold": True, "top": 1}) for kind, one in told.items()}
        head = file.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        title = file.add_format({"bold": True, "font_size": 14})
        for number, sheet in enumerate(book.sheets):
            page = file.add_worksheet(_sheet_name(sheet.name))
            page.write_string(0, 0, harmless(book.title if number == 0 else sheet.name), title)
            page.write_string(1, 0, harmless(book.sentence if number == 0 else sheet.note))
            page.freeze_panes(HEAD_ROW + 1, 1)
            for at, column in enumerate(sheet.columns):
                page.set_column(at, at, WIDTHS[column.kind])
                page.write_string(HEAD_ROW, at, column.heading, head)
            for line, row in enumerate(sheet.rows, HEAD_ROW + 1):
                _write(page, line, sheet.columns, row, formats)
            if sheet.total:
                _write(page, HEAD_ROW + 1 + len(sheet.rows), sheet.columns, sheet.total, strong)
            if sheet.chart is not None and sheet.rows:
                _draw(file, page, sheet, sheet.chart)
        notes = file.add_worksheet(_sheet_name(notes_name))
        notes.set_column(0, 0, 120, file.add_format({"text_wrap": True}))
        for line, words in enumerate(book.notes):
            notes.write_string(line, 0, harmless(words))
    return out.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(letter for letter in name if letter not in "[]:*?/\\")[:31]


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    line: int,
    columns: Sequence[Column],
    row: Sequence[Value],
    formats: Mapping[str, object],
) -> None:
    for at, (column, value) in enumerate(zip(columns, row, strict=True)):
        told = formats[column.kind]
        if isinstance(value, str):
            page.write_string(line, at, harmless(value), told)
        elif isinstance(value, date):
            page.write_datetime(line, at, value, told)
        elif value is not None:
            small = column.kind == "amount" and not whole(value, column.kind)
            page.write_number(line, at, _Told(value), formats["small"] if small else told)
        elif told is not formats["text"]:
            page.write_blank(line, at, None, told)


def _draw(file: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, chart: Chart) -> None:
    drawn = file.add_chart({"type": "bar", "subtype": "percent_stacked"} if chart.shares else {"type": "bar"})
    first, last = HEAD_ROW + 1, HEAD_ROW + len(sheet.rows)
    place = _sheet_name(sheet.name)
    for at, colour in zip(chart.values, chart.colours, strict=False):
        series: dict[str, object] = {
            "name": [place, HEAD_ROW, at],
            "categories": [place, first, 0, last, 0],
            "values": [place, first, at, last, at],
            "fill": {"color": colour},
            "gap": 60,
        }
        if chart.points:
            series["points"] = [{"fill": {"color": one}} for one in chart.colours[: len(sheet.rows)]]
        drawn.add_series(series)
    drawn.set_title({"name": sheet.name, "name_font": {"size": 12, "bold": True}})
    drawn.set_y_axis({"reverse": True})
    drawn.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#DCE3E6"}}})
    drawn.set_legend({"position": "bottom"} if len(chart.values) > 1 else {"none": True})
    drawn.set_size(CHART_PX)
    page.insert_chart(HEAD_ROW, len(sheet.columns) + 1, drawn)
