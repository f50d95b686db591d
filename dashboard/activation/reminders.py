"""What was to be remembered, the earliest first."""

from functools import partial
from html import escape

import streamlit as st

from dashboard import filters, frame, source
from dashboard.activation import acting, listing, talks
from dashboard.activation.acting import say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import activation as view
from dashboard.views.records import Record, records
from data.queries import activation as queries
from data.queries.activation import Sought
from data.store import contacts as write
from geo import regions


def draw(read: Reader, sought: Sought) -> None:
    """Draw the reminders that nobody has seen to."""
    del read  # never from a cache: somebody may have seen to one this moment
    acting.said()
    found = records(queries.reminders(source.engine(), sought))
    if not found:
        frame.empty(say("no_reminders"), say("no_reminders_hint"))
        return
    with st.container(key="lines"):
        for one in found:
            with st.container(key=f"line_reminder_{one['id']}"):
                _row(one)


def _row(one: Record) -> None:
    due, about = view.reminder(one, regions.load(), frame.language())
    late = ' class="want"' if int(one["late"]) >= 0 else ""
    left, right = st.columns((5, 1), vertical_alignment="center")
    with left.container(key=f"row_reminder_{one['id']}"):
        st.button(
            literal(str(one["organisation"])),
            type="tertiary",
            key=f"open_reminder_{one['id']}",
            on_click=_open,
            args=(str(one["organisation_id"]),),
        )
        st.html(f'<p class="small"><span{late}>{escape(due)}</span> · {escape(about)}</p>')
    act = partial(write.settle, source.engine(), acting.user(), int(one["id"]), one["remind_on"])
    with right:
        talks.settle(int(one["id"]), act)


def _open(organisation_id: str) -> None:
    filters.choose(listing.OPENED, organisation_id)
    st.session_state["part"] = "companies"
