"""Do what a facilitator asks, and say so where somebody else was first or the store refuses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, wording
from dashboard.literal import literal
from dashboard.live.service import running_service

SAID = "workshop_said"
OVER = "workshop_over"
LAID = "workshop_over_laid"


def attempt(act: Callable[..., object], *told: object) -> bool:
    """Do it; tell whether it was done. What was refused is said once the page is drawn anew."""
    try:
        act(*told)
    except SynergiaError as error:
        tell(refused(error))
        return False
    call()
    return True


def refused(error: SynergiaError) -> str:
    """Give the sentence of an error, with its time as people write it."""
    values = dict(error.values)
    if isinstance(moment := values.get("time"), datetime):
        values["time"] = wording.clock(moment.time(), frame.language())
    return frame.say(error.key, **values)


def tell(words: str) -> None:
    """Say something when the page is drawn the next time."""
    st.session_state[SAID] = words


# A dialog that is opened within a part that draws itself anew every few seconds would be gone with the next time: so
# what is open is kept here, and the page opens it. A press is noted before anything is drawn: a part whose turn it is
# would break off the drawing that was to hear of it.
def lay_over(name: str, *told: object) -> None:
    """Note that a dialog is to open over the page: what a button does when it is pressed."""
    st.session_state[OVER] = (name, told)
    st.session_state.pop(LAID, None)


def laying() -> None:
    """Say that the page itself is being drawn, and with it what lies over it."""
    st.session_state[LAID] = True


def laid() -> None:
    """Draw the whole page where a part of it finds a dialog that has not been opened yet."""
    if over()[0] and LAID not in st.session_state:
        st.rerun(scope="app")


def over() -> tuple[str, tuple[Any, ...]]:
    """Tell which dialog lies over the page, and what it is about; an empty name: none."""
    found: tuple[str, tuple[Any, ...]] = st.session_state.get(OVER, ("", ()))
    return found


def put_away() -> None:
    """Close the dialog."""
    st.session_state.pop(OVER, None)


def said() -> None:
    """Show what is to be said."""
    words = st.session_state.pop(SAID, "")
    if words:
        st.toast(literal(words), icon=":material/info:", duration="long")


def call() -> None:
    """Call the worker of this process, if there is one: what was let through or corrected shows at once."""
    try:
        running_service().worker.call()
    except SynergiaError:  # a page without a server around it; the worker looks every few seconds
        return


def phones(event_id: int) -> int:
    """Count the telephones that are there."""
    try:
        return running_service().phones.count(event_id)
    except SynergiaError:
        return 0
