"""How good the matches are: the matcher's own hit rate, and what it has learned."""

import streamlit as st

from dashboard import frame, lessons
from dashboard.companies import looks
from dashboard.reading import Reader
from dashboard.views import lesson
from dashboard.views import match_quality as view
from data.queries import decisions as queries
from matching import voikko
from matching.decisions import counted, hit_rate, outcomes


def draw(read: Reader) -> None:
    """Draw the part."""
    language, colours = frame.language(), frame.colours()
    st.html(looks.sheet(colours))
    st.html(view.sheet(colours.line, colours.accent))
    proposed = counted(read(queries.proposed))
    right = outcomes(proposed)
    if proposed["demo"].any():
        frame.badge()
    frame.sentence(view.sentence(hit_rate(right), int(right.isna().sum()), language))
    frame.note(frame.say("quality.what_counts"))
    if right.notna().any():
        st.html(view.tables(proposed, language))
        frame.note(frame.say("quality.scores_when"))
    st.subheader(frame.say("quality.lesson"), anchor=False)
    st.html(lesson.sheet(colours.line, colours.accent))
    st.html(lesson.html(read(lessons.newest), language))
    frame.note(frame.say("quality.voikko_used" if voikko.in_use() else "quality.voikko_missing"))
