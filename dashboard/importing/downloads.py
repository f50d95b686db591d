"""What a user takes along: the template to fill in, and the rows to mend."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import streamlit as st

from config.texts import LANGUAGES, text
from dashboard import frame
from data import exporters
from data.importers import Report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def problems(report: Report) -> None:
    """Offer the rejected rows to be mended and given back, or the remarks alone; made when it is asked for."""
    rows, language = bool(report.left_out), frame.language()
    remarks = partial(exporters.problems_xlsx, report.problems, language)
    st.download_button(
        frame.say("importing.download_rejected" if rows else "importing.download_remarks"),
        _late(partial(exporters.rejected_xlsx, report, language) if rows else remarks),
        file_name=frame.say("importing.download_name" if rows else "importing.download_remarks_name"),
        mime=XLSX,
        icon=":material/download:",
        key="download_rejected",
        on_click="ignore",
    )


def templates() -> None:
    """Offer the empty table in every language: a Swedish company fills it in Swedish, whatever the screen speaks."""
    with st.container(horizontal=True):
        for language in LANGUAGES:
            st.download_button(
                frame.say(f"language.{language}"),
                _late(partial(exporters.template, language)),
                file_name=text("importing.template_name", language),
                mime=XLSX,
                icon=":material/download:",
                key=f"template_{language}",
                on_click="ignore",
            )


def _late(make: Callable[[], bytes]) -> Callable[[], BytesIO]:
    return lambda: BytesIO(make())
