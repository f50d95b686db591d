"""Synergies: what is moving, and what has gone quiet."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.errors import SynergiaError
from dashboard import filters, frame, wording
from dashboard.frame import say
from dashboard.pipeline import arcs, beside, board, choice, detail, dialog, estimating, looks, moving, table, undo
from dashboard.pipeline.choice import Choice
from dashboard.reading import Reader
from dashboard.views import pipeline as view
from dashboard.views.records import records
from data.queries import pipeline as queries
from data.queries import pipeline_detail as details
from data.queries.pipeline import Sought
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


def warm() -> None:
    """Read what the first visitor sees, and learn to read what resources are made of, before there is one."""
    _asked(Reader(), Choice("board", Sought(), ""))


def _draw(read: Reader) -> None:
    asked = choice.chosen_id()
    told = read(details.synergy, asked) if asked > 0 else None
    if told is not None:
        detail.draw(read, told)
        return
    shown, badge, menus = _head()
    if asked:
        st.info(say("pipeline.link_id_gone"), icon=":material/link_off:")
    left, right = st.columns((44, 56), gap="medium")
    with left:
        sentence = st.container()
        chosen = choice.choose(shown)
    with right:
        beside.draw(read, chosen.sought.region)
    with menus:
        beside.breakdown(read, chosen.sought.region)
    counts, most = _asked(read, chosen)
    built = view.build(counts, most, chosen.place, regions.load(), frame.language())
    with sentence:
        frame.sentence(built.sentence)
    if built.demo:
        with badge:
            frame.badge()
    _content(read, chosen, built)


def _head() -> tuple[str, DeltaGenerator, DeltaGenerator]:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(say("title.pipeline"), anchor=False, width="stretch")
        badge = st.container(width="content")
        shown = choice.view_switch()
        menus = st.container(width="content", horizontal=True)
    undo.notice()
    moving.trouble()
    return shown, badge, menus


def _asked(read: Reader, chosen: Choice) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the counts and, for the board, its cards with what we estimate where nobody has told."""
    counts = read(queries.columns, chosen.sought)
    most = view.CARDS if chosen.view == "board" else 0
    cards = read(queries.cards, chosen.sought, most)
    estimated = pd.Series([estimating.co2e_tonnes(row) for row in records(cards)], cards.index, dtype=object)
    return counts, cards.assign(estimated_co2e_tonnes=estimated)


def _content(read: Reader, chosen: Choice, built: view.Board) -> None:
    if chosen.nobody:
        st.info(say("pipeline.mine_nobody"), icon=":material/person:")
    if not built.total:
        _nothing(read)
    elif chosen.view == "table":
        table.draw(read, chosen.sought, built.total, demo=built.demo)
    elif chosen.view == "map":
        arcs.draw(read, chosen.sought)
    else:
        board.draw(built)


def _nothing(read: Reader) -> None:
    there = int(read(queries.columns, Sought())["synergies"].sum())
    if there:
        counted = wording.counted(there, "synergy", frame.language())
        frame.empty(say("pipeline.empty"), say("pipeline.empty_text", synergies=counted))
        filters.clear_button(choice.defaults())
        return
    frame.empty(say("pipeline.none"), say("pipeline.none_text"))
    if frame.has_page("partners") and st.button(say("pipeline.to_partners"), type="primary", key="to_partners"):
        frame.open_page("partners")
