"""Regional ecosystems: what is too much or too little where, who belongs together, who feeds whom, what is missing."""

from importlib import import_module
from importlib.util import find_spec
from typing import cast

import streamlit as st

from dashboard import filters, frame, source
from dashboard.ecosystems import choosing, topics
from dashboard.ecosystems.choice import Drawn, Part, map_key
from dashboard.frame import labels, language, say
from dashboard.wording import number

# A part is a module dashboard.ecosystems.<name> with draw(choice); it is on the page when its module is there.
PARTS = ("balance", "communities", "flows", "missing", "whatif", "indicators")
WIDE = frozenset({"flows"})  # a matrix needs more room than the map
BY_YEAR = frozenset({"flows", "indicators"})  # their year is a slider in sight


def page() -> None:
    """Draw one of the questions for the choice that all of them share."""
    stamp = source.stamp()
    if source.first_year(stamp) is None:
        _nothing_yet()
        return
    left = topics.keep_up(stamp)
    now = _opened()
    shares = frame.COLUMNS_MATRIX if now in WIDE else frame.COLUMNS_REST
    map_half, words_half = frame.two_columns(shares)
    with words_half:
        folded, title, said = st.container(key="legend_below"), st.container(), st.container()
        row = st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small")
        asked, timeline = st.container(), st.container() if now in BY_YEAR else None
        choosing.hold(now)
        with row:
            choice = choosing.choose(stamp, timeline)
        with asked:
            name = _switch()
        drawn = _part(name)(choice)
        if left:
            frame.note(say("ecosystems.still_reading", count=number(left, language())))
        with row:
            filters.clear_button({**choosing.defaults(), **drawn.defaults}, say("ecosystems.clear"))
        with title:
            frame.title_row(say("title.ecosystems"), demo=drawn.demo, downloads=drawn.downloads)
        with said:
            frame.sentence(drawn.sentence)
    with map_half:
        _map(name, drawn)
    if drawn.legend:
        with folded:
            frame.legend_below(drawn.legend)


def _opened() -> str:
    """Tell the part that is about to be drawn: the switch's, which the link learns only after it."""
    there = built()
    filters.seed("part", there, there[0])
    return str(st.session_state["part"])


def built() -> list[str]:
    """List the parts whose module is there."""
    return [name for name in PARTS if find_spec(f"dashboard.ecosystems.{name}") is not None]


def _switch() -> str:
    there = built()
    if len(there) == 1:
        return there[0]
    named = labels("ecosystems.part_", there)
    return filters.switch("part", there, named, name=say("ecosystems.part"), default=there[0])


def _part(name: str) -> Part:
    return cast("Part", import_module(f"dashboard.ecosystems.{name}").draw)


def _map(name: str, drawn: Drawn) -> None:
    st.pydeck_chart(
        drawn.deck,
        height="stretch",
        key=map_key(name),
        on_select=drawn.clicked or "ignore",
        alt=drawn.alt,
    )
    frame.attribution(say("ecosystems.source_line"))
    if drawn.legend:
        frame.legend(drawn.legend, low=drawn.legend_low)


def _nothing_yet() -> None:
    frame.title_row(say("title.ecosystems"))
    frame.empty(say("ecosystems.nothing_yet"), say("ecosystems.nothing_yet_text"))
    with st.container(horizontal=True):
        if frame.has_page("importing") and st.button(say("overview.empty_import"), type="primary"):
            frame.open_page("importing")
        if frame.has_page("companies") and st.button(say("overview.empty_add")):
            frame.open_page("companies", new="1")
