"""Companies by status, with the last talk, the reminder and the place; the chosen one opens below its row."""

from datetime import datetime
from html import escape

import streamlit as st

from dashboard import filters, frame, lists, old_links, source
from dashboard.activation import company
from dashboard.activation.acting import say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import activation as view
from dashboard.views.activation import EVERY, STATUSES, Row
from dashboard.views.history import FINLAND
from data.queries import activation as queries
from data.queries.activation import Sought
from geo import regions

ROWS = 12
OPENED = "company"


def draw(read: Reader, sought: Sought) -> None:
    """Draw the switch with the counts and the rows."""
    told = view.counts(read(queries.statuses, sought))
    options = [EVERY, *STATUSES]
    status = filters.switch(
        "status",
        options,
        lambda one: f"{say(one) if one == EVERY else frame.say('activation.' + one)} {told[one]}",
        name=say("status"),
        default=EVERY,
    )
    chosen = "" if status == EVERY else status
    wanted = Sought(chosen, sought.region, sought.municipality, sought.search)
    ids = [int(one) for one in queries.chosen(source.engine(), wanted)["id"]]
    opened = filters.chosen(OPENED) or ""
    everybody = wanted == Sought()
    if opened and everybody and not (opened.isdecimal() and int(opened) in set(ids)):
        old_links.note(OPENED, [opened])
    if not ids:
        frame.empty(say("none_found"), say("none_found_hint"))
        return
    number = lists.page(len(ids), ROWS)
    shown = tuple(ids[(number - 1) * ROWS : number * ROWS])
    if opened.isdecimal() and int(opened) in set(ids) - set(shown):  # a link names it, or a talk has moved it
        shown = (int(opened), *shown)
    today = datetime.now(FINLAND).date()
    with st.container(key="rows"):
        for row in view.rows(queries.page(source.engine(), shown), regions.load(), frame.language(), today):
            _row(row)
    lists.pager(len(ids), ROWS)


def _row(row: Row) -> None:
    opened = filters.chosen(OPENED) == str(row.id)
    with st.container(key=f"row_{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                literal(row.name),
                type="tertiary",
                key=f"open_{row.id}",
                on_click=filters.choose,
                args=(OPENED, None if opened else str(row.id)),
            )
            if row.reminder:
                st.badge(literal(row.reminder), color="orange" if row.late else "gray", icon=":material/notifications:")
        st.html(f'<p class="small">{escape(row.line)}</p>')
        if opened:
            with st.container(key=f"opened_{row.id}"):
                company.draw(row.id, row.version, row.status, row.name)
                if frame.has_page("companies") and st.button(say("to_profile"), type="tertiary", key="to_profile"):
                    frame.open_page("companies", organisation=str(row.id))
