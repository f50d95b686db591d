"""Import: what will happen if this file is imported."""

import streamlit as st

from dashboard import frame, wording
from dashboard.importing import check, columns, done, parts, upload
from dashboard.importing.jobs import Job
from data.importers import HeadingsProblem

LOOK_EVERY_S = 0.5


def page() -> None:
    """Draw the step at which the file of the link stands."""
    parts.style(frame.colours())
    identity = st.query_params.get(parts.ID, "")
    job = parts.jobs().open(identity) if identity else None
    if job is not None and job.is_new:
        job.check()  # the server was started anew, or made room: the file on the disk tells it all again
        job.wait(parts.PATIENCE_S)
    now = _step(job)
    halves = frame.two_columns(frame.COLUMNS_IMPORT)
    with halves.words:
        frame.title_row(frame.say("title.importing"))
        parts.steps(now)
        if identity and job is None:
            parts.notice(frame.say("importing.gone"))
        _draw(job, now)
    with halves.map:
        parts.file_map(job)


def _step(job: Job | None) -> str:
    if job is None:
        return "file"
    if isinstance(job.status.refusal, HeadingsProblem):
        return "columns"
    if job.status.report is None:
        return "file"
    if job.status.result is not None:
        return "done"
    asked = st.query_params.get(parts.STEP) or ("columns" if job.status.report.ignored else "check")
    return asked if asked == "columns" else "check"


def _draw(job: Job | None, now: str) -> None:
    if job is None:
        upload.step()
        return
    status = job.status
    if status.busy:
        _progress(job)
        return
    if status.cancelled:
        parts.notice(frame.say("importing.cancelled"))
    if status.reference:
        parts.notice(frame.say("importing.failed", reference=status.reference))
    if status.refusal is not None:
        parts.refusal(status.refusal)
    if now == "file":
        _stopped(job)
        return
    {"columns": columns.step, "check": check.step, "done": done.step}[now](job)


@st.fragment(run_every=LOOK_EVERY_S)
def _progress(job: Job) -> None:
    status = job.status
    if not status.busy:
        st.rerun()
    language = frame.language()
    words = frame.say(status.stage)
    if status.total:
        done, total = wording.number(status.done, language), wording.number(status.total, language)
        words = frame.say("importing.working", stage=words, done=done, total=total)
    st.progress(min(1.0, status.done / status.total) if status.total else 0.0, text=words)
    st.button(frame.say("importing.cancel"), key="cancel_import", on_click=job.cancel)
    frame.note(frame.say("importing.stays"))


def _stopped(job: Job) -> None:
    with st.container(horizontal=True):
        st.button(frame.say("importing.again"), key="check_again", on_click=job.check)
        st.button(frame.say("importing.change_file"), type="primary", key="change_file", on_click=parts.forget)
