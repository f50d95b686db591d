"""Long lists: the region that one is narrowed to, and the page of it that is shown; both live in the link."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frame
from geo import regions

PAGE = "page"


def region(place: DeltaGenerator) -> str:
    """Offer the regions in a place of the page and give the code of the chosen one; empty for all."""
    language = frame.language()
    names = {code: one.name(language) for code, one in regions.load().regions.items()}
    options = ["", *sorted(names, key=lambda code: names[code])]
    filters.seed("region", options, "")
    chosen = place.selectbox(
        frame.say("companies.region"),
        options,
        format_func=lambda code: names.get(code, frame.say("companies.all_regions")),
        key="region",
        on_change=first_page,
    )
    filters.keep("region", "")
    return chosen or ""


def first_page() -> None:
    """Begin again at the first page, as when another choice makes another list."""
    st.session_state[PAGE] = 1


def page(total: int, rows: int) -> int:
    """Give the number of the page to show, from 1, of a list of `total` with so many rows a page."""
    asked = str(st.session_state.get(PAGE) or st.query_params.get(PAGE) or 1)
    number = min(max(1, int(asked) if asked.isdigit() else 1), _pages(total, rows))
    if asked != str(number):
        st.session_state[PAGE] = number
    return number


def pager(total: int, rows: int) -> None:
    """Draw the way to the other pages, where there are any."""
    if _pages(total, rows) > 1:
        st.pagination(_pages(total, rows), key=PAGE, bind="query-params")


def _pages(total: int, rows: int) -> int:
    return max(1, -(-total // rows))
