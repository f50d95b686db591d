"""The yearly report on the page: sentence, figures against targets, and its tables."""

import streamlit as st

from dashboard import frame, source
from dashboard.frame import language, say
from dashboard.reports import choice, downloads, reading
from dashboard.views import report_html
from dashboard.views.report import View
from dashboard.views.report_figures import Chosen

# What stands beside the figures, and what takes the page's width, in the order in which they are read.
BESIDE = ("rollups", "stages")
BELOW = ("completed", "active", "channels", "yearly", "once", "regions", "activation", "occasions")


def draw(title: st.delta_generator.DeltaGenerator) -> None:
    """Draw the report of the chosen year and region."""
    if source.first_year(source.stamp()) is None:
        with title:
            frame.title_row(say("title.reports"))
        frame.empty(say("report.nothing"), say("report.nothing_text"))
        return
    chosen = choice.choose()
    view = reading.view(chosen, language())
    with title:
        frame.title_row(say("title.reports"), demo=view.demo, downloads=lambda: downloads.menu(view, chosen))
    frame.sentence(view.sentence)
    with st.container(key="report_words", gap="large"):
        left, right = st.columns((53, 47), gap="large")
        with left:
            _figures(view)
        with right:
            for key in BESIDE:
                _table(view, key, chosen)
        for key in BELOW:
            _table(view, key, chosen)
    with st.expander(say("report.sheet_notes")):
        for words in view.book.notes:
            frame.note(words)


def _figures(view: View) -> None:
    sheet = view.sheet("summary")
    if sheet is not None:
        st.html(report_html.progress(sheet, language(), frame.colours().amount[4]))


def _table(view: View, key: str, chosen: Chosen) -> None:
    sheet = view.sheet(key)
    if sheet is None:
        return
    with st.container(gap="small"):
        st.html(f"<h2>{sheet.name}</h2>")
        if sheet.rows:
            st.html(report_html.table(sheet, language()))
        else:
            frame.note(say(f"report.none_{key}", year=chosen.year))
        if sheet.note:
            frame.note(sheet.note)
