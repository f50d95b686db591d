"""Step 4: what the import did, and where to go from here."""

from collections.abc import Mapping
from html import escape
from typing import Literal

import streamlit as st

from dashboard import frame, source, wording
from dashboard.importing import downloads, parts
from dashboard.importing.jobs import Job
from dashboard.views import importing as view

NOUNS = {"organisations": "organisation", "sites": "site", "resources": "resource"}
_SEEN = "import_seen"


def step(job: Job) -> None:
    """Tell the result; the first time, make the other pages forget what they knew."""
    result, report = job.status.result, job.status.report
    if result is None or report is None:
        return
    if st.session_state.get(_SEEN) != job.staged.id:
        st.session_state[_SEEN] = job.staged.id
        source.refresh()
    language = frame.language()
    outlook = view.outlook(result)
    rows = wording.counted(outlook.valid, "row", language)
    with st.container(gap="xxsmall"):
        if outlook.rejected:
            left_out = wording.counted(outlook.rejected, "row", language)
            frame.sentence(wording.rich("importing.done_some", language, rows=rows, rejected=left_out))
        else:
            frame.sentence(wording.rich("importing.done", language, rows=rows))
        frame.note(job.staged.name)
    parts.bar(outlook, frame.colours())
    st.html(f"<p>{escape(_made(result.made))}</p>")
    with st.container(horizontal=True, vertical_alignment="center"):
        _link("companies", "to_companies", "primary")
        _link("sources", "to_sources", "secondary")
        if report.problems:
            downloads.problems(report)
        st.button(frame.say("importing.another"), type="tertiary", key="another", on_click=parts.forget)
    frame.note(frame.say("importing.done_note"))


def _made(made: Mapping[str, int]) -> str:
    counts = [wording.counted(made[name], noun, frame.language()) for name, noun in NOUNS.items() if made.get(name)]
    return frame.say("importing.made", made=", ".join(counts)) if counts else frame.say("importing.nothing_made")


def _link(name: str, key: str, kind: Literal["primary", "secondary"]) -> None:
    if frame.has_page(name) and st.button(frame.say(f"importing.{key}"), type=kind, key=key):
        frame.open_page(name)
