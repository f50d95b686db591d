"""The audit: who took what out, who came and was refused, who changed what; and what is known of a person."""

import streamlit as st

from dashboard import filters, frame
from dashboard.auditing import events, people
from data import viewer
from data.viewer import Role

PARTS = {"events": events.draw, "people": people.draw}


def page() -> None:
    """Draw the page for the national coordinator, one part of it at a time."""
    seen = viewer.current()
    frame.title_row(frame.say("title.audit"))
    if seen is None or seen.role is not Role.NATIONAL:  # the database would show nothing, and refuse
        st.info(frame.say("audit.only_national"), icon=":material/lock:")
        return
    part = filters.switch(
        "part",
        list(PARTS),
        lambda one: frame.say(f"audit.part_{one}"),
        name=frame.say("audit.part"),
        default=next(iter(PARTS)),
    )
    PARTS[part]()
