"""Correct what a table has written: the form, held to what was seen when it was opened."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from config.errors import SynergiaError
from dashboard import amounts, frame, source
from dashboard.frame import say
from dashboard.live import answers, intake
from dashboard.live.entry import UNITS
from dashboard.workshop import doing
from data.model import Continuity, Direction, ResourceType
from data.store import steering
from geo import regions

Row = Mapping[str, Any]
WORDS = ("title", "quantity", "company", "business_id", "ewc_code")


@st.dialog(" ", width="medium", on_dismiss=doing.put_away)
def correct(event: Row, card: Row) -> None:
    """Draw the form over the page."""
    st.subheader(say("workshop_page.correct_title"), anchor=False)
    told = {**dict(card["told"]), **_chosen(card), **_typed(card)}
    with st.container(horizontal=True):
        saves = st.button(say("workshop_page.save"), type="primary", key="save_card")
        if st.button(say("workshop_page.cancel"), key="cancel_card"):
            doing.put_away()
            st.rerun()
    if not saves:
        return
    # Who corrects has looked at the amount: it is not asked about again.
    read = intake.read({**told, "named": card["told"]["named"], "sure": True}, frame.language(), regions.load())
    if read.faults:
        for one in answers.faults(read.faults, told, frame.language()).values():
            st.error(say("workshop_page.not_saved_yet", sentence=one["sentence"]))  # type: ignore[index]
        return
    try:
        steering.amend(source.engine(), frame.user(), event["id"], card, read.told)
    except SynergiaError as error:
        st.error(doing.refused(error))
        return
    doing.call()
    doing.put_away()
    st.rerun()


def _typed(card: Row) -> dict[str, object]:
    told = card["told"]
    return {
        name: st.text_input(
            say(f"workshop_page.field_{name}"), value=str(told.get(name) or ""), max_chars=300, key=f"field_{name}"
        )
        for name in WORDS
    }


def _chosen(card: Row) -> dict[str, object]:
    told, language = card["told"], frame.language()
    left, right = st.columns(2)
    names = {code: place.name(language) for code, place in regions.load().municipalities.items()}
    places = sorted(names, key=lambda code: names[code])
    picked = {
        "direction": _select(left, "direction", list(Direction), told, frame.labels("direction.", list(Direction))),
        "type": _select(right, "type", list(ResourceType), told, frame.labels("type.", list(ResourceType))),
        "place": _select(left, "place", places, told, lambda code: names.get(code, code)),
        "unit": _select(right, "unit", ["", *UNITS], told, lambda code: amounts.unit(code, language, flow=False)),
    }
    kinds = list(Continuity)
    return {**picked, "continuity": _select(left, "continuity", kinds, told, frame.labels("continuity.", kinds))}


def _select(where: Any, name: str, options: list[Any], told: Row, label: Any) -> str:  # noqa: ANN401 - a column, a function
    now = told.get(name)
    if now and now not in options:
        options = [now, *options]
    at = options.index(now) if now in options else 0
    return str(
        where.selectbox(say(f"workshop_page.field_{name}"), options, at, format_func=label, key=f"field_{name}") or ""
    )
