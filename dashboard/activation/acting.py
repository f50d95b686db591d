"""Do what a button asks for, and say what came of it; nothing that was typed is lost where the store refuses."""

from collections.abc import Callable
from html import escape

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source
from dashboard.forms import sheet, undo

SAID, KEPT = "activating_said", "activating_kept"
FORMS = ("contact_", "talk_", "expert_")


def user() -> str:
    """Tell who acts."""
    return sheet.user()


def done(act: Callable[[], object], words: str = "") -> bool:
    """Do it and say `words`; False where the store refused, which is said instead."""
    try:
        act()
    except SynergiaError as error:
        st.session_state[SAID] = (undo.refusal(error), True)
        # A form that the next run can't draw, with the database away, would be forgotten with all that was typed.
        told = {str(key): value for key, value in st.session_state.items() if str(key).startswith(FORMS)}
        st.session_state[KEPT] = told
        return False
    st.session_state.pop(KEPT, None)
    source.refresh()
    st.session_state[SAID] = (words, False)
    return True


def fill(**otherwise: object) -> None:
    """Put into the fields of a form what was typed before it was refused, or else what they hold at first."""
    kept = st.session_state.get(KEPT) or {}
    for key, value in otherwise.items():
        if key not in st.session_state:
            st.session_state[key] = kept.get(key, value)


def do(act: Callable[[], object], words: str) -> None:
    """Do it, as the callback of a button."""
    done(act, words)


def said() -> None:
    """Say what came of it last."""
    words, refused = st.session_state.pop(SAID, ("", False))
    if words and refused:
        st.html(f'<p class="fault" role="alert">{escape(words)}</p>')
    elif words:
        st.html(f'<p class="done" role="status">{escape(words)}</p>')


def text(key: str) -> str:
    """Give what is typed into a field."""
    return str(st.session_state.get(key) or "")


def forget(*keys: str) -> None:
    """Empty fields, once what was typed into them is kept."""
    kept = st.session_state.get(KEPT) or {}
    for key in keys:
        st.session_state.pop(key, None)
        kept.pop(key, None)


def say(name: str, /, **values: object) -> str:
    """Give a text of this page."""
    return frame.say(f"activating.{name}", **values)
