"""Municipalities where companies are and nobody has told of a resource: the map, and a table that equals it."""

import pandas as pd
import streamlit as st

from dashboard import filters, frame, layers, legends, wording
from dashboard.activation.acting import say
from dashboard.reading import Reader
from dashboard.views import activation as view
from data.queries import activation as queries
from data.queries.activation import Sought
from geo import regions

PLACE, MAP = "municipality", "map_silent"


def draw(read: Reader, sought: Sought) -> None:
    """Draw the table."""
    found = read(queries.silent, sought.region)
    codes = view.unknown(read(queries.peopled), sought.region, regions.load())
    if found.empty:
        frame.empty(say("no_silent"))
    else:
        _table(found)
    if codes:
        frame.note(view.unknown_words(codes, regions.load(), frame.language()))


def _table(found: pd.DataFrame) -> None:
    places, companies = len(found), int(found["companies"].sum())
    language = frame.language()
    st.html(f"<p>{wording.rich('activating.silent_sentence', language, places=places, companies=companies)}</p>")
    key = f"silent_table_{filters.chosen(PLACE) or ''}"
    table = view.silent_table(found, regions.load(), language)
    st.dataframe(
        table,
        hide_index=True,
        height=520,
        width="stretch",
        selection_mode="single-row",
        on_select=lambda: _from_table(key, list(found["code"])),
        key=key,
    )
    frame.note(say("silent_note"))


def place(read: Reader, region: str) -> None:
    """Draw the map of the silent municipalities, the chosen one framed."""
    found: pd.DataFrame = read(queries.silent, region)
    colours, language = frame.colours(), frame.language()
    drawn, limits = view.silence(found, regions.load(), language)
    code = filters.chosen(PLACE) or ""
    whole = regions.load().regions.get(region)
    named = whole.name(language) if whole else ""
    blank = view.unknown(read(queries.peopled), "", regions.load())
    deck = layers.deck(
        [
            *layers.areas("municipalities", view.silent_classes(drawn, regions.load()), colours, blank=blank),
            layers.outline("regions", region, colours),
            layers.outline("municipalities", code, colours),
            *layers.dots(drawn, colours, name=f"silent-{region}", radius_px=2),
        ],
        colours,
    )
    st.pydeck_chart(
        deck, height="stretch", key=MAP, on_select=_from_map, alt=say("map_alt", count=len(drawn), region=named or "–")
    )
    frame.legend(
        legends.title(say("legend"))
        + (legends.scale(colours.amount, limits, language) if len(drawn) else "")
        + (legends.thin(say("legend_note")) if len(drawn) else legends.thin(say("legend_none")))
        + legends.line(colours.panel, 10, say("legend_unknown"))
    )


def _from_map() -> None:
    for found in st.session_state[MAP].selection.get("objects", {}).values():
        if found:
            choose(str(found[0]["code"]))


def _from_table(key: str, codes: list[str]) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen and chosen[0] < len(codes):
        choose(codes[chosen[0]])


def choose(code: str) -> None:
    """Choose a municipality and show its companies; once more lets it go."""
    now = filters.chosen(PLACE)
    filters.choose(PLACE, None if now == code else code)
    if now != code:
        st.session_state["part"] = "companies"
