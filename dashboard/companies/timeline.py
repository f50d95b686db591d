"""What happened to a company, newest first."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard import frame
from dashboard.views import history as view
from dashboard.views.history import Event
from geo import regions


def draw(history: pd.DataFrame) -> None:
    """Draw the events."""
    told = view.events(history, regions.load(), frame.language())
    if not told:
        frame.empty(frame.say("history.none"))
        return
    st.html("".join(_event(one) for one in told))


def _event(event: Event) -> str:
    changes = "".join(
        f"<li>{escape(label)}: {escape(old)} → <b>{escape(new)}</b></li>" for label, old, new in event.changes
    )
    listed = f"<ul>{changes}</ul>" if changes else ""
    return (
        f'<div class="event"><p>{escape(event.what)} <b>{escape(event.title)}</b></p>'
        f'<p class="when">{escape(event.when)}, {escape(event.who)}</p>{listed}</div>'
    )
