"""One company: how far it has come, the talks with it, and its people; on this page and in the company's profile."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from html import escape

import streamlit as st

from dashboard import coordinating, frame, source
from dashboard.activation import acting, contacts
from dashboard.activation.acting import say
from dashboard.forms import undo
from dashboard.forms.undo import Done
from dashboard.views import activation as view
from dashboard.views.history import FINLAND
from dashboard.views.records import Record, records
from data.model import Channel
from data.queries import activation as queries
from data.store import contacts as write
from data.store import edit
from data.store.contacts import Talk

CHANNELS = tuple(one.value for one in Channel)


def draw(organisation_id: int, version: int, status: str, name: str) -> None:
    """Draw the status, the form of a talk, the talks and the people."""
    acting.said()
    if coordinating.coordinates():
        _status(organisation_id, version, status, name)
    people = contacts.draw(organisation_id)
    if not coordinating.coordinates():  # a company's own people see no talks: they are the coordinators' notes
        return
    st.subheader(say("talks"), anchor=False)
    with st.expander(say("log_talk"), icon=":material/add:", expanded=False, key=f"log_open_{organisation_id}"):
        _form(organisation_id, people)
    told = records(queries.talks(source.engine(), organisation_id))
    if not told:
        frame.note(say("no_talks"))
    for one in told:
        _talk(one)


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


def _form(organisation_id: int, people: list[Record]) -> None:
    today = datetime.now(FINLAND).date()
    acting.fill(talk_channel=Channel.VISIT.value, talk_day=today, talk_remind=None, talk_contact=None, talk_note="")
    with st.form("talk", border=False):
        left, middle, right = st.columns(3)
        left.selectbox(say("channel"), CHANNELS, format_func=frame.labels("channel.", CHANNELS), key="talk_channel")
        middle.date_input(say("happened_on"), key="talk_day", format="DD.MM.YYYY", max_value="today")
        right.date_input(say("remind_on"), key="talk_remind", value=None, format="DD.MM.YYYY")
        names = {int(one["id"]): str(one["name"]) for one in people}
        st.selectbox(
            say("with_whom"),
            list(names),
            format_func=names.__getitem__,
            key="talk_contact",
            index=None,
            placeholder=say("nobody_named"),
        )
        st.text_area(say("note"), key="talk_note", max_chars=4_000, height=90, help=say("note_help"))
        st.form_submit_button(say("save_talk"), type="primary", on_click=_log, args=(organisation_id,), key="save_talk")


def _log(organisation_id: int) -> None:
    state = st.session_state
    remind = state.get("talk_remind")
    told = Talk(
        channel=Channel(str(state["talk_channel"])),
        happened_on=state["talk_day"] or datetime.now(FINLAND).date(),
        note=acting.text("talk_note"),
        remind_on=remind if isinstance(remind, date) else None,
        contact_id=state.get("talk_contact"),
    )
    if acting.done(partial(write.log, source.engine(), acting.user(), organisation_id, told), say("talk_saved")):
        acting.forget("talk_note", "talk_remind", "talk_contact", f"log_open_{organisation_id}")


def _talk(one: Record) -> None:
    head, note, remind = view.talk(one, frame.language())
    with st.container(horizontal=True, vertical_alignment="center"):
        told = f'<p class="note">{escape(remind)}</p>' if remind and one["open"] else ""
        st.html(
            f'<div class="event"><p class="when">{escape(head)}</p><p>{escape(note)}</p>{told}</div>', width="stretch"
        )
        if one["open"]:
            act = partial(write.settle, source.engine(), acting.user(), int(one["id"]), one["remind_on"])
            settle(int(one["id"]), act)


def settle(talk_id: int, act: Callable[[], object]) -> None:
    """Draw the button that takes a reminder off."""
    st.button(say("settle"), key=f"settle_{talk_id}", on_click=acting.do, args=(act, say("settled")))
