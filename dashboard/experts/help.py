"""Who could help a synergy along: the experts that take part, those that are suggested, and what happened to them."""

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source, wording
from dashboard.experts import topics
from dashboard.forms import undo
from dashboard.frame import say
from dashboard.teaching import taxonomy
from dashboard.views import experts as view
from dashboard.views.records import Record, records
from data.queries import experts as queries
from data.store import experts as write
from geo import regions
from matching import experts as matching

SAID = "experts_help_said"
MOST = 3


def draw(synergy_id: int) -> None:
    """Draw the experts of a synergy; for any page or dialog that shows one. Nothing where it may not be seen."""
    topic = queries.topic(source.engine(), synergy_id)
    if topic is None:
        return
    with st.container(key=f"experts_of_{synergy_id}", gap="small"):
        st.subheader(say("experts.help"), anchor=False)
        said = st.session_state.pop(SAID, "")
        if said:
            st.html(f'<p class="note" role="alert">{escape(said)}</p>')
        involved = records(queries.involved(source.engine(), synergy_id))
        for one in involved:
            _taking_part(synergy_id, one)
        known = taxonomy.current(source.stamp())
        pool = queries.pool(source.engine())
        need = topics.need(topic, known, frame.language())
        inside = [int(one["expert_id"]) for one in involved]
        found = matching.suggest(view.offered(pool), need, known, MOST, inside)
        people = {int(one["id"]): one for one in records(pool)}
        for suggestion in found:
            why = view.reason(suggestion, known, regions.load(), frame.language())
            _suggested(synergy_id, people[suggestion.expert_id], why)
        if not found and not involved:
            frame.note(say("experts.nobody_fits" if len(pool) else "experts.none_yet"))
        _history(synergy_id)


def _taking_part(synergy_id: int, one: Record) -> None:
    label = say("experts.takes_part", since=wording.day(one["since"], frame.language()))
    detail = " · ".join(part for part in (label, str(one["note"]), str(one["email"])) if part)
    act = partial(write.leave, source.engine(), frame.user(), synergy_id, int(one["expert_id"]))
    _row(f"leave_{synergy_id}_{one['expert_id']}", one, detail, (say("experts.leave"), act))


def _suggested(synergy_id: int, one: Record, why: str) -> None:
    act = partial(write.involve, source.engine(), frame.user(), synergy_id, int(one["id"]))
    detail = " · ".join(part for part in (why, str(one["email"] or "")) if part)
    _row(f"invite_{synergy_id}_{one['id']}", one, detail, (say("experts.invite"), act))


def _row(key: str, one: Record, detail: str, button: tuple[str, Callable[[], object]]) -> None:
    who = ", ".join(part for part in (str(one["name"]), str(one["organisation"] or "")) if part)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<b>{escape(who)}</b><p class="note">{escape(detail)}</p>', width="stretch")
        st.button(button[0], key=f"expert_{key}", on_click=_do, args=(button[1],))


def _do(act: Callable[[], object]) -> None:
    try:
        act()
    except SynergiaError as error:
        st.session_state[SAID] = undo.refusal(error)
        return
    source.refresh()


def _history(synergy_id: int) -> None:
    told = view.history(queries.told(source.engine(), synergy_id), frame.language())
    if told:
        with st.expander(say("experts.history")):
            st.html("".join(f'<p class="note">{escape(one)}</p>' for one in told))
