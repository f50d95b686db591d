"""The year and the region that a report is about; both live in the link."""

from datetime import datetime

import streamlit as st

from dashboard import choosers, filters, source
from dashboard.views.history import FINLAND
from dashboard.views.report_figures import Chosen
from data import viewer
from data.viewer import Role

YEARS_AHEAD = 3  # targets are set before their year begins


def choose(*, ahead: bool = False) -> Chosen:
    """Draw the filters; with `ahead` also the years to come."""
    with st.container(horizontal=True, key="filters"):
        year = _year(ahead=ahead)
        region = choosers.region(_home())
        filters.clear_button({"year": this_year(), "region": _home()})
    return Chosen(year, region)


def region() -> str:
    """Draw the filter of the region alone."""
    with st.container(horizontal=True, key="filters"):
        chosen = choosers.region(_home())
        filters.clear_button({"region": _home()})
    return chosen


def this_year() -> int:
    """Tell the year it is in Finland."""
    return datetime.now(FINLAND).year


def _year(*, ahead: bool) -> int:
    now = this_year()
    first = source.first_year(source.stamp()) or now
    return choosers.year(range(now + YEARS_AHEAD * ahead, min(first, now) - 1, -1), now)


def _home() -> str:
    """Give the region that a coordinator begins with: the own one."""
    seen = viewer.current()
    if seen is not None and seen.role is Role.REGIONAL and seen.regions:
        return seen.regions[0]
    return ""
