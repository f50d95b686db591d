"""The empty table to fill in: headings with remarks, lists to choose from, and a sheet that tells how."""

import io
from collections.abc import Sequence

import xlsxwriter

from config.texts import Language, text
from data.importers import choices
from data.importers.codes import unit_codes
from data.importers.columns import TEMPLATE, template_heading
from data.importers.table import REQUIRED
from data.model import Channel, Continuity, Direction, ResourceType, SiteVisibility, Visibility

ROWS = 2_000  # that have lists to choose from
LISTS = {
    "direction": Direction,
    "type": ResourceType,
    "continuity": Continuity,
    "visibility": Visibility,
    "site_visibility": SiteVisibility,
    "channel": Channel,
}
YES_NO = ("naming_consent", "hazardous")
DAYS = ("available_from", "available_to", "expires_on", "source_date")
TEXTS = ("business_id", "postal_code", "ewc", "season_months")  # a spreadsheet must not take them for numbers
EXCEL_LIST_MAX = 255  # characters of a list that stands in the rule itself


def template(language: Language, columns: Sequence[str] = TEMPLATE) -> bytes:
    """Make the template as XLSX in a language, all of it or some columns; those with a star are required."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(text("export.sheet", language))
        _headings(book, page, language, columns)
        _choices(book, page, language, columns)
        _guide(book, language, columns)
    return out.getvalue()


def heading(name: str, language: Language) -> str:
    """Give a heading of the template, starred where the column is required."""
    return template_heading(name, language) + (" *" if name in REQUIRED else "")


def _headings(
    book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, language: Language, columns: Sequence[str]
) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE3E6", "border": 1})
    as_text, as_day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "d.m.yyyy"})
    for at, name in enumerate(columns):
        shape = as_text if name in TEXTS else as_day if name in DAYS else None
        page.set_column(at, at, 40 if name in {"title", "description"} else 18, shape)
        page.write_string(0, at, heading(name, language), bold)
    page.freeze_panes(1, 1)


def _choices(
    book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, language: Language, columns: Sequence[str]
) -> None:
    hidden = book.add_worksheet(text("export.lists", language))
    hidden.hide()
    lists = {name: [choices.term(name, code, language) for code in codes] for name, codes in LISTS.items()}
    lists |= {name: [text("export.yes", language), text("export.no", language)] for name in YES_NO}
    lists |= {"unit": list(unit_codes()), "language": ["fi", "sv", "en"]}
    asked = {name: words for name, words in lists.items() if name in columns}
    for column, (name, words) in enumerate(asked.items()):
        hidden.write_column(0, column, words)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        at = columns.index(name)
        source = f"='{hidden.get_name()}'!${letter}$1:${letter}${len(words)}"
        page.data_validation(1, at, ROWS, at, {"validate": "list", "source": source, "error_type": "warning"})


def _guide(book: xlsxwriter.Workbook, language: Language, columns: Sequence[str]) -> None:
    page = book.add_worksheet(text("export.guide", language))
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, text("export.guide", language), bold)
    page.write_string(0, 1, text("export.guide_intro", language), wrap)
    for line, name in enumerate(columns, 2):
        page.write_string(line, 0, heading(name, language), bold)
        page.write_string(line, 1, text(f"export_guide.{name}", language), wrap)
