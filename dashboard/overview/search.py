"""Search of the overview: a company or municipality by a part of its name, and going there on the map."""

from dataclasses import dataclass

import streamlit as st

from dashboard import filters, source
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.views.overview_counts import records, spots
from data.queries.scope import Scope
from geo import regions

FOUND = "found"
ZOOM_MUNICIPALITY = 7.2
ZOOM_SITE = 9.5


@dataclass(frozen=True)
class Found:
    """Hold the place that was searched for or clicked: where it is and what is told of it."""

    kind: str
    name: str
    place: str
    lon: float
    lat: float
    organisation: int | None = None
    resources: int = 0


def popover(stamp: str) -> None:
    """Draw the search with its answers."""
    with st.popover(say("overview.search"), icon=":material/search:"):
        hint = say("overview.search_hint")
        words = st.text_input(hint, key="search_words", placeholder=hint, label_visibility="collapsed").strip()
        if not words:
            return
        answers = source.search(stamp, words)
        if answers.empty:
            st.caption(literal(say("overview.search_nothing", words=words)))
        names = spots(regions.load(), "municipalities")[language()]
        for one in answers.itertuples():
            place = str(names[str(one.municipality)])
            label = place if one.kind == "municipality" else f"{one.name} · {place}"
            st.button(
                literal(label),
                key=f"go_{one.kind}_{one.id}",
                type="tertiary",
                icon=":material/location_city:" if one.kind == "municipality" else ":material/factory:",
                on_click=go,
                args=(str(one.kind), str(one.id), str(one.region)),
            )


def go(kind: str, identity: str, region: str = "") -> None:
    """Choose a municipality with its region, or a site."""
    filters.choose(FOUND, f"{kind[0]}{identity}")
    if kind == "municipality":
        st.session_state["level"] = "municipalities"
        st.session_state["region"] = region


def forget() -> None:
    """Let go of what was found."""
    filters.choose(FOUND, None)


def found(stamp: str, year: int) -> Found | None:
    """Give what the link says was found; None when nothing was, or it is gone."""
    asked = filters.chosen(FOUND) or ""
    kind, identity = asked[:1], asked[1:]
    if not (identity.isascii() and identity.isdigit()):
        return None
    places = spots(regions.load(), "municipalities")
    if kind == "m" and identity in places.index:
        spot = records(places.loc[[identity]])[0]
        name = str(spot[language()])
        return Found("municipality", name, name, float(spot["lon"]), float(spot["lat"]))
    if kind != "s":
        return None
    told = source.site(stamp, Scope(year), int(identity))
    if told.empty:
        return None
    one = records(told)[0]
    return Found(
        "site",
        one["name"] or say("frame.unnamed"),
        str(places.loc[one["municipality"], language()]),
        float(one["lon"]),
        float(one["lat"]),
        int(one["organisation"]) if one["name"] else None,
        int(one["resources"]),
    )
