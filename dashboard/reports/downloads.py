"""The yearly report as files: a workbook and paper, made when asked for, and each taking kept in the audit."""

from functools import partial

import streamlit as st

from config.texts import Language
from dashboard import audited, frame
from dashboard.frame import language, say
from dashboard.reports import paper, reading
from dashboard.views.report import View, place
from dashboard.views.report_figures import Chosen
from data.exporters import report as workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def menu(view: View, chosen: Chosen) -> None:
    """Draw the entries; what goes into a file is what this viewer's page shows."""
    rows = sum(len(sheet.rows) for sheet in view.book.sheets)
    name = f"synergiakartta-{say('report.file_name')}-{chosen.region or 'fi'}-{chosen.year}"
    makers = {
        "xlsx": (partial(_workbook, view, chosen, language(), say("report.sheet_notes")), XLSX, ":material/table:"),
        "pdf": (partial(paper.pdf, view, language()), "application/pdf", ":material/picture_as_pdf:"),
    }
    counts = {"xlsx": rows + reading.unlisted(view, chosen), "pdf": rows}
    for suffix, (make, mime, icon) in makers.items():
        subject = say("report.audit", year=chosen.year, place=place(chosen.region, language()), format=suffix.upper())
        st.download_button(
            say(f"report.{suffix}"),
            audited.file(subject, counts[suffix], make),
            file_name=f"{name}.{suffix}",
            mime=mime,
            icon=icon,
            type="tertiary",
            on_click="ignore",
            key=f"download_report_{suffix}",
        )
    frame.share()


def _workbook(view: View, chosen: Chosen, spoken: Language, notes_name: str) -> bytes:
    return workbook.to_xlsx(reading.whole(view, chosen, spoken), notes_name)
