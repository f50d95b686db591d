"""The filters that all questions of the page share: each is a parameter of the link."""

from datetime import UTC, datetime
from functools import cache

import streamlit as st

from config.texts import Language
from dashboard import filters, source, source_planning
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.frame import labels, language, say
from dashboard.wording import t
from data.model import ResourceType
from geo import regions

YEARS_MOST = 12


def choose(stamp: str) -> Choice:
    """Draw the filters side by side where the caller stands, and give the choice that they make."""
    year_now = datetime.now(UTC).year
    return Choice(
        region=_region(),
        concept=_material(),
        types=() if source_planning.only_sums() else _types(),
        year=_year(stamp, year_now),
    )


def defaults() -> dict[str, filters.Value]:
    """Give what clearing the filters sets back."""
    return {"region": "", "material": "", "type": [], "year": datetime.now(UTC).year}


@cache
def region_names(language: Language) -> dict[str, str]:
    """Give the names of the regions to choose from, the whole country first."""
    names = {code: place.name(language) for code, place in regions.load().regions.items()}
    ordered = {code: names[code] for code in sorted(names, key=names.__getitem__)}
    return {"": t("overview.whole_country", language), **ordered}


def _region() -> str:
    names = region_names(language())
    filters.seed("region", list(names), "")
    now = st.session_state["region"]
    with st.popover(filters.popover_label(names[now], changed=bool(now)), icon=":material/location_on:"):
        picked = st.selectbox(say("overview.region"), list(names), format_func=names.__getitem__, key="region")
    filters.keep("region", "")
    return picked or ""


def _material() -> str:
    names = materials.choices(language())
    filters.seed("material", list(names), "")
    now = st.session_state["material"]
    words = materials.name(now, language()) if now else names[""]
    with st.popover(filters.popover_label(words, changed=bool(now)), icon=":material/category:"):
        picked = st.selectbox(say("ecosystems.material"), list(names), format_func=names.__getitem__, key="material")
    filters.keep("material", "")
    return picked or ""


def _types() -> tuple[str, ...]:
    options = [str(one) for one in ResourceType]
    filters.seed("type", options, [])
    now = st.session_state["type"] or []
    words = say("ecosystems.material_types")
    if now:
        words = say(f"type.{now[0]}") if len(now) == 1 else say("overview.some_types", count=len(now))
    with st.popover(filters.popover_label(words, changed=bool(now)), icon=":material/filter_list:"):
        picked = st.pills(
            say("overview.types"), options, selection_mode="multi", format_func=labels("type.", options), key="type"
        )
    filters.keep("type", [])
    return tuple(sorted(picked or ()))


def _year(stamp: str, year_now: int) -> int:
    first = source.first_year(stamp) or year_now
    years = list(range(max(first, year_now - YEARS_MOST), year_now + 1))
    filters.seed("year", years, year_now)
    now = st.session_state["year"]
    with st.popover(filters.popover_label(str(now), changed=now != year_now), icon=":material/calendar_today:"):
        if len(years) > 1:
            picked = st.select_slider(say("overview.year"), years, key="year")
        else:
            picked = st.radio(say("overview.year"), years, key="year")
    filters.keep("year", year_now)
    return int(picked or year_now)
