"""The year and the region that a report is about; both live in the link."""

from datetime import datetime

import streamlit as st

from dashboard import filters, frame, source
from dashboard.frame import say
from dashboard.views.history import FINLAND
from dashboard.views.report_figures import Chosen
from data import viewer
from data.viewer import Role
from geo import regions

YEARS_AHEAD = 3  # targets are set before their year begins


def choose(*, ahead: bool = False) -> Chosen:
    """Draw the filters; with `ahead` also the years to come."""
    with st.container(horizontal=True, key="filters"):
        year = _year(ahead=ahead)
        region = _region()
        filters.clear_button({"year": this_year(), "region": _home()})
    return Chosen(year, region)


def region() -> str:
    """Draw the filter of the region alone."""
    with st.container(horizontal=True, key="filters"):
        chosen = _region()
        filters.clear_button({"region": _home()})
    return chosen


def this_year() -> int:
    """Tell the year it is in Finland."""
    return datetime.now(FINLAND).year


def _year(*, ahead: bool) -> int:
    now = this_year()
    first = source.first_year(source.stamp()) or now
    years = list(range(now + YEARS_AHEAD * ahead, min(first, now) - 1, -1))
    filters.seed("year", years, now)
    chosen = st.session_state["year"]
    with st.popover(filters.popover_label(str(chosen), changed=chosen != now), icon=":material/calendar_today:"):
        picked = st.radio(say("report.year"), years, key="year")
    filters.keep("year", now)
    return int(picked or now)


def _home() -> str:
    """Give the region that a coordinator begins with: the own one."""
    seen = viewer.current()
    if seen is not None and seen.role is Role.REGIONAL and seen.regions:
        return seen.regions[0]
    return ""


def _region() -> str:
    names = {code: place.name(frame.language()) for code, place in regions.load().regions.items()}
    options = ["", *sorted(names, key=names.__getitem__)]
    names[""] = say("report.whole_country")
    home = _home()
    filters.seed("region", options, home)
    chosen = st.session_state["region"]
    with st.popover(filters.popover_label(names[chosen], changed=chosen != home), icon=":material/location_on:"):
        picked = st.selectbox(say("report.region"), options, format_func=names.__getitem__, key="region")
    filters.keep("region", home)
    return str(home if picked is None else picked)
