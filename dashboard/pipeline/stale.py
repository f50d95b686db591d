"""Somebody else moved the synergy first: who changed what, both versions side by side, and the ways to go on."""

from datetime import date
from html import escape

import streamlit as st

from config.errors import SynergiaError
from config.texts import catalogue
from dashboard import frame, wording
from dashboard.forms.undo import refusal
from dashboard.frame import say
from dashboard.pipeline import moving
from dashboard.pipeline.moving import PREFIX, Move, Raw
from data.store.pipeline import Row


def show(move: Move) -> None:
    """Say who changed what, show both versions, and offer to merge or to reload."""
    theirs, problem = move.theirs, move.problem
    if problem is None or theirs is None:
        return
    with st.container(border=True, key="stale"):
        st.html(f'<p class="empty-title" role="alert">{escape(refusal(problem))}</p>')
        st.html(_table(move, theirs))
        both = sorted(_mine(move) & _changed(theirs, move.initial))
        if both:
            frame.note(say("stale.both", fields=", ".join(_label(name) for name in both)))
        with st.container(horizontal=True):
            st.button(say("stale.merge"), type="primary", key="stale_merge", on_click=_merge, args=(move,))
            st.button(say("stale.reload"), type="tertiary", key="stale_reload", on_click=_reload, args=(move,))


def _changed(raw: Raw, initial: Raw) -> set[str]:
    return {name for name, told in raw.items() if name in initial and (told or None) != (initial[name] or None)}


def _mine(move: Move) -> set[str]:
    """Give the fields that somebody has changed here; what we offered ourselves is none of them."""
    return {name for name in _changed(move.typed, move.initial) if move.typed[name] != move.offered.get(name)}


def _table(move: Move, theirs: Raw) -> str:
    mine = _mine(move)
    changed = mine | _changed(theirs, move.initial)
    heads = (say("stale.field"), say("stale.theirs"), say("stale.mine"))
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(_label(name))}</th><td>{escape(_value(name, theirs.get(name)))}</td>'
        f"<td>{escape(_value(name, (move.typed if name in mine else move.initial).get(name)))}</td></tr>"
        for name in move.initial
        if name in changed
    )
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _label(name: str) -> str:
    return say(f"move.{'reason' if name == 'lapse_reason' else 'consent' if name == 'showcase_consent' else name}")


def _value(name: str, told: object) -> str:
    if told is None or told == "":
        return wording.UNKNOWN
    if isinstance(told, date):
        return wording.day(told, frame.language())
    if isinstance(told, bool):
        return say("company.yes" if told else "company.no")
    key = f"{name}.{told}"
    return say(key) if key in catalogue() else str(told)


def _merge(move: Move) -> None:
    mine = {name: move.typed[name] for name in _mine(move)}
    if _renew(move):
        _refill(move, {**move.initial, **mine})
        move.said = say("stale.merged")


def _reload(move: Move) -> None:
    if _renew(move):
        _refill(move, move.initial)
        move.said = say("stale.reloaded")


def _renew(move: Move) -> bool:
    try:
        told, initial, benefits = moving.read(move.row.id)
    except SynergiaError as problem:
        move.theirs, move.problem = None, problem
        return False
    move.row, move.told, move.initial = Row(move.row.id, int(told["version"])), told, initial
    move.benefits, move.theirs, move.problem = benefits, None, None
    return True


def _refill(move: Move, raw: Raw) -> None:
    for name, told in raw.items():
        move.typed[name] = told
        st.session_state[PREFIX + name] = told
