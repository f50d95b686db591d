"""What the indicators are read from, once a state of the data and a choice."""

import streamlit as st

from dashboard import source, source_planning
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_indicators as views
from dashboard.views.ecosystem_indicators import Frames, Indicators

YEARS_MOST = 8


def view(stamp: str, choice: Choice) -> Indicators:
    """Give the indicators of the years up to the chosen one."""
    first = max(source.first_year(stamp) or choice.year, choice.year - YEARS_MOST + 1)
    return _view(stamp, choice, min(first, choice.year))


@st.cache_resource(max_entries=32, show_spinner=False)
def _view(stamp: str, choice: Choice, first: int) -> Indicators:
    years = range(first, choice.year + 1)
    frames = Frames(
        source_planning.companies_by_year(stamp, tuple(years)),
        {year: source_planning.balance_atoms(stamp, year, choice.types) for year in years},
        {year: source_planning.flow_atoms(stamp, year) for year in years},
    )
    return views.build(frames, choice)
