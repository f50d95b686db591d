"""The filters that several pages share: region, types and year, each a parameter of the link."""

from collections.abc import Sequence
from functools import cache

import streamlit as st

from config.texts import Language
from dashboard import filters
from dashboard.frame import labels, language, say
from dashboard.wording import t
from data.model import ResourceType
from geo import regions


@cache
def region_names(language: Language) -> dict[str, str]:
    """Give the names of the regions to choose from, the whole country first."""
    names = {code: place.name(language) for code, place in regions.load().regions.items()}
    ordered = {code: names[code] for code in sorted(names, key=names.__getitem__)}
    return {"": t("overview.whole_country", language), **ordered}


def region(home: str = "") -> str:
    """Draw the filter of the region, which begins with `home`; "" is the whole country."""
    names = region_names(language())
    filters.seed("region", list(names), home)
    now = st.session_state["region"]
    with st.popover(filters.popover_label(names[now], changed=now != home), icon=":material/location_on:"):
        picked = st.selectbox(say("overview.region"), list(names), format_func=names.__getitem__, key="region")
    filters.keep("region", home)
    return home if picked is None else picked


def types(every: str) -> tuple[str, ...]:
    """Draw the filter of the types of resources; `every` is said where none is picked."""
    options = [str(one) for one in ResourceType]
    filters.seed("type", options, [])
    now = st.session_state["type"] or []
    words = every
    if now:
        words = say(f"type.{now[0]}") if len(now) == 1 else say("overview.some_types", count=len(now))
    with st.popover(filters.popover_label(words, changed=bool(now)), icon=":material/filter_list:"):
        picked = st.pills(
            say("overview.types"), options, selection_mode="multi", format_func=labels("type.", options), key="type"
        )
    filters.keep("type", [])
    return tuple(sorted(picked or ()))


def year(years: Sequence[int], now: int) -> int:
    """Draw the filter of the year, which begins with `now`."""
    filters.seed("year", years, now)
    chosen = st.session_state["year"]
    with st.popover(filters.popover_label(str(chosen), changed=chosen != now), icon=":material/calendar_today:"):
        picked = st.radio(say("overview.year"), years, key="year")
    filters.keep("year", now)
    return int(picked or now)
