"""One synergy: both sides, the haul, what is next, what it has brought, its people and its history."""

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from dashboard import filters, frame, legal_hints, wording
from dashboard.experts import help as experts
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.pipeline import agreeing, benefits_part, choice, estimating, moving, undo
from dashboard.reading import Reader
from dashboard.views import pipeline as board_view
from dashboard.views import pipeline_detail as view
from dashboard.views.records import Record, records
from data.model import ResourceType, Stage
from data.queries import pipeline_detail as queries
from geo import regions

TABS = ("benefits", "people", "history")
TAB = "tab"


def draw(read: Reader, told: Mapping[str, Any]) -> None:
    """Draw a synergy that the link names."""
    st.button(
        say("pipeline.back"),
        type="tertiary",
        icon=":material/arrow_back:",
        key="back",
        on_click=choice.open_synergy,
        args=(None,),
    )
    _title(told)
    undo.notice()
    moving.trouble()
    left, right = st.columns((47, 53), gap="large")
    with left:
        _sides(told)
        legal_hints.draw(int(told["have_id"]), int(told["want_id"]))
        experts.draw(int(told["id"]))
    with right:
        _next(told)
        _parts(read, told)


def _title(told: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.html(f'<h1 class="name">{escape(board_view.title(told))}</h1>', width="stretch")
        st.badge(literal(say(f"stage.{told['stage']}")), color="blue")
        if told["lapse_reason"]:
            st.badge(literal(say(f"lapse_reason.{told['lapse_reason']}")), color="gray")
        if told["demo"]:
            frame.badge()


def _sides(told: Mapping[str, Any]) -> None:
    language, places = frame.language(), regions.load()
    for which in view.SIDES:
        st.html(view.side(told, which, places, language))
        if frame.has_page("companies"):
            _to_company(told, which)
    # Heat goes through a pipe: what a truck would cost says nothing of it.
    way = None if told["type"] == ResourceType.ENERGY.value else estimating.exchange(told).haul
    facts = [
        (say("pipeline.haul"), f"{board_view.way(told, places, language)} · {view.haul(told, way, language)}"),
        agreeing.fact(told),
    ]
    if told["event"]:
        facts.append((say("pipeline.event"), str(told["event"])))
    st.html(f'<div class="syn">{"".join(_fact(*one) for one in facts)}</div>')


def _to_company(told: Mapping[str, Any], which: str) -> None:
    name = told[f"{which}_company"] or say("frame.unnamed")
    if st.button(literal(str(name)), type="tertiary", icon=":material/apartment:", key=f"to_{which}"):
        frame.open_page("companies", resource=str(told[f"{which}_id"]))


def _fact(label: str, value: str) -> str:
    return f'<p><span class="pale">{escape(label)}:</span> {escape(value)}</p>'


def _next(told: Mapping[str, Any]) -> None:
    """Say what is to happen next, by whom and when, with the notes; and the buttons that change it."""
    card = board_view.card(told, regions.load(), frame.language())
    step = f'<p class="{"quiet" if card.alarm else ""}">{escape(card.step or wording.UNKNOWN)}</p>'
    owner = _fact(say("pipeline.owner"), str(told["owner"] or wording.UNKNOWN))
    note = f'<p style="white-space:pre-line">{escape(str(told["note"]))}</p>' if told["note"] else ""
    st.html(f'<div class="syn"><h2>{escape(say("pipeline.next"))}</h2>{step}{owner}{note}</div>')
    if not moving.allowed():
        return
    with st.container(horizontal=True):
        if told["stage"] != Stage.COMPLETED.value:
            st.button(
                say("pipeline.move_on"), type="primary", key="move_this", on_click=moving.lay, args=(int(told["id"]),)
            )
        edit = partial(moving.lay, int(told["id"]), only_edit=True)
        st.button(say("pipeline.edit"), icon=":material/edit:", key="edit_this", on_click=edit)
        if told["agreed_high"] is None and agreeing.may_be(told, Stage(told["stage"])):
            label = say("pipeline.agree")
            st.button(label, icon=":material/handshake:", type="tertiary", key="agree_this", on_click=edit)


def _parts(read: Reader, told: Mapping[str, Any]) -> None:
    synergy_id = int(told["id"])
    figures = records(read(queries.benefits, synergy_id))
    tab = filters.switch(
        TAB,
        TABS,
        lambda one: say(f"pipeline.tab_{one}", count=len(figures)),
        name=say("pipeline.tab"),
        default="benefits",
    )
    if tab == "benefits":
        benefits_part.draw(told, figures)
    elif tab == "people":
        _people(read, told)
    else:
        _history(read, told)


def _people(read: Reader, told: Mapping[str, Any]) -> None:
    sides = {int(told[f"{which}_organisation_id"]): told[f"{which}_company"] for which in view.SIDES}
    found = records(read(queries.people, tuple(sorted(sides))))
    if not found:
        frame.note(say("pipeline.people_none"))
    for number, name in sides.items():
        own = [one for one in found if int(one["organisation_id"]) == number]
        if own:
            st.html(_contacts(str(name or say("frame.unnamed")), own))


def _contacts(company: str, people: list[Record]) -> str:
    rows = "".join(
        f"<p>{escape(' · '.join(str(one[name]) for name in ('name', 'role', 'email', 'phone') if one[name]))}</p>"
        for one in people
    )
    return f'<div class="syn"><h2>{escape(company)}</h2>{rows}</div>'


def _history(read: Reader, told: Mapping[str, Any]) -> None:
    synergy_id = int(told["id"])
    events = view.events(read(queries.history, synergy_id), frame.language())
    undo.last(told, events)
    if events:
        st.html("".join(_event(one) for one in events))


def _event(event: view.Event) -> str:
    changes = "".join(
        f"<li>{escape(label)}: {escape(old)} → <b>{escape(new)}</b></li>" for label, old, new in event.changes
    )
    listed = f"<ul>{changes}</ul>" if changes else ""
    return (
        f'<div class="event"><p>{escape(event.what)}</p>'
        f'<p class="when">{escape(event.when)}, {escape(event.who)}</p>{listed}</div>'
    )
