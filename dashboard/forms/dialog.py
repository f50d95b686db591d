"""Open, check, save and delete: the dialog around every form."""

from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from config import settings
from config.errors import StaleEdit, SynergiaError
from dashboard import filters, frame, local_name, source
from dashboard.forms import question, stale, undo
from dashboard.forms import sheet as sheets
from dashboard.forms.fields import Fields
from dashboard.forms.kinds import KINDS, Entry, changes
from dashboard.forms.sheet import Raw, Sheet
from dashboard.forms.undo import Done
from dashboard.literal import literal
from dashboard.views.history import FINLAND
from data.store import edit

TITLES = {
    ("organisation", True): "companies.add",
    ("site", True): "company.add_site",
    ("resource", True): "company.add_resource",
    ("organisation", False): "company.edit_company",
    ("site", False): "company.edit_site",
    ("resource", False): "company.edit_resource",
}


def open_form(kind: edit.Kind, initial: Raw, row: edit.Row | None = None, parent: int = 0) -> None:
    """Open the form of a row, or of a new one below `parent`; for the callback of a button."""
    sheets.lay(Sheet(kind, initial, row, parent))


def show() -> None:
    """Draw the form that is open, if one is; the last thing that a page draws."""
    sheet = sheets.current()
    if sheet is not None:
        title = frame.say(TITLES[sheet.kind, sheet.row is None])
        st.dialog(title, width="medium", on_dismiss=sheets.close)(_draw)(sheet)


def _draw(sheet: Sheet) -> None:
    raw = sheet.raw()
    checked = KINDS[sheet.kind].check(raw)
    KINDS[sheet.kind].draw(Fields(sheet, raw, checked.faults), sheet)
    _ask_user()
    answer = st.container()  # where the eye is after pressing a button, and not at the far end of the form
    if _buttons(sheet):
        _save(sheet, checked.value)
    with answer:
        _say(sheet)


def _ask_user() -> None:
    if not frame.user():
        st.text_input(
            frame.say("form_help.user"),
            value=str(st.session_state.get(sheets.USER, "")),
            max_chars=100,
            key="sheet_asked_user",
            on_change=_keep_user,
        )


def _keep_user() -> None:
    name = local_name.clean(str(st.session_state["sheet_asked_user"]))
    st.session_state[sheets.USER] = name
    local_name.keep(settings.load(), name)


def _buttons(sheet: Sheet) -> bool:
    with st.container(horizontal=True, key="sheet_buttons"):
        # Not primary while the way out of a stale edit is.
        kind: Literal["primary", "secondary"] = "secondary" if sheet.theirs is not None else "primary"
        pressed = st.button(frame.say("form.save"), type=kind, key="save_sheet", on_click=_try, args=(sheet,))
        if st.button(frame.say("form.cancel"), type="tertiary", key="cancel_sheet"):
            sheets.close()
            st.rerun()
        if sheet.row is not None:
            _delete_button(sheet)
    return pressed


def _try(sheet: Sheet) -> None:
    sheet.tried, sheet.said = True, ""


def _delete_button(sheet: Sheet) -> None:
    st.space("stretch")
    if not sheet.asked:
        st.button(
            frame.say("form.delete"),
            type="tertiary",
            icon=":material/delete:",
            key="ask_delete",
            on_click=_ask,
            args=(sheet,),
        )
        return
    if question.asked(sheet) and st.button(frame.say("form.delete"), key="delete_sheet"):
        _delete(sheet)


def _ask(sheet: Sheet) -> None:
    sheet.asked = True


def _say(sheet: Sheet) -> None:
    if sheet.theirs is not None:
        stale.show(sheet)
    elif sheet.problem is not None:
        st.error(literal(undo.refusal(sheet.problem)), icon=":material/error:")
    if sheet.said:
        st.html(f'<p class="remark" role="status">{escape(sheet.said)}</p>')


def _save(sheet: Sheet, entry: Entry | None) -> None:
    sheet.problem, sheet.theirs = None, None
    if entry is None:
        sheet.said = frame.say("form.mend")
        return
    try:
        done = _write(sheet, entry)
    except StaleEdit as problem:
        _behind(sheet, problem)
        return
    except SynergiaError as problem:
        sheet.problem = problem
        return
    if done is not None:
        undo.remember(done)
        filters.choose(done.row.kind, str(done.row.id))
    sheets.close()
    st.rerun()


def _write(sheet: Sheet, entry: Entry) -> Done | None:
    user, now = sheets.user(), datetime.now(FINLAND)
    name = str(sheet.raw().get("title" if sheet.kind == "resource" else "name"))
    if sheet.row is None:
        return Done("added", KINDS[sheet.kind].add(sheet, entry, user), name, now)
    told = changes(KINDS[sheet.kind], sheet, entry)
    if not told:
        return None
    saved = edit.change(source.engine(), user, sheet.row, told)
    return Done("changed", saved.row, name, now, saved.before)


def _behind(sheet: Sheet, problem: StaleEdit) -> None:
    try:
        _, theirs = KINDS[sheet.kind].newest(sheet)
    except SynergiaError as gone:
        sheet.problem = gone
        return
    sheet.problem, sheet.theirs = problem, theirs


def _delete(sheet: Sheet) -> None:
    if sheet.row is None:
        return
    try:
        edit.delete(source.engine(), sheets.user(), sheet.row)
    except StaleEdit as problem:
        sheet.asked = False
        _behind(sheet, problem)
        return
    except SynergiaError as problem:
        sheet.asked, sheet.problem = False, problem
        return
    name = str(sheet.initial.get("title" if sheet.kind == "resource" else "name"))
    undo.remember(Done("deleted", sheet.row, name, datetime.now(FINLAND)))
    filters.choose(sheet.row.kind, None)
    sheets.close()
    st.rerun()
