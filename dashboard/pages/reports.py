"""Reports: what has come of the year, what was meant to, who runs it where, and what the public is shown."""

import streamlit as st

from dashboard import filters, frame
from dashboard.frame import say
from dashboard.reports import looks, organisers, reading, release, targets, yearly
from dashboard.showcase.route import ADDRESS
from data.viewer import Role

PARTS = {"yearly": yearly.draw, "targets": targets.draw, "organisers": organisers.draw, "showcase": release.draw}
READERS = frozenset({Role.NATIONAL, Role.REGIONAL, Role.PLANNER})


def page() -> None:
    """Draw the part that is chosen."""
    st.html(looks.sheet(frame.colours()))
    title = st.container()
    if reading.role() not in READERS:
        with title:
            frame.title_row(say("title.reports"))
        st.info(say("report.only_some"), icon=":material/lock:")
        st.link_button(say("release.open"), f"{ADDRESS}?lang={frame.language()}", icon=":material/open_in_new:")
        return
    part = filters.switch(
        "part", list(PARTS), lambda one: say(f"report.part_{one}"), name=say("report.part"), default=next(iter(PARTS))
    )
    PARTS[part](title)
