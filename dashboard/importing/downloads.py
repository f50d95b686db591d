"""What a user takes along: the template to fill in, and the list of problems."""

from collections.abc import Callable
from io import BytesIO

import streamlit as st
from xlsxwriter import Workbook

from config import texts
from config.texts import Language
from dashboard import frame
from dashboard.views import importing as view
from data.importers import Report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def problems(report: Report, decisions: view.Decisions) -> None:
    """Offer every problem of the file as a workbook, made when it is asked for."""
    language = frame.language()
    st.download_button(
        frame.say("importing.download_rejected"),
        _late(lambda: problem_book(report, decisions, language)),
        file_name=frame.say("importing.download_name"),
        mime=XLSX,
        icon=":material/download:",
        key="download_rejected",
        on_click="ignore",
    )


def _late(make: Callable[[], bytes]) -> Callable[[], BytesIO]:
    return lambda: BytesIO(make())


def problem_book(report: Report, decisions: view.Decisions, language: Language) -> bytes:
    """Write all problems as a workbook: where, value as found, rule, advice, proposal; every cell plain text."""
    names = ["part", "row", "column", "value", "rule", "advice", "proposal"]
    target = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, plain) as book:
        sheet = book.add_worksheet(texts.text("importing.tab_rejected", language))
        bold = book.add_format({"bold": True})
        for at, name in enumerate(names):
            sheet.write_string(0, at, texts.text(f"importing.col_{name}", language), bold)
        sheet.freeze_panes(1, 0)
        for at, width in enumerate((16, 8, 20, 30, 34, 90, 24)):
            sheet.set_column(at, at, width)
        for line, (number, problem) in enumerate(enumerate(report.problems), start=1):
            _, value = decisions.get(number, (False, view.proposal(problem)))
            cells = [problem.part, "", problem.column, problem.value, problem.title(language)]
            for at, cell in enumerate([*cells, problem.message(language), value]):
                sheet.write_string(line, at, _unarmed(cell))
            sheet.write_number(line, 1, problem.row)
    return target.getvalue()


def _unarmed(cell: str) -> str:
    # A cell that begins so is a formula to a spreadsheet that reads the saved text again.
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
