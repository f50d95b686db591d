"""Reports on paper: a PDF of title, sentences, tables, bars and pictures, in the house's type and colours."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from html import escape
from io import BytesIO

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from config.texts import Language, text
from dashboard import palette, wording

# The two cuts come with reportlab; both know the letters of Finland and the signs of our units.
BODY, BOLD = "Vera", "Vera-Bold"
MARGIN_MM = 18
WIDTH_MM = 210 - 2 * MARGIN_MM
ROW_MM = 6.5
CELL_PT, CELL_AROUND_PT = 8.0, 7.0
PAGE_MM = 297 - 2 * MARGIN_MM
ROWS_KEPT = 4  # of a table stand together where it begins
LABEL_MM, LABEL_LINES, LABEL_LEAST_PT = 58, 2, 5.5
FRAME_PT = 6  # what reportlab keeps free inside a page's margins


class Paper:
    """Collect what a report says from top to bottom; every text is taken literally, never as markup."""

    def __init__(self, title: str, language: Language, *, demo: bool = False, sources: str = "") -> None:
        _register()
        self._title, self._language, self._demo, self._sources = title, language, demo, sources
        self._colours = palette.of("light")
        self._heading: list[Flowable] = []
        self._flow: list[Flowable] = [self._words(title, 20, bold=True), Spacer(1, 2 * mm)]
        if demo:
            self.note(text("frame.demo_help", language))

    def heading(self, words: str) -> None:
        """Start a part; it stands on the page of what follows."""
        self._heading = [*self._heading, Spacer(1, 5 * mm), self._words(words, 13, bold=True), Spacer(1, 1 * mm)]

    def sentence(self, words: str) -> None:
        """Say something in running text."""
        self._add(self._words(words, 10), Spacer(1, 2 * mm))

    def note(self, words: str) -> None:
        """Say something in small print: methods, sources, what is estimated."""
        self._add(self._words(words, 8, colour=self._colours.secondary), Spacer(1, 2 * mm))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, shares: Sequence[float] = ()) -> None:
        """Set a table; `shares` are the columns' parts of the width, columns of numbers stand right.

        One that has room on half a page is never broken, and a longer one neither after its first rows nor before its
        last; its heads stand on every page.
        """
        parts = list(shares) or [1.0] * len(heads)
        widths = [WIDTH_MM * mm * part / sum(parts) for part in parts]
        right = [_of_numbers([row[column] for row in rows]) for column in range(len(heads))]
        cells = [[self._cell(word, to_right=right[n], size=_fitting(word, widths[n])) for n, word in enumerate(heads)]]
        cells += [[self._cell(word, to_right=right[n]) for n, word in enumerate(row)] for row in rows]
        rules = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(self._colours.line)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("NOSPLIT", (0, 0), (-1, min(ROWS_KEPT, len(rows)))),
            ("NOSPLIT", (0, max(0, len(rows) - 2)), (-1, -1)),
        ]
        table = Table(cells, widths, repeatRows=1, style=rules)
        _, high = table.wrap(WIDTH_MM * mm, PAGE_MM * mm)
        heads = sum(one.wrap(WIDTH_MM * mm, PAGE_MM * mm)[1] for one in self._heading)
        if high <= PAGE_MM * mm / 2:
            self._add(KeepTogether([*self._take(), table]), Spacer(1, 3 * mm))
            return
        first = heads + sum(table._rowHeights[: ROWS_KEPT + 1])  # noqa: SLF001 - known once it is wrapped
        self._flow.append(CondPageBreak(first + FRAME_PT))
        self._flow += [*self._take(), table, Spacer(1, 3 * mm)]

    def bars(self, title: str, labels: Sequence[str], values: Sequence[float], unit: str = "") -> None:
        """Draw one bar a label, the first on top, with its value at the tip."""
        if not values:
            return
        height = ROW_MM * mm * len(values)
        drawing = Drawing(WIDTH_MM * mm, height + 4 * mm)
        chart = HorizontalBarChart()
        chart.x, chart.y, chart.height, chart.width = 62 * mm, 2 * mm, height, 80 * mm
        chart.data = [list(reversed(values))]
        chart.bars[0].fillColor = HexColor(self._colours.accent)
        chart.bars[0].strokeColor = None
        chart.valueAxis.valueMin = 0
        chart.valueAxis.valueMax = max(*values, 1e-9)
        chart.valueAxis.visible = False
        chart.categoryAxis.visible = False
        drawing.add(chart)
        for place, (label, value) in enumerate(zip(reversed(labels), reversed(values), strict=True)):
            foot = chart.y + (place + 0.35) * ROW_MM * mm
            shown = wording.quantity(value, unit, self._language) if unit else wording.number(value, self._language)
            tip = chart.x + chart.width * value / chart.valueAxis.valueMax + 2 * mm
            label_beside(drawing, 60 * mm, chart.y + (place + 0.5) * ROW_MM * mm, label)
            drawing.add(String(tip, foot, shown, fontName=BODY, fontSize=8))
        self._add(KeepTogether([*self._take(), self._words(title, 10, bold=True), drawing, Spacer(1, 3 * mm)]))

    def picture(self, png: bytes, width_mm: float = WIDTH_MM) -> None:
        """Set a picture (PNG) as wide as told, keeping its shape."""
        wide, high = ImageReader(BytesIO(png)).getSize()
        self._add(Image(BytesIO(png), width_mm * mm, width_mm * mm * high / wide), Spacer(1, 3 * mm))

    def drawing(self, drawing: Drawing, title: str = "") -> None:
        """Set a drawing of reportlab's own, with its title above it."""
        above = [self._words(title, 10, bold=True), Spacer(1, 1 * mm)] if title else []
        self._add(KeepTogether([*self._take(), *above, drawing, Spacer(1, 3 * mm)]))

    def new_page(self) -> None:
        """Go on at the top of a page."""
        self._add(PageBreak())

    def _add(self, *parts: Flowable) -> None:
        """Set parts; a heading before them keeps to the first."""
        head = self._take()
        self._flow += [KeepTogether([*head, parts[0]]), *parts[1:]] if head else parts

    def _take(self) -> list[Flowable]:
        head, self._heading = self._heading, []
        return head

    def finish(self) -> bytes:
        """Give the PDF's bytes."""
        if self._sources:
            self.note(self._sources)
        self._flow += self._take()
        out = BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            title=self._title,
            author=text("product.name", self._language),
            lang=self._language,
            leftMargin=MARGIN_MM * mm - FRAME_PT,
            rightMargin=MARGIN_MM * mm - FRAME_PT,
            topMargin=MARGIN_MM * mm,
            bottomMargin=MARGIN_MM * mm,
        )
        document.build(self._flow, onFirstPage=self._foot, onLaterPages=self._foot)
        return out.getvalue()

    def _words(self, words: str, size: float, *, bold: bool = False, colour: str = "") -> Paragraph:
        style = ParagraphStyle(
            "words",
            fontName=BOLD if bold else BODY,
            fontSize=size,
            leading=size * 1.35,
            textColor=HexColor(colour or self._colours.text),
        )
        return Paragraph(_literal(words), style)

    def _cell(self, words: str, *, to_right: bool, size: float = 0.0) -> Paragraph:
        """Write a cell; one with a size of its own is a heading."""
        style = ParagraphStyle("cell", fontName=BOLD if size else BODY, fontSize=size or CELL_PT, leading=10.5)
        if to_right:
            style.alignment = TA_RIGHT
        return Paragraph(_literal(words), style)

    def _foot(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(BODY, 8)
        canvas.setFillColor(HexColor(self._colours.secondary))
        name = text("product.name", self._language)
        parts = [name, wording.day(date.today(), self._language)]  # noqa: DTZ011 - the reader's own day
        if self._demo:
            parts.append(text("frame.demo_help", self._language))
        canvas.drawString(MARGIN_MM * mm, 10 * mm, " · ".join(parts))
        canvas.drawRightString((210 - MARGIN_MM) * mm, 10 * mm, str(document.page))
        canvas.restoreState()


def _register() -> None:
    if BODY not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(BODY, "Vera.ttf"))
        pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))


