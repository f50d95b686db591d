"""What was saved last, and the button that takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Literal

import streamlit as st

from config.errors import SynergiaError
from dashboard import filters, frame, source, wording
from dashboard.forms import sheet
from dashboard.views.history import FINLAND
from data.store import edit

DONE = "undo"
SHOWN_FOR = timedelta(minutes=3)


@dataclass(frozen=True)
class Done:
    """Hold what was done to which row, and what its columns held before."""

    action: Literal["added", "changed", "deleted"]
    row: edit.Row
    name: str
    at: datetime
    before: Mapping[str, object] = field(default_factory=dict)


def remember(done: Done) -> None:
    """Offer to take this back."""
    source.refresh()
    st.session_state[DONE] = done


def notice() -> None:
    """Say what was saved last, with the button that takes it back."""
    said = st.session_state.pop("undo_said", "")
    if said:
        st.html(f'<p class="done" role="status">{escape(said)}</p>')
    done = st.session_state.get(DONE)
    if not isinstance(done, Done) or datetime.now(FINLAND) - done.at > SHOWN_FOR:
        return
    key = "form.deleted" if done.action == "deleted" else "form.saved"
    time = wording.clock(done.at.time(), frame.language())
    with st.container(horizontal=True, vertical_alignment="center", key="done"):
        words = frame.say(key, time=time, name=done.name)
        st.html(f'<p class="done" role="status">{escape(words)}</p>', width="content")
        st.button(frame.say("form.undo"), type="tertiary", icon=":material/undo:", key="undo_last", on_click=_undo)


def _undo() -> None:
    done = st.session_state.pop(DONE, None)
    if not isinstance(done, Done):
        return
    try:
        _take_back(done)
    except SynergiaError as error:
        st.session_state["undo_said"] = refusal(error)
        return
    st.session_state["undo_said"] = frame.say("form.undone", name=done.name)
    source.refresh()


def _take_back(done: Done) -> None:
    user, row = sheet.user(), done.row
    if done.action == "deleted":
        edit.restore(source.engine(), user, row.kind, row.id)
        if row.kind == "organisation":
            filters.choose("organisation", str(row.id))
    elif done.action == "added":
        edit.delete(source.engine(), user, row)
        filters.choose(row.kind, None)
    else:
        edit.change(source.engine(), user, row, done.before)


def refusal(error: SynergiaError) -> str:
    """Say why something was refused; a time in it as the language writes it."""
    language = frame.language()
    values = dict(error.values)
    if isinstance(values.get("time"), datetime):
        values["time"] = _moment(values["time"])
    return wording.t(error.key, language, **values)


def _moment(when: object) -> str:
    """Say a time without the word before it, which the sentence has; with its date where it was not today."""
    if not isinstance(when, datetime):
        return str(when)
    language = frame.language()
    local = when.astimezone(FINLAND)
    clock = f"{local.hour}{':' if language == 'en' else '.'}{local.minute:02}"
    today = datetime.now(FINLAND).date()
    return clock if local.date() == today else f"{clock} ({wording.day(local.date(), language)})"
