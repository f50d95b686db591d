"""Selecting on the overview: the map and the table choose the same region, flow or site, and the link keeps it.

A selection in Streamlit's map or table can't be set from here and stays until the user changes it. So the choice is
our own, drawn as our own highlight, and a layer or table that was clicked gets another id, which forgets its selection.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import filters
from dashboard.overview import search

MAP = "overview_map"
FLOW = "flow"


def map_clicked() -> None:
    """Take over what was clicked on the map."""
    objects: Mapping[str, Sequence[Mapping[str, Any]]] = st.session_state[MAP]["selection"]["objects"]
    for layer, chosen in objects.items():
        if chosen:
            _choose(layer.split("-")[0], chosen[0])


def _choose(layer: str, clicked: Mapping[str, Any]) -> None:
    if layer == "pick":
        choose_area(str(clicked["code"]))
    elif layer == "flows":
        choose_flow(str(clicked["code"]))
    elif layer == "sites":
        search.go("site", str(clicked["id"]))


def choose_area(code: str) -> None:
    """Choose a region, or a municipality with the zoom on it."""
    filters.choose(FLOW, None)
    if len(code) == 2:  # noqa: PLR2004 - regions have two digits, municipalities three
        st.session_state["region"] = "" if st.session_state.get("region") == code else code
    else:
        search.go("municipality", code, st.session_state.get("region") or "")


def choose_flow(code: str) -> None:
    """Choose the flow from one region to another, or let it go when it is the one chosen."""
    filters.choose(FLOW, None if filters.chosen(FLOW) == code else code)
    st.session_state["table"] = "flows"


def table_clicked(key: str, name: str, ids: Sequence[str]) -> None:
    """Take over the row that was clicked."""
    cells = st.session_state[key]["selection"]["cells"]
    if not cells or cells[0][0] >= len(ids):
        return
    chosen = ids[cells[0][0]]
    if name in {"regions", "municipalities"}:
        choose_area(chosen)
    elif name == "flows":
        choose_flow(chosen)
    elif name == "sites":
        search.go("site", chosen)


def clear() -> None:
    """Let go of region, flow and place."""
    st.session_state["region"] = ""
    filters.choose(FLOW, None)
    search.forget()
