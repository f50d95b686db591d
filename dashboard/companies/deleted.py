"""What was deleted in the last days, each with the button that brings it back."""

from html import escape

import streamlit as st

from config.errors import SynergiaError
from dashboard import filters, frame, source, wording
from dashboard.forms import sheet
from dashboard.forms import undo as forms_undo
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import history
from dashboard.views.records import Record, records
from data.queries import deleted as queries
from data.store import undo

OPEN = "deleted"
SAID = "deleted_said"


def button() -> None:
    """Draw the button that opens the list."""
    st.button(
        say("deleted.open"),
        type="tertiary",
        icon=":material/restore_from_trash:",
        key="deleted_list",
        on_click=filters.choose,
        args=(OPEN, "1"),
    )


def draw(read: Reader) -> None:
    """Draw the list."""
    st.button(
        say("deleted.back"),
        type="tertiary",
        icon=":material/arrow_back:",
        key="back",
        on_click=filters.choose,
        args=(OPEN, None),
    )
    frame.title_row(say("deleted.title"))
    said = st.session_state.pop(SAID, "")
    if said:
        st.html(f'<p class="done" role="status">{escape(said)}</p>')
    found = records(read(queries.rows, undo.KEPT_DAYS))
    if not found:
        frame.empty(say("deleted.none", days=undo.KEPT_DAYS))
        return
    frame.sentence(wording.rich("deleted.sentence", frame.language(), count=len(found), days=undo.KEPT_DAYS))
    with st.container(key="rows"):
        for row in found:
            _row(row)


def _row(row: Record) -> None:
    language = frame.language()
    who = row["deleted_by"] or say("history.nobody")
    when = history.moment(row["deleted_at"], language)
    line = say("deleted.line", kind=say(f"audit.thing_{row['kind']}"), when=when, who=who, days=row["days_left"])
    if row["sites"] or row["resources"]:
        counts = {name: wording.counted(int(row[f"{name}s"]), name, language) for name in ("site", "resource")}
        line += " · " + say("deleted.along", sites=counts["site"], resources=counts["resource"])
    company = f" · {row['company']}" if row["company"] and row["company"] != row["name"] else ""
    name = str(row["name"]).strip() or wording.UNKNOWN
    with st.container(key=f"row_deleted_{row['kind']}_{row['id']}", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="first">{escape(name + company)}</p><p class="small">{escape(line)}</p>', width="stretch")
        st.button(
            literal(say("deleted.restore")),
            icon=":material/undo:",
            key=f"restore_{row['kind']}_{row['id']}",
            on_click=_restore,
            args=(str(row["kind"]), int(row["id"]), name),
        )


def _restore(kind: str, row_id: int, name: str) -> None:
    try:
        undo.restore(source.engine(), sheet.user(), kind, row_id)
    except SynergiaError as error:
        st.session_state[SAID] = forms_undo.refusal(error)
        return
    source.refresh()
    st.session_state[SAID] = say("deleted.restored", name=name)
