"""What is known of a person: found, handed over as a file, or erased after a question that says what goes."""

import json
from functools import partial

import streamlit as st

from config.errors import SynergiaError
from dashboard import audited, frame, source
from dashboard.forms import undo
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.wording import rich
from data.queries import person as people
from data.queries.person import Person
from data.store import audit, erasure

ASKED, SURE, SAID = "person_asked", "person_sure", "person_said"


def draw() -> None:
    """Draw the part."""
    frame.sentence(say("audit.people_sentence"))
    said = st.session_state.pop(SAID, "")
    if said:
        st.success(literal(said), icon=":material/check:")
    _form()
    person = st.session_state.get(ASKED)
    if not isinstance(person, Person):
        return
    try:
        known = people.known(source.engine(), person)
    except SynergiaError as error:
        st.error(literal(undo.refusal(error)), icon=":material/error:")
        return
    if not known:
        frame.empty(say("audit.known_nothing"))
        return
    rows = sum(map(len, known.values()))
    frame.sentence(rich("audit.known", frame.language(), rows=rows))
    st.dataframe(
        {say("audit.table"): list(known), say("audit.rows"): [len(found) for found in known.values()]},
        hide_index=True,
        width="content",
        key="person_tables",
    )
    with st.container(horizontal=True):
        _download(known, rows)
        _erase(person, rows)


def _form() -> None:
    with st.form("person", border=False):
        columns = st.columns(4)
        name = columns[0].text_input(say("audit.name"), key="person_name", max_chars=200)
        email = columns[1].text_input(say("audit.email"), key="person_email", max_chars=200)
        phone = columns[2].text_input(say("audit.phone"), key="person_phone", max_chars=50)
        word = columns[3].text_input(say("audit.word"), key="person_word", max_chars=100, help=say("audit.word_help"))
        if st.form_submit_button(say("audit.search"), type="primary"):
            st.session_state[ASKED] = Person((name,), (email,), (phone,), (word,))
            st.session_state[SURE] = False


def _download(known: dict[str, list[dict[str, object]]], rows: int) -> None:
    made = partial(_json, known)
    st.download_button(
        say("audit.json"),
        audited.file(say("audit.part_people"), rows, made, audit.Kind.PERSON_EXPORTED),
        file_name="synergiakartta-henkilo.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="person_json",
    )


def _json(known: dict[str, list[dict[str, object]]]) -> bytes:
    return json.dumps(known, ensure_ascii=False, indent=1).encode()


def _erase(person: Person, rows: int) -> None:
    if not st.session_state.get(SURE):
        st.button(say("audit.erase"), icon=":material/person_remove:", key="person_erase", on_click=_ask, args=(True,))
        return
    with st.container(border=True):
        st.markdown(say("audit.erase_question", rows=rows))
        with st.container(horizontal=True):
            st.button(say("audit.erase_now"), type="primary", key="person_erase_now", on_click=_now, args=(person,))
            st.button(say("audit.cancel"), type="tertiary", key="person_keep", on_click=_ask, args=(False,))


def _ask(sure: bool) -> None:  # noqa: FBT001 - a callback's argument
    st.session_state[SURE] = sure


def _now(person: Person) -> None:
    try:
        counts = erasure.erase(source.engine(), frame.user(), person, say("person.erased"))
    except SynergiaError as error:
        st.session_state[SAID] = undo.refusal(error)
        return
    for key in (ASKED, SURE):
        st.session_state.pop(key, None)
    source.refresh()
    st.session_state[SAID] = say("audit.erased", rows=sum(counts.values()))
