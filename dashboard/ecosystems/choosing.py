"""The filters that all questions of the page share: each is a parameter of the link."""

from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import choosers, filters, source, source_planning
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language, say

YEARS_MOST = 12
SHOWN = "ecosystems_part_shown"


def choose(stamp: str, timeline: DeltaGenerator | None = None) -> Choice:
    """Draw the filters side by side where the caller stands, and give the choice that they make.

    The year is the last of them, or a slider in `timeline` where the part is about what goes on from year to year.
    """
    year_now = datetime.now(UTC).year
    return Choice(
        region=choosers.region(),
        concept=_material(),
        types=() if source_planning.only_sums() else choosers.types(say("ecosystems.material_types")),
        year=_year(stamp, year_now, timeline),
    )


def defaults() -> dict[str, filters.Value]:
    """Give what clearing the filters sets back."""
    return {"region": "", "material": "", "type": [], "year": datetime.now(UTC).year}


def hold(part: str) -> None:
    """Let the filters show what is chosen when another part is opened.

    A part may lay the page out anew; the browser then draws the filters afresh and would show their first option.
    """
    if st.session_state.get(SHOWN) != part:
        for key in defaults():
            if key in st.session_state:
                st.session_state[key] = st.session_state[key]
    st.session_state[SHOWN] = part


def _material() -> str:
    names = materials.choices(language())
    filters.seed("material", list(names), "")
    now = st.session_state["material"]
    words = materials.name(now, language()) if now else names[""]
    with st.popover(filters.popover_label(words, changed=bool(now)), icon=":material/category:"):
        picked = st.selectbox(say("ecosystems.material"), list(names), format_func=names.__getitem__, key="material")
    filters.keep("material", "")
    return picked or ""


def _year(stamp: str, year_now: int, timeline: DeltaGenerator | None) -> int:
    first = source.first_year(stamp) or year_now
    years = list(range(max(first, year_now - YEARS_MOST), year_now + 1))
    filters.seed("year", years, year_now)
    now = st.session_state["year"]
    label = filters.popover_label(str(now), changed=now != year_now)
    with timeline or st.popover(label, icon=":material/calendar_today:"):
        if len(years) > 1:
            picked = st.select_slider(say("overview.year"), years, key="year")
        else:
            picked = st.radio(say("overview.year"), years, key="year")
    filters.keep("year", year_now)
    return int(picked or year_now)
