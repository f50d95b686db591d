"""What the public is shown: completed synergies, each with the act of releasing it and of taking it back."""

from html import escape
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.errors import SynergiaError
from dashboard import frame, source
from dashboard.forms import undo
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.reports import choice, reading
from dashboard.showcase.route import ADDRESS
from dashboard.views import releases as view
from data.queries import showcase as queries
from data.store import showcase as store

OPENED, SAID, PROBLEM, PAGE = "release_opened", "release_said", "release_problem", "release_page"
PAGE_ROWS = 20


def draw(title: DeltaGenerator) -> None:
    """Draw the part."""
    with title:
        frame.title_row(say("title.reports"))
    region = choice.region()
    listed = view.rows(Reader()(queries.choices), language(), region)
    frame.sentence(view.sentence(listed, language()))
    _links()
    if said := st.session_state.pop(SAID, ""):
        st.success(literal(said), icon=":material/check:")
    if (problem := st.session_state.pop(PROBLEM, None)) is not None and OPENED not in st.session_state:
        st.error(literal(undo.refusal(problem)), icon=":material/error:")
    pages = max(1, -(-len(listed) // PAGE_ROWS))
    number = min(int(st.session_state.get(PAGE) or 1), pages)
    with st.container(key="release_rows", gap=None):
        for row in listed[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]:
            _row(row)
    if pages > 1:
        st.pagination(pages, key=PAGE)
    if OPENED in st.session_state:
        st.dialog(say("release.title"), width="medium", on_dismiss=_close)(_dialog)(st.session_state[OPENED], problem)


def _links() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        here = f"{ADDRESS}?lang={language()}"
        st.link_button(say("release.open"), here, icon=":material/open_in_new:")
        with st.popover(say("release.embed"), icon=":material/code:"):
            st.caption(say("release.embed_note"))
            base = urlsplit(st.context.url or "")
            address = f"{base.scheme}://{base.netloc}{here}&embed=true"
            title = say("showcase.title")
            st.code(f'<iframe src="{address}" title="{title}" width="100%" height="900"></iframe>', language="html")


def _row(row: view.Row) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"release_{row.id}"):
        state = say(f"release.{row.state}")
        hindrance = f'<span class="warning">{escape(row.hindrance)}</span>' if row.hindrance else ""
        mark = f'<span class="state {"on" if row.shown else ""}">{escape(state)}</span>'
        st.html(
            f'<p class="organiser"><b>{escape(row.title)}</b><span>{escape(row.parties)}</span>{mark}{hindrance}</p>',
            width="stretch",
        )
        if row.mine and reading.role() in reading.WRITERS:
            _act(row)


def _act(row: view.Row) -> None:
    if row.released:
        st.button(say("release.withdraw"), type="tertiary", key=f"withdraw_{row.id}", on_click=_withdraw, args=(row,))
    elif not row.hindrance:
        st.button(say("release.release"), key=f"ask_release_{row.id}", on_click=_open, args=(row,))


def _open(row: view.Row) -> None:
    st.session_state[OPENED] = row


def _close() -> None:
    st.session_state.pop(OPENED, None)


def _withdraw(row: view.Row) -> None:
    try:
        store.withdraw(source.engine(), frame.user(), row.id, row.version)
    except SynergiaError as problem:
        st.session_state[PROBLEM] = problem
        return
    source.refresh()
    st.session_state[SAID] = say("release.withdrawn", title=row.title)


def _dialog(row: view.Row, problem: SynergiaError | None) -> None:
    st.markdown(f"**{literal(row.title)}**")
    st.markdown(literal(say("release.what")))
    have = st.checkbox(literal(say("release.agrees", company=row.have_company)), key="release_have")
    want = st.checkbox(literal(say("release.agrees", company=row.want_company)), key="release_want")
    with st.container(horizontal=True):
        if st.button(say("release.release"), type="primary", key="release_now"):
            problem = _release(row, have=have, want=want)
            if problem is None:
                st.rerun()
        if st.button(say("form.cancel"), type="tertiary", key="release_cancel"):
            _close()
            st.rerun()
    if problem is not None:
        st.error(literal(undo.refusal(problem)), icon=":material/error:")


def _release(row: view.Row, *, have: bool, want: bool) -> SynergiaError | None:
    try:
        store.release(source.engine(), frame.user(), row.id, row.version, have_agrees=have, want_agrees=want)
    except SynergiaError as problem:
        return problem
    source.refresh()
    st.session_state[SAID] = say("release.released", title=row.title)
    for key in (OPENED, "release_have", "release_want"):
        st.session_state.pop(key, None)
    return None
