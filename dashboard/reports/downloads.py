"""The yearly report as files: a workbook and paper, made when asked for, and each taking kept in the audit."""

from functools import partial

from config.texts import Language
from dashboard import audited, frame
from dashboard.frame import language, say
from dashboard.reports import paper, reading
from dashboard.views.report import View, place
from dashboard.views.report_figures import Chosen
from data.exporters import report as workbook


def menu(view: View, chosen: Chosen) -> None:
    """Draw the entries; what goes into a file is what this viewer's page shows."""
    rows = sum(len(sheet.rows) for sheet in view.book.sheets)
    name = f"synergiakartta-{say('report.file_name')}-{chosen.region or 'fi'}-{chosen.year}"
    makers = {
        "xlsx": partial(_workbook, view, chosen, language(), say("report.sheet_notes")),
        "pdf": partial(paper.pdf, view, language()),
    }
    counts = {"xlsx": rows + reading.unlisted(view, chosen), "pdf": rows}
    for suffix, make in makers.items():
        subject = say("report.audit", year=chosen.year, place=place(chosen.region, language()), format=suffix.upper())
        audited.entry(
            say(f"report.{suffix}"),
            audited.file(subject, counts[suffix], make),
            f"{name}.{suffix}",
            f"download_report_{suffix}",
        )
    frame.share()


def _workbook(view: View, chosen: Chosen, spoken: Language, notes_name: str) -> bytes:
    return workbook.to_xlsx(reading.whole(view, chosen, spoken), notes_name)
