"""The ideas that tables were interested in: synergies of the pipeline by now, with owner, stage and next step."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard import frame, source
from dashboard.frame import say
from data.queries import events as queries

Row = Mapping[str, Any]
SHOWN = 12


def draw(event: Row) -> None:
    """List them, each with the way to the pipeline."""
    found = queries.steps(source.engine(), event["id"])
    st.subheader(say("workshop_page.taken_title", count=len(found)), anchor=False)
    if not found:
        frame.note(say("workshop_page.taken_none"))
    for step in found[:SHOWN]:
        with st.container(key=f"match_taken_{step['id']}"):
            words, button = st.columns((5, 1), vertical_alignment="center")
            told = (
                say(f"stage.{step['stage']}"),
                str(step["owner"] or say("workshop_page.no_owner")),
                str(step["next_step"] or say("workshop_page.no_step")),
            )
            pair = escape(f"{step['have']} → {step['want']}")
            words.html(f'<div class="match"><p>{pair}</p><p>{escape(" · ".join(told))}</p></div>')
            if button.button(say("workshop_page.open"), type="tertiary", key=f"taken_{step['id']}"):
                frame.open_page("pipeline", id=str(step["id"]))
