"""Step 2: how each heading was understood, and what the user says it means."""

from collections.abc import Sequence

import streamlit as st

from dashboard import frame, wording
from dashboard.importing import parts
from dashboard.importing.jobs import Job
from dashboard.views import importing as view
from data.importers import Heading, HeadingsProblem

MOST_ROWS = 12  # in sight; the rest by scrolling


def step(job: Job) -> None:
    """List the headings with their fields; another choice reads the file again."""
    headings = _headings(job)
    _sentence(headings)
    frame.note(frame.say("importing.columns_note" if headings else "importing.columns_fixed"))
    _sheet(job)
    meanings, twice = _editor(job, headings) if headings else ({}, "")
    if twice:
        parts.notice(frame.say("importing.twice", field=twice))
    with st.container(horizontal=True, vertical_alignment="center"):
        refused = job.status.report is None and not meanings
        st.button(
            frame.say("importing.to_check"),
            type="primary",
            key="to_check",
            disabled=bool(twice) or refused,
            on_click=_to_check,
            args=(job, meanings),
        )
        st.button(frame.say("importing.change_file"), type="tertiary", key="change_file", on_click=parts.forget)


def _headings(job: Job) -> Sequence[Heading]:
    status = job.status
    found: Sequence[Heading] = status.report.headings if status.report else ()
    if isinstance(status.refusal, HeadingsProblem):
        found = status.refusal.headings
    # What needs a decision stands first.
    return sorted(found, key=lambda heading: bool(heading.field))


def _sentence(headings: Sequence[Heading]) -> None:
    language = frame.language()
    ignored = sum(not heading.field for heading in headings)
    known = wording.number(len(headings) - ignored, language)
    if ignored:
        left_out = wording.number(ignored, language)
        frame.sentence(wording.rich("importing.columns_some", language, known=known, ignored=left_out))
    elif headings:
        frame.sentence(wording.rich("importing.columns_all", language, known=known))


def _editor(job: Job, headings: Sequence[Heading]) -> tuple[dict[str, str], str]:
    language = frame.language()
    table = view.heading_table(headings, language)
    edited = st.data_editor(
        table,
        # Streamlit tells edits by place: another reading of the file must begin with none.
        key=f"columns_{job.staged.id}_{job.checks}_{language}",
        hide_index=True,
        row_height=parts.ROW_PX,
        height=parts.table_height(len(table), MOST_ROWS),
        disabled=["heading", "example"],
        column_config={
            "heading": st.column_config.TextColumn(frame.say("importing.heading"), width=200),
            "field": st.column_config.SelectboxColumn(
                frame.say("importing.field"),
                options=list(view.field_labels(language).values()),
                required=True,
                width=220,
            ),
            "example": st.column_config.TextColumn(frame.say("importing.example")),
        },
        alt=frame.say("importing.step_columns"),
    )
    labels = edited["field"].to_list()
    return view.meanings(headings, labels, language), view.chosen_twice(labels, language)


def _sheet(job: Job) -> None:
    report = job.status.report
    if report is None or len(report.sheets) < 2:  # noqa: PLR2004 - a choice needs two
        return
    key = f"sheet_{job.staged.id}"
    st.session_state.setdefault(key, report.sheet)
    chosen = st.selectbox(frame.say("importing.sheet"), report.sheets, key=key)
    if chosen and chosen != report.sheet:
        job.choose(sheet=str(chosen), meanings={})
        job.check()
        job.wait(parts.PATIENCE_S)
        st.rerun()


def _to_check(job: Job, meanings: dict[str, str]) -> None:
    if meanings:
        job.choose(meanings={**job.staged.options.meanings, **meanings})
        job.check()
        job.wait(parts.PATIENCE_S)
    st.query_params[parts.STEP] = "check"
