"""One company: how far it has come, the talks with it, and its people; on this page and in the company's profile."""

from datetime import datetime

import streamlit as st

from dashboard import coordinating, frame, source
from dashboard.activation import acting, contacts, talks
from dashboard.activation.acting import say
from dashboard.forms import undo
from dashboard.forms.undo import Done
from dashboard.views import activation as view
from dashboard.views.history import FINLAND
from data.store import edit


def draw(organisation_id: int, version: int, status: str, name: str) -> None:
    """Draw the status, the form of a talk, the talks and the people."""
    acting.said()
    if coordinating.coordinates():
        _status(organisation_id, version, status, name)
    people = contacts.draw(organisation_id)
    if not coordinating.coordinates():  # a company's own people see no talks: they are the coordinators' notes
        return
    talks.draw(organisation_id, people)


def _status(organisation_id: int, version: int, status: str, name: str) -> None:
    key = f"status_of_{organisation_id}"
    if st.session_state.get(f"{key}_seen") != (version, status):
        st.session_state[key], st.session_state[f"{key}_seen"] = status, (version, status)
    st.selectbox(
        say("status"),
        view.STATUSES,
        format_func=frame.labels("activation.", view.STATUSES),
        key=key,
        on_change=_set_status,
        args=(edit.Row("organisation", organisation_id, version), key, name),
        width=280,
    )


def _set_status(row: edit.Row, key: str, name: str) -> None:
    chosen = str(st.session_state[key])

    def act() -> None:
        saved = edit.change(source.engine(), acting.user(), row, {"activation": chosen})
        undo.remember(Done("changed", saved.row, name, datetime.now(FINLAND), saved.before))

    if not acting.done(act):
        acting.forget(f"{key}_seen")
