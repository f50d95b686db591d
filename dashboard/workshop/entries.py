"""All that the tables have entered, to be found, corrected, taken down and put back."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import frame, source
from dashboard.frame import say
from dashboard.views import workshop as view
from dashboard.workshop import doing
from data.store import steering, wall

Row = Mapping[str, Any]
SHOWN = 8


def draw(event: Row, cards: Sequence[Row]) -> None:
    """List the newest entries, or those that hold what is sought."""
    sought = st.text_input(
        say("workshop_page.seek"), key="seek_entry", placeholder=say("workshop_page.seek"), label_visibility="collapsed"
    )
    found = view.sought(cards, sought or "", frame.language())
    if not found:
        frame.note(say("workshop_page.no_entries"))
    for card in found[:SHOWN]:
        with st.container(key=f"entry_{card['id']}"):
            _one(event, card)
    if len(found) > SHOWN:
        frame.note(say("workshop_page.more_entries", count=len(found) - SHOWN))


def _one(event: Row, card: Row) -> None:
    words = escape(view.card_line(card, frame.language()))
    below = [
        say(f"direction.{card['told']['direction']}"),
        say("workshop_page.from_table", tables=card["table_number"]),
        str(card["told"]["company"]),
        say(f"workshop_page.card_{card['status']}"),
    ]
    st.html(f'<div class="match"><p>{words}</p><p>{escape(" · ".join(below))}</p></div>')
    with st.container(horizontal=True):
        if card["status"] in {"shown", "held", "waiting"}:
            key = f"correct_entry_{card['id']}"
            st.button(say("workshop_page.correct"), key=key, on_click=doing.lay_over, args=("correct", card))
            st.button(
                say("workshop_page.hide"), key=f"hide_entry_{card['id']}", on_click=hide, args=(event["id"], card)
            )
        else:
            st.button(
                say("workshop_page.put_back"), key=f"back_{card['id']}", on_click=_put_back, args=(event["id"], card)
            )


def hide(event_id: int, card: Row, status: str = "hidden") -> None:
    """Take a card off the screen."""
    engine, user = source.engine(), frame.user()
    if doing.attempt(wall.take_down, engine, user, event_id, card["id"], status):
        steering.note(engine, user, event_id, card["id"])


def _put_back(event_id: int, card: Row) -> None:
    doing.attempt(steering.settle, source.engine(), frame.user(), event_id, card, "waiting")