def _literal(words: str) -> str:
    """Take a text literally; the two signs that the type lacks are written in its own way, others by their names."""
    written = escape(words).replace("₂", "<sub>2</sub>").replace("→", "›")
    return named(written).replace("\n", "<br/>")


def named(words: str) -> str:
    """Put the name of each sign that the type lacks in its place, [wood] for an emoji: a blank would hide it."""
    known = pdfmetrics.getFont(BODY).face.charWidths
    return "".join(one if one in "\n\t" or ord(one) in known else _name(one) for one in words)


def _name(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Mn", "Me", "Cf", "Sk"}:  # what only changes the sign before it
        return ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
    if plain != sign:
        return named(plain)
    if kind.startswith("L"):
        return "?"  # of another alphabet
    return f"[{unicodedata.name(sign, 'sign').lower()}]"


def _of_numbers(column: Sequence[str]) -> bool:
    """Tell whether a column holds numbers; one where nothing is known holds none."""
    return all(map(_is_number, column)) and any(words not in {"", "–"} for words in column)


def _is_number(words: str) -> bool:
    return words in {"", "–"} or words.lstrip("≈<>−- \u00a0")[:1].isdigit()


def _fitting(head: str, wide: float) -> float:
    """Give the size at which no word of a column's heading has to be broken."""
    longest = max((pdfmetrics.stringWidth(word, BOLD, CELL_PT) for word in head.split()), default=0.0)
    return max(LABEL_LEAST_PT, min(CELL_PT, CELL_PT * (wide - CELL_AROUND_PT) / (longest or 1.0)))


def label_beside(drawing: Drawing, right: float, middle: float, label: str) -> None:
    """Write a label that ends left of a bar: small enough to fit in one line or two."""
    size, told = 8.0, named(label.replace("₂", "2"))
    lines = simpleSplit(told, BODY, size, LABEL_MM * mm)
    while len(lines) > LABEL_LINES and size > LABEL_LEAST_PT:
        size -= 0.5
        lines = simpleSplit(told, BODY, size, LABEL_MM * mm)
    size = min(size, 7.0) if len(lines) > 1 else size
    for line, words in enumerate(lines):
        foot = middle - size * 0.35 + (len(lines) - 1) * size / 2 - line * size
        drawing.add(String(right, foot, words, textAnchor="end", fontName=BODY, fontSize=size))
