"""What was done last, and the button that takes it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Any

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source, wording
from dashboard.forms import sheet
from dashboard.forms.undo import refusal
from dashboard.frame import say
from dashboard.pipeline import moving
from dashboard.views.history import FINLAND
from dashboard.views.pipeline import title
from dashboard.views.pipeline_detail import Event
from data.model import Stage
from data.queries import pipeline_detail
from data.store import pipeline

DONE, SAID = "pipeline_undo", "pipeline_undo_said"
SHOWN_FOR = timedelta(minutes=3)


@dataclass(frozen=True)
class Done:
    """Hold what was written to which synergy, and what it was before."""

    saved: pipeline.Saved
    name: str
    stage: Stage
    moved: bool = True
    at: datetime = field(default_factory=lambda: datetime.now(FINLAND))


@dataclass(frozen=True)
class Figured:
    """Hold what was done to a benefit, and how it is taken back."""

    said: str
    back: Callable[[], object]
    at: datetime = field(default_factory=lambda: datetime.now(FINLAND))


def remember(done: Done | Figured) -> None:
    """Offer to take this back."""
    source.refresh()
    st.session_state[DONE] = done


def notice() -> None:
    """Say what was done last, with the button that takes it back."""
    said = st.session_state.pop(SAID, "")
    if said:
        st.html(f'<p class="done" role="status">{escape(said)}</p>')
    done = st.session_state.get(DONE)
    if not isinstance(done, Done | Figured) or datetime.now(FINLAND) - done.at > SHOWN_FOR:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="done"):
        st.html(f'<p class="done" role="status">{escape(_words(done))}</p>', width="content")
        st.button(say("form.undo"), type="tertiary", icon=":material/undo:", key="undo_last", on_click=_undo)


def last(told: Mapping[str, Any], events: Sequence[Event]) -> None:
    """Offer to take the last change of a synergy back, whoever made it and however long ago; and that again."""
    change = pipeline_detail.last_change(source.engine(), int(told["id"]))
    if change is None or not moving.allowed():
        return
    row = pipeline.Row(int(told["id"]), int(told["version"]))
    latest = next((one for one in events if one.decided), None)
    with st.container(horizontal=True, vertical_alignment="center", key="undo_line"):
        st.button(
            say("pipeline.undo_last"),
            icon=":material/undo:",
            key="undo_change",
            on_click=_undo_last,
            args=(told, row, change),
        )
        if latest is not None:
            frame.note(f"{latest.what} ({latest.when}, {latest.who})")


def _undo_last(told: Mapping[str, Any], row: pipeline.Row, change: int) -> None:
    try:
        saved = pipeline.undo_last(source.engine(), sheet.user(), row, change)
    except SynergiaError as error:
        st.session_state[SAID] = refusal(error)
        source.refresh()
        return
    stage = Stage(str(told["stage"]))
    remember(Done(saved, title(told), stage, moved=False))


def _words(done: Done | Figured) -> str:
    if isinstance(done, Figured):
        return done.said
    if done.moved:
        return say("move.moved", name=done.name, stage=say(f"stage.{done.stage}"))
    return say("form.saved", time=wording.clock(done.at.time(), frame.language()), name=done.name)


def _undo() -> None:
    done = st.session_state.pop(DONE, None)
    if not isinstance(done, Done | Figured):
        return
    try:
        if isinstance(done, Done):
            pipeline.take_back(source.engine(), sheet.user(), done.saved)
        else:
            done.back()
    except SynergiaError as error:
        st.session_state[SAID] = refusal(error)
        return
    name = done.name if isinstance(done, Done) else done.said
    st.session_state[SAID] = say("form.undone", name=name)
    source.refresh()
