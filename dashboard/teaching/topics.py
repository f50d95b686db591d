"""Correcting what a resource is about."""

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.teaching import taxonomy
from dashboard.views import teaching as view
from dashboard.views.records import Record, records
from data.queries import terms as queries
from data.store import terms

FOUND_MAX = 50
SAID = "topics_said"


def draw(read: Reader) -> None:
    """Draw the part."""
    language, known = frame.language(), taxonomy.current(read.stamp)
    named = view.names(known, language)
    frame.sentence(say("teaching.topics_sentence"))
    said = st.session_state.pop(SAID, "")
    if said:
        st.success(literal(said), icon=":material/check:")
    left, right = st.columns(2, gap="large")
    words = left.text_input(say("teaching.search"), key="topics_search", placeholder=say("teaching.search_hint"))
    found = read(queries.tagged, words, FOUND_MAX)
    if found.empty:
        frame.empty(say("teaching.found_nothing"))
        return
    rows = {int(row["id"]): row for row in records(found)}
    one = right.selectbox(
        say("teaching.resource"),
        list(rows),
        format_func=lambda key: f"{say('overview.direction_' + rows[key]['direction'])}: {rows[key]['title']}",
        index=None,
        placeholder=say("teaching.choose"),
        key="topics_resource",
    )
    if one is not None:
        text = f"{rows[one]['title']}. {rows[one]['description']}"
        _correct(rows[one], view.read(known, text, rows[one]["language"]), named)


def _correct(row: Record, read: list[str], named: dict[str, str]) -> None:
    language, resource_id = frame.language(), int(row["id"])
    if row["description"]:
        frame.note(row["description"][:600])
    st.html(f"<p>{say('teaching.read_from_text')}</p>{view.tags(read, named, language)}")
    own = [one for one in row["concepts"] if one in named]
    chosen = st.multiselect(
        say("teaching.topics"),
        list(named),
        default=own or [one for one in read if one in named],
        format_func=named.__getitem__,
        key=f"topics_{resource_id}_{row['version']}",
        placeholder=say("teaching.choose"),
        select_all=False,
        help=say("teaching.topics_help"),
    )
    with st.container(horizontal=True):
        if st.button(say("teaching.save"), type="primary", disabled=not chosen):
            _save(resource_id, int(row["version"]), chosen, say("teaching.saved"))
        if own and st.button(say("teaching.as_text"), type="tertiary", icon=":material/undo:"):
            _save(resource_id, int(row["version"]), [], say("teaching.as_text_again"))


def _save(resource_id: int, version: int, chosen: list[str], said: str) -> None:
    try:
        terms.correct(source.engine(), frame.user(), resource_id, version, chosen)
    except SynergiaError as error:
        st.error(say(error.key, **error.values), icon=":material/error:")
        return
    st.session_state[SAID] = said
    source.refresh()
    st.rerun()
