"""The yearly report on paper: the page's tables in its order, with bars where a workbook has a chart."""

from collections.abc import Sequence

from config.texts import Language, text
from dashboard.paper import Paper
from dashboard.views.report import View
from dashboard.views.report_html import cell
from data.exporters.cells import Value
from data.exporters.report import Sheet

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
    last = REGION_COLUMNS if sheet.key == "regions" else len(sheet.columns)
    columns = sheet.columns[:last]

    def said(row: Sequence[Value]) -> list[str]:
        return [cell(value, column, language) for value, column in zip(row, columns, strict=False)]

    rows = [said(row) for row in sheet.rows]
    if sheet.total:
        rows.append(said(sheet.total))
    shares = [FIRST_SHARE if column.kind == "text" else 1.0 for column in columns]
    paper.table([column.heading for column in columns], rows, shares=shares)
    _bars(paper, sheet)
    if sheet.note:
        paper.note(sheet.note)


def _bars(paper: Paper, sheet: Sheet) -> None:
    if sheet.chart is None or sheet.chart.shares:
        return
    at = sheet.chart.values[0]
    labels = [str(row[0]) for row in sheet.rows]
    values = [float(value) if isinstance(value := row[at], int | float) else 0.0 for row in sheet.rows]
    if any(values):
        paper.bars(sheet.columns[at].heading, labels, values)
