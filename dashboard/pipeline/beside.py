"""The four figures beside the sentence, and the whole table of benefits behind them."""

from datetime import datetime
from html import escape

import streamlit as st

from dashboard import frame
from dashboard.frame import say
from dashboard.reading import Reader
from dashboard.views import pipeline_benefits as view
from dashboard.views.history import FINLAND
from data.queries import benefits


def draw(read: Reader, region: str) -> None:
    """Draw what has come of the completed synergies of a region, or of the country, as it stands this year."""
    year, language = datetime.now(FINLAND).year, frame.language()
    sums = read(benefits.benefit_sums, (year, year - 1))
    now, before = (benefits.standing(sums, one, region) for one in (year, year - 1))
    for place, shown in zip(st.columns(4), view.four(now, before, year, language), strict=True):
        with place:
            st.metric(shown.label, shown.value, shown.change)
            st.html(f'<p class="figures">{escape(shown.note)}</p>')


def breakdown(read: Reader, region: str) -> None:
    """Draw the popover with every sum of benefits, by basis and recurrence."""
    year = datetime.now(FINLAND).year
    sums = benefits.standing(read(benefits.benefit_sums, (year, year - 1)), year, region)
    if len(sums):
        with st.popover(say("benefit.breakdown"), icon=":material/table_rows:"):
            st.html(view.whole_table(sums, frame.language()))
            frame.note(say("benefit.breakdown_note", year=year))
