"""The people of a company: listed, added, changed, and erased after a question that says what goes."""

from functools import partial
from html import escape

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source
from dashboard.activation import acting
from dashboard.activation.acting import say
from dashboard.forms import undo
from dashboard.views.records import Record, records
from data.queries import activation as queries
from data.store import contacts as write
from data.store.contacts import Contact, Version

EDITED, ASKED = "activating_contact", "activating_erase"
FIELDS = {"name": 200, "role": 100, "email": 200, "phone": 50}


def draw(organisation_id: int) -> list[Record]:
    """Draw the contacts and give them, for the form of a talk."""
    found = records(queries.contacts(source.engine(), organisation_id))
    st.subheader(say("contacts"), anchor=False)
    if not found:
        frame.note(say("no_contacts"))
    for one in found:
        if st.session_state.get(EDITED) == int(one["id"]):
            _form(organisation_id, one)
        else:
            _row(one)
    if st.session_state.get(EDITED) == -organisation_id:
        _form(organisation_id, None)
    else:
        st.button(
            say("add_contact"),
            icon=":material/person_add:",
            key="add_contact",
            on_click=_open,
            args=(-organisation_id,),
        )
    return found


def _row(one: Record) -> None:
    told = " · ".join(str(one[name]) for name in ("role", "email", "phone") if one[name])
    with st.container(horizontal=True, vertical_alignment="center", key=f"person_{one['id']}"):
        st.html(f'<b>{escape(str(one["name"]))}</b><p class="small">{escape(told)}</p>', width="stretch")
        st.button(say("change"), type="tertiary", key=f"contact_{one['id']}", on_click=_open, args=(int(one["id"]),))
        if st.session_state.get(ASKED) != int(one["id"]):
            st.button(say("erase"), type="tertiary", key=f"erase_{one['id']}", on_click=_ask, args=(int(one["id"]),))
    if st.session_state.get(ASKED) == int(one["id"]):
        _question(one)


def _question(one: Record) -> None:
    with st.container(border=True, key="erase_question"):
        try:
            counts = write.traces(source.engine(), int(one["id"]))
        except SynergiaError as error:
            st.html(f'<p class="fault" role="alert">{escape(undo.refusal(error))}</p>')
            return
        listed = ", ".join(f"{_table(table)} {rows}" for table, rows in counts.items())
        words = [say("erase_question", name=one["name"]), say("erase_rows", rows=listed)]
        if counts["contact"] > 1:
            words.append(say("erase_namesakes", others=counts["contact"] - 1))
        st.html("".join(f"<p>{escape(one)}</p>" for one in words))
        with st.container(horizontal=True):
            act = partial(
                write.erase,
                source.engine(),
                acting.user(),
                Version(int(one["id"]), int(one["version"])),
                frame.say("person.erased"),
            )
            st.button(say("erase_now"), type="primary", key="erase_now", on_click=_erased, args=(act,))
            st.button(frame.say("form.cancel"), type="tertiary", key="erase_not", on_click=_ask, args=(0,))


def _table(name: str) -> str:
    known = ("contact", "contact_log", "expert", "change", "organisation", "audit")
    return say(f"table_{name if name in known else 'other'}")


def _erased(act: partial[object]) -> None:
    if acting.done(act, say("erased")):
        acting.forget(ASKED)


def _open(which: int) -> None:
    for name in FIELDS:
        acting.forget(f"contact_{name}")
    st.session_state[EDITED] = which


def _ask(which: int) -> None:
    st.session_state[ASKED] = which


def _form(organisation_id: int, one: Record | None) -> None:
    acting.fill(**{f"contact_{name}": str(one[name]) if one else "" for name in FIELDS})
    with st.form("contact", border=True):
        for column, (name, most) in zip([*st.columns(2), *st.columns(2)], FIELDS.items(), strict=True):
            key = f"contact_{name}"
            column.text_input(say(f"contact_{name}"), key=key, max_chars=most)
        frame.note(say("contact_note"))
        with st.container(horizontal=True):
            st.form_submit_button(
                frame.say("form.save"), type="primary", on_click=_save, args=(organisation_id, one), key="save_contact"
            )
            st.form_submit_button(
                frame.say("form.cancel"), type="tertiary", on_click=_open, args=(0,), key="no_contact"
            )


def _save(organisation_id: int, one: Record | None) -> None:
    told = Contact(**{name: acting.text(f"contact_{name}") for name in FIELDS})
    engine, user = source.engine(), acting.user()
    if one is None:
        act = partial(write.add, engine, user, organisation_id, told)
        saved = acting.done(act, say("contact_saved", name=told.name))
    else:
        row = Version(int(one["id"]), int(one["version"]))
        saved = acting.done(partial(write.change, engine, user, row, told), say("contact_saved", name=told.name))
    if saved:
        _open(0)
