"""Moving a synergy: the dialog with the next stage chosen, the next step, its owner and day, and what came of it."""

from datetime import datetime
from functools import partial
from html import escape
from typing import Any, Literal

import streamlit as st

from config import settings
from config.errors import StaleEdit, SynergiaError
from dashboard import frame, local_name, source, wording
from dashboard.forms import sheet
from dashboard.forms.undo import refusal
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.pipeline import agreeing, estimating, figures, moving, stale, undo, words
from dashboard.pipeline.moving import PREFIX, Move
from dashboard.views import pipeline as view
from dashboard.views.history import FINLAND
from data.importers.faults import Fault
from data.model import LapseReason, Stage
from data.rules import synergy as rules
from data.rules.checked import Checked
from data.store import pipeline
from data.store.benefits import Figure
from data.store.pipeline import AGREED
from geo import regions

REASONS = [one.value for one in LapseReason]
STAGES = [one.value for one in Stage]


def show() -> None:
    """Draw the form that is open, if one is; the last thing that the page draws."""
    move = moving.current()
    if move is not None:
        title = say("move.title_edit" if move.only_edit else "move.title")
        st.dialog(title, width="medium", on_dismiss=moving.close)(_draw)(move)


def _draw(move: Move) -> None:
    move.fill()
    move.note()
    _head(move)
    checked = rules.check(move.typed, move.initial, datetime.now(FINLAND).date())
    st.selectbox(say("move.stage"), STAGES, format_func=frame.labels("stage.", STAGES), key=f"{PREFIX}stage")
    _told(move, checked, "stage")
    _skipped(move, checked)
    if move.stage is Stage.LAPSED:
        st.pills(
            say("move.reason"), REASONS, format_func=frame.labels("lapse_reason.", REASONS), key=f"{PREFIX}lapse_reason"
        )
        _told(move, checked, "lapse_reason")
    if agreeing.asked(move):
        agreeing.draw(move)
        _told(move, checked, "agreed")
    came = _came_of_it(move) if move.stage is Stage.COMPLETED else []
    _fields(move, checked)
    answer = st.container()
    if _buttons(move):
        _save(move, checked, came)
    with answer:
        _say(move)


def _head(move: Move) -> None:
    language = frame.language()
    told: dict[str, Any] = dict(move.told)
    days = (datetime.now(FINLAND) - told["stage_since"]).days
    since = say(
        "move.since",
        stage=wording.capital(say(f"stage.{told['stage']}")),
        days=wording.counted(days, "day", language),
        owner=told["owner"] or wording.UNKNOWN,
    )
    route = view.route(told, regions.load(), language)
    st.html(
        f'<div class="syn"><p><b>{escape(view.title(told))}</b>, {escape(route)}</p>'
        f'<p class="pale">{escape(since)}</p></div>'
    )


def _skipped(move: Move, checked: Checked[Any]) -> None:
    asked = any(one.rule == "move.skipped" for one in checked.faults.get("stage", ()))
    if asked or move.typed.get("sure"):
        st.checkbox(say("move.skip_anyway"), key=f"{PREFIX}sure")


def _came_of_it(move: Move) -> list[Figure] | None:
    """Draw the fields for benefits and give what is typed; None while something is wrong with it."""
    context = estimating.context(agreeing.told(move))
    rows = figures.Fields(f"{PREFIX}benefit_", context, move.tried)
    came = rows.draw(figures.usual(str(move.told["type"])))
    if move.benefits:
        frame.note(say("move.benefits_there", count=move.benefits))
    st.info(say("benefit.never_added"), icon=":material/info:")
    st.checkbox(say("move.consent"), key=f"{PREFIX}showcase_consent", help=say("move.consent_help"))
    return came


def _fields(move: Move, checked: Checked[Any]) -> None:
    st.text_input(say("move.next_step"), key=f"{PREFIX}next_step", max_chars=300)
    _told(move, checked, "next_step")
    left, right = st.columns(2)
    with left:
        st.text_input(say("move.owner"), key=f"{PREFIX}owner", max_chars=rules.NAME_CHARACTERS)
    with right:
        st.date_input(say("move.next_step_on"), value=None, key=f"{PREFIX}next_step_on", format="DD.MM.YYYY")
    _told(move, checked, "next_step_on")
    st.text_area(say("move.note"), key=f"{PREFIX}note", max_chars=rules.NOTE_CHARACTERS, height=90)
    _told(move, checked, "note")
    if not frame.user():
        st.text_input(
            say("form_help.user"),
            value=str(st.session_state.get(sheet.USER, "")),
            max_chars=100,
            key=f"{PREFIX}asked_user",
            on_change=_keep_user,
        )


def _keep_user() -> None:
    st.session_state[sheet.USER] = local_name.clean(str(st.session_state[f"{PREFIX}asked_user"]))


def _told(move: Move, checked: Checked[Any], name: str) -> None:
    for one in checked.faults.get(name, ()):
        if move.tried or one.rule == "move.skipped":
            _fault(one, move.typed.get(name))


def _fault(told: Fault, typed: object) -> None:
    st.html(f'<p class="fault" role="alert">{escape(words.fault(told, typed, frame.language()))}</p>')


def _buttons(move: Move) -> bool:
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(say("form.cancel"), type="tertiary", key=f"{PREFIX}cancel"):
            moving.close()
            st.rerun()
        # Not primary while the way out of a stale edit is.
        kind: Literal["primary", "secondary"] = "secondary" if move.theirs is not None else "primary"
        label = say("form.save" if move.only_edit else "pipeline.move")
        return st.button(label, type=kind, key=f"{PREFIX}save", on_click=partial(_try, move))


def _try(move: Move) -> None:
    move.tried, move.said = True, ""


def _say(move: Move) -> None:
    if move.theirs is not None:
        stale.show(move)
    elif move.problem is not None:
        st.error(literal(refusal(move.problem)), icon=":material/error:")
    if move.said:
        st.html(f'<p class="fault" role="alert">{escape(move.said)}</p>')


def _save(move: Move, checked: Checked[Any], came: list[Figure] | None) -> None:
    move.problem, move.theirs = None, None
    if checked.value is None or came is None:
        move.said = say("form.mend")
        return
    values = {name: one for name, one in checked.value.items() if one != _before(move, name)}
    if move.typed["agreed"] == move.initial["agreed"]:  # rounded to what a field shows, and nobody's change
        values = {name: one for name, one in values.items() if name not in AGREED}
    try:
        if not values and not came:
            _done(None)
        saved = pipeline.change(source.engine(), sheet.user(), move.row, values, came)
    except StaleEdit as problem:
        behind(move, problem)
        return
    except SynergiaError as problem:
        move.problem = problem
        return
    _done(undo.Done(saved, view.title(move.told), move.stage, moved="stage" in values))


def _before(move: Move, name: str) -> object:
    if name in AGREED:
        return move.told[name]
    told = move.initial.get(name)
    return told or None if name == "owner" else told


def _done(done: undo.Done | None) -> None:
    if done is not None:
        undo.remember(done)
        if name := str(st.session_state.get(sheet.USER) or ""):  # not before: a refused save names nobody
            local_name.keep(settings.load(), name)
    moving.close()
    st.rerun()


def behind(move: Move, problem: StaleEdit) -> None:
    """Read what somebody else has saved meanwhile; nothing of one's own is lost."""
    try:
        _, theirs, _ = moving.read(move.row.id)
    except SynergiaError as gone:
        move.problem = gone
        return
    move.problem, move.theirs = problem, theirs
