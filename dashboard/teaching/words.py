"""Teaching the matcher a word, and trying what it reads from a text."""

from functools import partial

import streamlit as st

from config.errors import SynergiaError
from config.texts import LANGUAGES, Language
from dashboard import frame, source
from dashboard.frame import labels, say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.teaching import taxonomy
from dashboard.views import teaching as view
from data.queries import terms as queries
from data.store import terms

SAID = "teaching_said"
SHOWN_MAX = 100


def draw(read: Reader) -> None:
    """Draw the part."""
    language, known = frame.language(), taxonomy.current(read.stamp)
    taught, named = read(queries.taught), view.names(known, language)
    frame.sentence(view.sentence(known, len(taught), language))
    _said()
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(say("teaching.teach"), anchor=False)
        _form(named)
        st.subheader(say("teaching.try"), anchor=False)
        text = st.text_area(say("teaching.try_hint"), key="try_text", max_chars=5_000, height=90)
        if text.strip():
            st.html(view.tags(view.read(known, text, language), named, language))
    with right:
        st.subheader(say("teaching.taught"), anchor=False)
        if taught.empty:
            frame.note(say("teaching.none_taught"))
        for _, row in taught.head(SHOWN_MAX).iterrows():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(view.term(row, named, language), width="stretch")
                take_back = partial(_forget, int(row["id"]), str(row["word"]))
                st.button(say("teaching.forget"), key=f"forget_{row['id']}", type="tertiary", on_click=take_back)


def _form(named: dict[str, str]) -> None:
    with st.form("teach", border=False, clear_on_submit=False):
        st.text_input(say("teaching.word"), key="teach_word", max_chars=100, help=say("teaching.word_help"))
        language = st.segmented_control(
            say("teaching.language"),
            LANGUAGES,
            format_func=labels("language.", LANGUAGES),
            default=frame.language(),
            required=True,
            key="teach_language",
        )
        concept = st.selectbox(
            say("teaching.means"),
            list(named),
            format_func=named.__getitem__,
            index=None,
            placeholder=say("teaching.choose"),
        )
        if st.form_submit_button(say("teaching.add"), type="primary"):
            _teach(concept, language, st.session_state["teach_word"].strip())


def _teach(concept: str | None, language: Language, word: str) -> None:
    if not word or concept is None:
        st.error(say("teaching.missing"), icon=":material/error:")
        return
    try:
        one = terms.add(source.engine(), frame.user(), concept, language, word)
    except SynergiaError as error:
        st.error(say(error.key, **error.values), icon=":material/error:")
        return
    st.session_state[SAID] = (say("teaching.added", word=word), one, "forget")
    source.refresh()
    st.rerun()


def _forget(term_id: int, word: str) -> None:
    try:
        terms.forget(source.engine(), frame.user(), term_id)
    except SynergiaError as error:
        st.session_state[SAID] = (say(error.key, **error.values), 0, "")
        return
    st.session_state[SAID] = (say("teaching.forgotten", word=word), term_id, "restore")
    source.refresh()


def _said() -> None:
    """Say what was done last, with the button that takes it back."""
    words, term_id, undo = st.session_state.get(SAID) or ("", 0, "")
    if not words:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(literal(words), width="content")
        if undo:
            st.button(
                say("form.undo"),
                type="tertiary",
                icon=":material/undo:",
                on_click=_undo,
                args=(term_id, undo),
                key="undo",
            )


def _undo(term_id: int, how: str) -> None:
    st.session_state.pop(SAID, None)
    try:
        (terms.restore if how == "restore" else terms.forget)(source.engine(), frame.user(), term_id)
    except SynergiaError as error:
        st.session_state[SAID] = (say(error.key, **error.values), 0, "")
    source.refresh()
