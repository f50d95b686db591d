"""The yearly report on paper: the page's tables in its order, with bars where a workbook has a chart."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from config.texts import Language, text
from dashboard.paper import BODY, ROW_MM, WIDTH_MM, Paper, label_beside
from dashboard.views.report import View
from dashboard.views.report_html import cell
from data.exporters.cells import Value
from data.exporters.report import Chart, Sheet

LABEL_MM, BAR_MM = 62, 100
FIRST_SHARE = 2.2  # a name is so many times as wide as a figure
REGION_COLUMNS = 8  # what fits across a page; the workbook has the rest


def pdf(view: View, language: Language) -> bytes:
    """Give the report as PDF."""
    paper = Paper(view.book.title, language, demo=view.demo)
    paper.sentence(view.book.sentence)
    for sheet in view.book.sheets:
        if sheet.rows:
            _part(paper, sheet, language)
    paper.heading(text("report.sheet_notes", language))
    for words in view.book.notes:
        paper.note(words)
    return paper.finish()


def _part(paper: Paper, sheet: Sheet, language: Language) -> None:
    paper.heading(sheet.name)
    columns = sheet.columns[: REGION_COLUMNS if sheet.key == "regions" else sheet.shown]

    def said(row: Sequence[Value]) -> list[str]:
        return [cell(value, column, language) for value, column in zip(row, columns, strict=False)]

    rows = [said(row) for row in sheet.rows]
    if sheet.total:
        rows.append(said(sheet.total))
    shares = [column.wide or (FIRST_SHARE if column.kind == "text" else 1.0) for column in columns]
    paper.table([column.heading for column in columns], rows, shares=shares)
    _bars(paper, sheet, language)
    if sheet.note:
        paper.note(sheet.note)


def _bars(paper: Paper, sheet: Sheet, language: Language) -> None:
    chart = sheet.chart
    if chart is None:
        return
    if chart.shares:
        paper.drawing(_stacked(sheet, chart), text("report.by_basis", language))
        return
    at = chart.values[0]
    labels = [str(row[0]) for row in sheet.rows]
    values = [_number(row[at]) for row in sheet.rows]
    if any(values):
        paper.bars(sheet.columns[at].heading, labels, values)


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _stacked(sheet: Sheet, chart: Chart) -> Drawing:
    """Draw each row as a bar of one length, parted in the colours of its columns, which are named below."""
    height = ROW_MM * mm * (len(sheet.rows) + 1)
    drawing = Drawing(WIDTH_MM * mm, height)
    for line, row in enumerate(sheet.rows):
        foot = height - (line + 1) * ROW_MM * mm
        label_beside(drawing, LABEL_MM * mm, foot + 2.75 * mm, str(row[0]))
        values = [_number(row[at]) for at in chart.values]
        left, whole = (LABEL_MM + 2) * mm, sum(values) or 1.0
        for value, colour in zip(values, chart.colours, strict=True):
            wide = BAR_MM * mm * value / whole
            drawing.add(Rect(left, foot + mm, wide, 3.5 * mm, fillColor=HexColor(colour), strokeColor=None))
            left += wide
    left = (LABEL_MM + 2) * mm
    for at, colour in zip(chart.values, chart.colours, strict=True):
        drawing.add(Rect(left, mm, 3 * mm, 3 * mm, fillColor=HexColor(colour), strokeColor=None))
        drawing.add(String(left + 4 * mm, 1.4 * mm, sheet.columns[at].heading, fontName=BODY, fontSize=8))
        left += BAR_MM * mm / len(chart.values)
    return drawing
