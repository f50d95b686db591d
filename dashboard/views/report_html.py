"""The tables of a report as HTML: with bars where a workbook has a chart; every text is escaped."""

from collections.abc import Sequence
from datetime import date
from html import escape

from config.texts import Language
from dashboard.wording import UNKNOWN, day, number, percent, t
from data.exporters.cells import Value
from data.exporters.report import Chart, Column, Sheet, whole


def cell(value: Value, column: Column, language: Language) -> str:
    """Say one value as its column tells it: whole where large or whole, one decimal where small."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(value, language)
    if column.kind == "share":
        return percent(value, language)
    return number(value, language, 0 if whole(value, column.kind) else 1)


def table(sheet: Sheet, language: Language) -> str:
    """Write a table with a bar in each row where it has a chart."""
    wide = sheet.chart is not None
    head = "".join(_head(column) for column in sheet.columns[: sheet.shown]) + (_bar_head(sheet) if wide else "")
    most = _most(sheet)
    rows = "".join(
        f"<tr>{_cells(row, sheet, language)}{_bar(row, number_, sheet.chart, most)}</tr>"
        for number_, row in enumerate(sheet.rows)
    )
    foot = ""
    if sheet.total:
        foot = f"<tfoot><tr>{_cells(sheet.total, sheet, language)}{'<td></td>' if wide else ''}</tr></tfoot>"
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(sheet.name)}">'
        f'<table class="report"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>{foot}</table></div>{keys(sheet)}'
    )


def keys(sheet: Sheet) -> str:
    """Name the colours of bars that are made of several parts."""
    chart = sheet.chart
    if chart is None or len(chart.values) == 1:
        return ""
    names = [sheet.columns[at].heading for at in chart.values]
    parts = [
        f'<span><i style="background:{colour}"></i>{escape(name)}</span>'
        for name, colour in zip(names, chart.colours, strict=False)
    ]
    return f'<p class="keys">{"".join(parts)}</p>'


def _head(column: Column) -> str:
    return f"<th{_class(column)}>{escape(column.heading)}</th>"


def _bar_head(sheet: Sheet) -> str:
    """Say which column the bars draw, where it is one."""
    chart = sheet.chart
    told = sheet.columns[chart.values[0]].heading if chart is not None and len(chart.values) == 1 else ""
    return f'<th class="w">{escape(told)}</th>'


def _class(column: Column) -> str:
    return "" if column.kind in {"text", "day"} else ' class="n"'


def _cells(row: Sequence[Value], sheet: Sheet, language: Language) -> str:
    return "".join(
        f"<td{_class(column)}>{escape(cell(value, column, language))}</td>"
        for value, column in zip(row[: sheet.shown], sheet.columns[: sheet.shown], strict=True)
    )


def _most(sheet: Sheet) -> float:
    if sheet.chart is None:
        return 1.0
    return max([_number(row[at]) for row in sheet.rows for at in sheet.chart.values], default=0.0) or 1.0


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _bar(row: Sequence[Value], number_: int, chart: Chart | None, most: float) -> str:
    """Draw a row's parts: of a whole side by side, else of the largest of all rows, the first one only."""
    if chart is None:
        return ""
    values = [_number(row[at]) for at in chart.values]
    if chart.shares:
        every = sum(values) or 1.0
        parts = [(value / every, colour) for value, colour in zip(values, chart.colours, strict=False)]
    elif chart.points:
        parts = [(values[0] / most, chart.colours[number_ % len(chart.colours)])]
    else:
        # What is new is a part of all there is, and drawn as such.
        first, rest = values[0], sum(values[1:])
        second = chart.colours[1] if len(chart.colours) > 1 else chart.colours[0]
        parts = [(max(first - rest, 0) / most, chart.colours[0]), (min(rest, first) / most, second)]
    drawn = "".join(f'<i style="width:{100 * share:.2f}%;background:{colour}"></i>' for share, colour in parts)
    return f'<td class="w"><span class="track" aria-hidden="true">{drawn}</span></td>'


def progress(sheet: Sheet, language: Language, colour: str) -> str:
    """Write the figures with a bar each towards their target, the numbers beside."""
    lines = []
    for name, figure, aim, share in sheet.rows:
        said = cell(figure, sheet.columns[1], language)
        lines.append(f"<span>{escape(str(name))}</span><span class='n'><b>{escape(said)}</b></span>")
        if aim is None:
            lines.append("<span></span><span class='of'></span>")
            continue
        reached = percent(_number(share), language) if share is not None else UNKNOWN
        width = min(100.0, 100 * _number(share))
        told = {"name": name, "figure": said, "target": cell(aim, sheet.columns[2], language), "share": reached}
        alt = escape(t("report.bar_alt", language, **told), quote=True)
        of = escape(t("report.of_target", language, target=told["target"]))
        lines.append(
            f'<span class="bar"><span class="track" role="img" aria-label="{alt}">'
            f'<i style="width:{width:.2f}%;background:{colour}"></i></span></span>'
            f'<span class="of">{escape(reached)} · {of}</span>'
        )
    return f'<div class="figures">{"".join(lines)}</div>'
