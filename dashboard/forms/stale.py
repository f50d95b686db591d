"""Somebody else was first: who changed what, and the ways to go on."""

from html import escape

import streamlit as st

from dashboard import frame
from dashboard.forms import undo
from dashboard.forms.kinds import KINDS
from dashboard.forms.sheet import Raw, Sheet
from dashboard.views import history
from data.store import edit
from geo import regions


def show(sheet: Sheet) -> None:
    """Say who changed what, show both versions side by side, and offer to merge or to reload."""
    theirs, problem = sheet.theirs, sheet.problem
    if problem is None or theirs is None:
        return
    with st.container(border=True, key="stale"):
        st.html(f'<p class="empty-title" role="alert">{escape(undo.refusal(problem))}</p>')
        st.html(_table(sheet, theirs))
        both = sorted(_changed(sheet.raw(), sheet.initial) & _changed(theirs, sheet.initial))
        if both:
            words = ", ".join(history.label(sheet.kind, name, frame.language()) for name in both)
            frame.note(frame.say("stale.both", fields=words))
        with st.container(horizontal=True):
            st.button(frame.say("stale.merge"), type="primary", key="stale_merge", on_click=_merge, args=(sheet,))
            st.button(frame.say("stale.reload"), type="tertiary", key="stale_reload", on_click=_reload, args=(sheet,))


def _changed(raw: Raw, initial: Raw) -> set[str]:
    return {name for name, told in raw.items() if name in initial and told != initial[name]}


def _table(sheet: Sheet, theirs: Raw) -> str:
    raw = sheet.raw()
    names = [name for name in sheet.initial if name in _changed(raw, sheet.initial) | _changed(theirs, sheet.initial)]
    heads = (frame.say("stale.field"), frame.say("stale.theirs"), frame.say("stale.mine"))
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(history.label(sheet.kind, name, frame.language()))}</th>'
        f"<td>{_cell(sheet, name, theirs.get(name))}</td><td>{_cell(sheet, name, raw.get(name))}</td></tr>"
        for name in names
    )
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cell(sheet: Sheet, name: str, told: object) -> str:
    column = {"municipality": "municipality_code"}.get(name, name)
    plain = told if isinstance(told, str | bool | int | float | list) or told is None else str(told)
    return escape(history.value(sheet.kind, column, plain, regions.load(), frame.language()))


def _merge(sheet: Sheet) -> None:
    mine = {name: told for name, told in sheet.raw().items() if told != sheet.initial.get(name)}
    _renew(sheet)
    sheet.fill({**sheet.initial, **mine})
    sheet.said = frame.say("stale.merged")


def _reload(sheet: Sheet) -> None:
    _renew(sheet)
    sheet.fill(sheet.initial)
    sheet.said = frame.say("stale.reloaded")


def _renew(sheet: Sheet) -> None:
    if sheet.row is None:
        return
    found, raw = KINDS[sheet.kind].newest(sheet)
    sheet.row = edit.Row(sheet.kind, sheet.row.id, int(found["version"]))
    sheet.initial, sheet.theirs, sheet.problem = raw, None, None
