"""Matching: how good the matches are, and how to teach the matcher words and topics."""

import streamlit as st

from dashboard import filters, frame
from dashboard.reading import Reader
from dashboard.teaching import quality, topics, words
from dashboard.views import teaching as view

PARTS = {"quality": quality.draw, "words": words.draw, "topics": topics.draw}


def page() -> None:
    """Draw the page: one part of it at a time."""
    st.html(view.sheet())
    frame.title_row(frame.say("title.matching"))
    part = filters.switch(
        "part",
        list(PARTS),
        lambda one: frame.say(f"teaching.part_{one}"),
        name=frame.say("teaching.part"),
        default=next(iter(PARTS)),
    )
    PARTS[part](Reader())
