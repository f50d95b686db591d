"""The widgets above the board: each is a parameter of the link, and together they are the choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import filters, frame, old_links
from dashboard.forms import sheet
from dashboard.frame import say
from data import viewer
from data.model import ResourceType, Stage
from data.queries.pipeline import Sought
from data.viewer import Role
from geo import regions

VIEWS = ("board", "map", "table")
ONLY = ("mine", "cross", "quiet", "inward")
ID, STAGE = "id", "stage"
ID_DIGITS = 18  # more than the store can count to
_PILLS, _LINKED = "only", "link_only"


@dataclass(frozen=True)
class Choice:
    """Hold what is looked at, and how; `place` is the region's name or the country's."""

    view: str
    sought: Sought
    place: str
    nobody: bool = False  # one's own are asked for, and nobody knows whose those are


def view_switch() -> str:
    """Draw the switch between board, map and table."""
    return filters.switch(
        "view", VIEWS, frame.labels("pipeline.view_", VIEWS), name=say("pipeline.view"), default="board"
    )


def choose(view: str) -> Choice:
    """Draw the row of filters and give the choice they make."""
    names = _regions()
    with st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small"):
        region = _region(names)
        types, stage = _more(view)
        only = _only(region)
        filters.clear_button(defaults())
    who = frame.user() or str(st.session_state.get(sheet.USER, ""))
    sought = Sought(
        region=region,
        inward="inward" in only and bool(region),
        types=types,
        owner=who if "mine" in only else "",
        cross="cross" in only,
        quiet="quiet" in only,
        stage=stage,
    )
    return Choice(view, sought, names[region], nobody="mine" in only and not who)


def defaults() -> dict[str, filters.Value]:
    """Give what the filters are before anybody has chosen."""
    return {"region": own_region(), "type": [], STAGE: "", _PILLS: []}


def own_region() -> str:
    """Give the region that a regional coordinator begins with; none for all others."""
    who = viewer.current()
    return who.regions[0] if who is not None and who.role is Role.REGIONAL and who.regions else ""


def chosen_id() -> int:
    """Give the synergy that the link opens; 0 where it opens none, -1 where what it says is no number."""
    asked = filters.chosen(ID)
    if asked is None:
        return 0
    return int(asked) if asked.isdecimal() and len(asked) <= ID_DIGITS else -1


def open_table(stage: str) -> None:
    """Go to the table of one stage, in a callback."""
    st.session_state["view"], st.session_state[STAGE] = "table", stage


def open_synergy(synergy_id: int | None) -> None:
    """Open one synergy, or leave it, in a callback."""
    filters.choose(ID, str(synergy_id) if synergy_id else None)


def _regions() -> dict[str, str]:
    names = {code: place.name(frame.language()) for code, place in regions.load().regions.items()}
    ordered = {code: names[code] for code in sorted(names, key=names.__getitem__)}
    return {"": say("pipeline.whole_country"), **ordered}


def _region(names: Mapping[str, str]) -> str:
    options, default = list(names), own_region()
    filters.seed("region", options, default)
    now = st.session_state["region"]
    label = filters.popover_label(names[now], changed=now != default)
    with st.popover(label, icon=":material/location_on:"):
        picked = st.selectbox(say("pipeline.region"), options, format_func=names.__getitem__, key="region")
    filters.keep("region", default)
    return picked or ""


def _more(view: str) -> tuple[tuple[str, ...], str]:
    """Choose types, and beside the board also a stage: the board shows them all."""
    types = [str(one) for one in ResourceType]
    stages = ["", *(str(one) for one in Stage)]
    filters.seed("type", types, [])
    filters.seed(STAGE, stages, "")
    label, changed = _label(view)
    with st.popover(filters.popover_label(label, changed=changed), icon=":material/filter_list:"):
        picked = st.pills(
            say("pipeline.types"), types, selection_mode="multi", format_func=frame.labels("type.", types), key="type"
        )
        if view != "board":
            words = {one: say(f"stage.{one}") if one else say("pipeline.all_stages") for one in stages}
            st.selectbox(say("pipeline.stage"), stages, format_func=words.__getitem__, key=STAGE)
    if view == "board":
        st.session_state[STAGE] = ""
    filters.keep("type", [])
    filters.keep(STAGE, "")
    return tuple(sorted(picked or ())), str(st.session_state[STAGE] or "")


def _label(view: str) -> tuple[str, bool]:
    types, stage = st.session_state["type"] or [], st.session_state[STAGE] if view != "board" else ""
    words = [say(f"stage.{stage}")] if stage else []
    words += [say(f"type.{one}") for one in types]
    return (", ".join(words) if words else say("pipeline.filter")), bool(words)


def _only(region: str) -> Sequence[str]:
    """Draw the switches that narrow down; each is a parameter of its own in the link."""
    asked = [one for one in ONLY if st.query_params.get(one) == "1"]
    if asked != st.session_state.get(_LINKED) or _PILLS not in st.session_state:
        st.session_state[_PILLS] = st.session_state[_LINKED] = asked
        for one in ONLY:
            old_links.note(one, [value for value in st.query_params.get_all(one) if value != "1"])
    shown = ONLY if region else ONLY[:3]
    picked = st.pills(
        say("pipeline.only"),
        shown,
        selection_mode="multi",
        format_func=frame.labels("pipeline.only_", shown),
        key=_PILLS,
        label_visibility="collapsed",
    )
    now = [one for one in ONLY if one in (picked or ())]
    for one in ONLY:
        filters.choose(one, "1" if one in now else None)
    st.session_state[_LINKED] = now
    return now
