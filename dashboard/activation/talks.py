"""The talks with a company: noted, listed, corrected, and their reminders seen to."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from html import escape

import streamlit as st

from dashboard import frame, source
from dashboard.activation import acting
from dashboard.activation.acting import say
from dashboard.views import activation as view
from dashboard.views.history import FINLAND
from dashboard.views.records import Record, records
from data.model import Channel
from data.queries import activation as queries
from data.store import contacts as write
from data.store.contacts import Talk

# How one talks with a company; a register or a study is no talk.
CHANNELS = (Channel.OTHER, Channel.VISIT, Channel.INTERVIEW, Channel.WORKSHOP, Channel.SURVEY)
CORRECTED = "activating_talk"
FIELDS = ("talk_channel", "talk_day", "talk_remind", "talk_contact", "talk_note")


def draw(organisation_id: int, people: list[Record]) -> None:
    """Draw the form of a new talk, and the talks."""
    st.subheader(say("talks"), anchor=False)
    told = records(queries.talks(source.engine(), organisation_id))
    corrected = st.session_state.get(CORRECTED)
    if not any(int(one["id"]) == corrected for one in told):
        with st.expander(say("log_talk"), icon=":material/add:", expanded=False, key=f"log_open_{organisation_id}"):
            _form(people, partial(_log, organisation_id))
    if not told:
        frame.note(say("no_talks"))
    for one in told:
        if int(one["id"]) == corrected:
            with st.container(border=True, key="correct_talk"):
                _form(people, partial(_correct, one), one)
        else:
            _talk(one)


def _form(people: list[Record], save: Callable[[], None], one: Record | None = None) -> None:
    """Draw the fields, for a new talk or for the one that is corrected; both never stand on the page at once."""
    first = _fields(_read(one)) if one else _fields(Talk(channel=CHANNELS[0], happened_on=_today()))
    acting.fill(**first)
    kinds = tuple(dict.fromkeys((*(kind.value for kind in CHANNELS), str(st.session_state["talk_channel"]))))
    with st.form("talk", border=False):
        left, middle, right = st.columns(3)
        words = {kind: view.talked(kind, frame.language()) for kind in kinds}
        left.selectbox(say("channel"), kinds, format_func=words.__getitem__, key="talk_channel")
        middle.date_input(say("happened_on"), key="talk_day", format="DD.MM.YYYY", max_value=_today())
        right.date_input(say("remind_on"), key="talk_remind", value=None, format="DD.MM.YYYY")
        names = {int(person["id"]): str(person["name"]) for person in people}
        if st.session_state["talk_contact"] not in names:
            st.session_state["talk_contact"] = None
        st.selectbox(
            say("with_whom"),
            list(names),
            format_func=names.__getitem__,
            key="talk_contact",
            index=None,
            placeholder=say("nobody_named"),
        )
        st.text_area(say("note"), key="talk_note", max_chars=4_000, height=90, help=say("note_help"))
        with st.container(horizontal=True):
            st.form_submit_button(say("save_talk"), type="primary", on_click=save, key="save_talk")
            if one:
                st.form_submit_button(
                    frame.say("form.cancel"), type="tertiary", on_click=_open, args=(None,), key="no_talk"
                )


def _log(organisation_id: int) -> None:
    act = partial(write.log, source.engine(), acting.user(), organisation_id, _typed())
    if acting.done(act, say("talk_saved")):
        acting.forget(*FIELDS, f"log_open_{organisation_id}")


def _correct(one: Record) -> None:
    act = partial(write.correct, source.engine(), acting.user(), int(one["id"]), _read(one), _typed())
    if acting.done(act, say("talk_corrected")):
        _open(None)


def _open(one: Record | None) -> None:
    """Open the form for a talk, or close it."""
    acting.forget(*FIELDS)
    st.session_state[CORRECTED] = int(one["id"]) if one else None


def _read(one: Record) -> Talk:
    """Read a talk as it stands in the store."""
    return Talk(
        channel=Channel(one["channel"]),
        happened_on=one["happened_on"],
        note=str(one["note"]),
        remind_on=one["remind_on"],
        contact_id=None if one["contact_id"] is None else int(one["contact_id"]),
    )


def _fields(told: Talk) -> dict[str, object]:
    return {
        "talk_channel": told.channel.value,
        "talk_day": told.happened_on,
        "talk_remind": told.remind_on,
        "talk_contact": told.contact_id,
        "talk_note": told.note,
    }


def _typed() -> Talk:
    """Read a talk as it is typed."""
    state = st.session_state
    remind = state.get("talk_remind")
    return Talk(
        channel=Channel(str(state["talk_channel"])),
        happened_on=state["talk_day"] or _today(),
        note=acting.text("talk_note"),
        remind_on=remind if isinstance(remind, date) else None,
        contact_id=state.get("talk_contact"),
    )


def _today() -> date:
    return datetime.now(FINLAND).date()


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
        st.button(
            "",
            icon=":material/edit:",
            type="tertiary",
            key=f"correct_talk_{one['id']}",
            help=say("correct_talk"),
            on_click=_open,
            args=(one,),
        )


def settle(talk_id: int, act: Callable[[], object]) -> None:
    """Draw the button that takes a reminder off."""
    st.button(say("settle"), key=f"settle_{talk_id}", on_click=acting.do, args=(act, say("settled")))
