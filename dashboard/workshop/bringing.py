"""Files that come into a workshop or leave it: a table's sheet, the whole workshop of another computer."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from config.errors import SynergiaError
from config.texts import text
from dashboard import audited, frame, source, wording
from dashboard.frame import say
from dashboard.live import carry, sheets
from dashboard.workshop import doing, looks, paper
from data import exporters
from data.importers import Options, Problem, Report
from data.importers.report import Severity
from data.queries import events as queries
from data.store import carried
from data.store.events import Card

Row = Mapping[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_MAX_MB = 5
FAULTS, ROWS = 50, 5


def draw(event: Row) -> None:
    """Draw the buttons: a sheet in, the empty sheet and form out, the workshop out."""
    st.subheader(say("workshop_page.files_title"), anchor=False)
    name = f"{text('workshop_report.carry_file', frame.language())}-{event['id']}.json"
    subject = say("workshop_page.audit_carry", name=event["name"])
    with st.container(horizontal=True, key="files"):
        say_in = say("workshop_page.sheet_in")
        st.button(say_in, icon=":material/upload:", key="sheet_in", on_click=doing.lay_over, args=("sheet",))
        st.download_button(
            say("workshop_page.carry_out"),
            audited.file(subject, len(queries.cards(source.engine(), event["id"])), partial(_packed, event["id"])),
            file_name=name,
            mime="application/json",
            icon=":material/download:",
            key="carry_out",
            on_click="ignore",
        )


def _packed(event_id: int) -> bytes:
    return json.dumps(carry.pack(source.engine(), event_id), ensure_ascii=False, indent=1).encode()


@st.dialog(" ", width="large", on_dismiss=doing.put_away)
def sheet(event: Row) -> None:
    """Take in what a table has written on paper or in a spreadsheet: first what it would bring, then the button."""
    st.subheader(say("workshop_page.sheet_title"), anchor=False)
    left, right = st.columns((1, 3), vertical_alignment="bottom")
    table = left.number_input(say("workshop_page.sheet_table"), 1, 99, 1, key="sheet_table")
    with right, st.container(horizontal=True):
        _empty_ones(event)
    st.html(looks.uploader(say("importing.choose_file"), say("importing.drop_file", megabytes=SHEET_MAX_MB)))
    file = st.file_uploader(
        say("workshop_page.sheet_file"), type=["csv", "xlsx"], key="sheet_file", max_upload_size=SHEET_MAX_MB
    )
    if file is None:
        return
    try:
        report = _read(file)
    except SynergiaError as error:
        st.error(doing.refused(error))
        return
    cards = sheets.cards(report, event["id"], int(table))
    known = queries.cards_known(source.engine(), [card.id for card in cards])
    new = [card for card in cards if card.id not in known]
    _told(report, new, len(known))
    if st.button(
        say("workshop_page.sheet_do", count=wording.counted(len(new), "entry", frame.language())),
        type="primary",
        key="sheet_do",
        disabled=not new,
        on_click=_take,
        args=(event["id"], int(table), new),
    ):
        st.rerun()


def _empty_ones(event: Row) -> None:
    language = frame.language()
    st.download_button(
        say("workshop_page.sheet_empty"),
        lambda: BytesIO(exporters.template(language, sheets.COLUMNS)),
        file_name=text("importing.template_name", language),
        mime=XLSX,
        icon=":material/download:",
        key="sheet_empty",
        on_click="ignore",
    )
    st.download_button(
        say("workshop_page.paper_form"),
        lambda: BytesIO(paper.form(event, language)),
        file_name=f"{text('workshop_report.form_file', language)}-{event['id']}.pdf",
        mime="application/pdf",
        icon=":material/print:",
        key="paper_form",
        on_click="ignore",
    )


def _read(file: UploadedFile) -> Report:
    """Read a sheet once, however often the page is drawn; its name goes no further than the sentence about it."""
    mark = (file.file_id, frame.language())
    held = st.session_state.get("sheet_read")
    if held is None or held[0] != mark:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"sheet{Path(file.name).suffix.lower()}"
            path.write_bytes(file.getvalue())
            held = mark, sheets.read(path, Options(language=frame.language(), name=file.name[:120]))
        st.session_state["sheet_read"] = held
    report: Report = held[1]
    return report


def _take(event_id: int, table: int, cards: Sequence[Card]) -> None:
    doing.put_away()
    if doing.attempt(carried.receive, source.engine(), f"{table}", event_id, cards):
        count = wording.counted(len(cards), "entry", frame.language())
        doing.tell(say("workshop_page.sheet_done", count=count, table=table))


def _told(report: Report, new: Sequence[Card], known: int) -> None:
    language = frame.language()
    told = {"rows": wording.counted(report.rows, "row", language), "new": wording.number(len(new), language)}
    rest = {"known": wording.number(known, language), "rejected": wording.number(report.rejected, language)}
    frame.sentence(wording.rich("workshop_page.sheet_told", language, **told, **rest))
    if new:
        st.html(_table(("what", "amount", "company"), [_line(card) for card in new[:ROWS]]))
    if len(new) > ROWS:
        frame.note(say("workshop_page.more_entries", count=len(new) - ROWS))
    left_out = {one.row for one in report.problems if one.severity is Severity.REJECTED}
    # Of a row that is left out only what keeps it out is said, and not how the rest of it was read.
    faults = [one for one in report.problems if one.severity is Severity.REJECTED or one.row not in left_out]
    if faults:
        st.html(_table(("row", "column", "value", "mend"), [_fault(one) for one in faults[:FAULTS]]))
        if len(faults) > FAULTS:
            frame.note(say("workshop_page.more_faults", count=len(faults) - FAULTS))


def _line(card: Card) -> tuple[str, ...]:
    told = card.told
    return (str(told["title"]), f"{told['quantity']} {told['unit']}".strip(), str(told["company"]))


def _fault(problem: Problem) -> tuple[str, ...]:
    values = (problem.row, problem.column or "", problem.value or "", problem.message(frame.language()))
    return tuple(str(value) for value in values)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(say(f"workshop_page.col_{name}"))}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell[:300])}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
