"""What a user takes along: the template to fill in, and the list of problems."""

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
    """Offer every problem of the file as a workbook, made when it is asked for."""
    language = frame.language()
    st.download_button(
        frame.say("importing.download_rejected"),
        _late(lambda: exporters.problems_xlsx(report.problems, language)),
        file_name=frame.say("importing.download_name"),
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
