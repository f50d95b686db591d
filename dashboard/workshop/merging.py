"""A workshop that was held on another computer comes home: what its file holds, and the merge beside the pages."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from typing import Any
from uuid import UUID

import streamlit as st

from config.errors import SynergiaError
from dashboard import filters, frame, source, wording
from dashboard.frame import say
from dashboard.live import carry, packing
from dashboard.workshop import doing, looks
from data import viewer
from data.queries import events as queries
from data.viewer import Viewer

JOB, LOOK_EVERY_S = "workshop_merge", 1.0
FILE_MAX_MB = packing.FILE_MAX_BYTES // 1_000_000
_desk = ThreadPoolExecutor(
    1, thread_name_prefix="workshop-merge"
)  # two merges at once would wait for each other anyway


def draw() -> None:
    """Draw the button that opens the form, and what has become of a merge."""
    if st.button(say("workshop_page.carry_in"), icon=":material/upload:", key="carry_in"):
        st.session_state.pop(JOB, None)
        _form()


@st.dialog(" ", width="medium")
def _form() -> None:
    st.subheader(say("workshop_page.carry_title"), anchor=False)
    if JOB in st.session_state:
        _progress()
        return
    st.html(looks.uploader(say("importing.choose_file"), say("importing.drop_file", megabytes=FILE_MAX_MB)))
    file = st.file_uploader(
        say("workshop_page.carry_file"), type=["json"], key="carry_file", max_upload_size=FILE_MAX_MB
    )
    if file is None:
        frame.note(say("workshop_page.carry_help"))
        return
    try:
        told = packing.parsed(file.getvalue(), file.name[:120])
        new = _preview(told)
    except SynergiaError as error:
        st.error(doing.refused(error))
        return
    count = wording.counted(new, "entry", frame.language())
    st.button(say("workshop_page.carry_do", count=count), type="primary", key="carry_do", on_click=_begin, args=(told,))


def _preview(told: Mapping[str, Any]) -> int:
    """Say what the file holds and what of it is new; give how many cards are."""
    engine, language = source.engine(), frame.language()
    known = queries.cards_known(engine, [UUID(card["id"]) for card in told["cards"]])
    new = len(told["cards"]) - len(known)
    held = packing.held_on(told)
    event = told["event"]
    parts = [str(event["name"]), str(event["place"] or ""), wording.day(held.date(), language) if held else ""]
    st.html(f'<p class="sentence"><b>{escape(" · ".join(part for part in parts if part))}</b></p>')
    values = {
        "cards": wording.counted(len(told["cards"]), "entry", language),
        "new": wording.number(new, language),
        "matches": wording.counted(len(told["matches"]), "suggestion", language),
        "interests": wording.number(len(told["interests"]), language),
    }
    st.html(f"<p>{wording.rich('workshop_page.carry_told', language, **values)}</p>")
    if carry.known(engine, told) is not None:
        frame.note(say("workshop_page.carry_known"))
    return new


def _begin(told: Mapping[str, Any]) -> None:
    who = viewer.current()
    if who is not None:
        st.session_state[JOB] = _desk.submit(_merged, source.engine(), who, told)


def _merged(engine: Any, who: Viewer, told: Mapping[str, Any]) -> dict[str, int]:  # noqa: ANN401 - an engine
    with viewer.viewing(who):
        return carry.merge_as(engine, who, told)


@st.fragment(run_every=LOOK_EVERY_S)
def _progress() -> None:
    job: Future[dict[str, int]] = st.session_state[JOB]
    if not job.done():
        st.html(f'<p role="status">{escape(say("workshop_page.carry_working"))}</p>')
        return
    try:
        counts = job.result()
    except SynergiaError as error:
        st.error(doing.refused(error))
        return
    shown = {name: wording.number(counts[name], frame.language()) for name in ("cards", "new", "interests")}
    frame.sentence(wording.rich("workshop_page.carry_done", frame.language(), **shown))
    if st.button(say("workshop_page.open"), type="primary", key="carry_open"):
        filters.choose("event", str(counts["event"]))
        st.session_state.pop(JOB, None)
        st.rerun()
