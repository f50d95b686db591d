"""Synergies: what is moving, and what has gone quiet."""

import streamlit as st

from config.errors import SynergiaError
from dashboard import filters, frame
from dashboard.frame import say
from dashboard.pipeline import beside, board, choice, dialog, looks, moving, undo
from dashboard.pipeline.choice import Choice
from dashboard.reading import Reader
from dashboard.views import pipeline as view
from data.queries import pipeline as queries
from geo import regions


def page() -> None:
    """Draw the board, the table or the map, or the synergy that the link names; and the form that is open."""
    st.html(looks.sheet(frame.colours()))
    try:
        _draw(Reader())
    except SynergiaError:
        if moving.current() is None:
            raise
        frame.warn(say("pipeline.away"))  # what was typed is still there, and can be sent again
    dialog.show()


def _draw(read: Reader) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(say("title.pipeline"), anchor=False, width="stretch")
        badge = st.container(width="content")
        shown = choice.view_switch()
        menus = st.container(width="content", horizontal=True)
    undo.notice()
    moving.trouble()
    left, right = st.columns((44, 56), gap="medium")
    with left:
        sentence = st.container()
        chosen = choice.choose(shown)
    with right:
        beside.draw(read, chosen.sought.region)
    with menus:
        beside.breakdown(read, chosen.sought.region)
    built = view.build(
        read(queries.columns, chosen.sought),
        read(queries.cards, chosen.sought, view.CARDS),
        chosen.place,
        regions.load(),
        frame.language(),
    )
    with sentence:
        frame.sentence(built.sentence)
    if built.demo:
        with badge:
            frame.badge()
    _content(chosen, built)


def _content(chosen: Choice, built: view.Board) -> None:
    if chosen.nobody:
        st.info(say("pipeline.mine_nobody"), icon=":material/person:")
    if not built.total:
        frame.empty(say("pipeline.empty"))
        filters.clear_button(choice.defaults())
    else:
        board.draw(built)
