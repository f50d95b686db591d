"""The right half of the overview: sentence, metrics, table, notes."""

from functools import cache

import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from config.texts import Language
from dashboard import filters, frame, source
from dashboard.frame import language, say
from dashboard.overview import drawing, selection
from dashboard.overview.search import Found
from dashboard.palette import Theme, css, of
from dashboard.views.overview import View
from dashboard.views.overview_counts import Chosen
from dashboard.views.overview_tables import Table
from dashboard.wording import counted, number

ROW_PX = 35
ROWS_SHOWN = 10
NAMES_PX = 140  # Pohjois-Pohjanmaa in a column of the flows


def has_synergies(stamp: str) -> bool:
    """Tell whether there is any synergy, and so a first measure worth showing."""
    return source.any_synergy(stamp)


def nothing_yet(title: DeltaGenerator) -> None:
    """Say that there is nothing, and the three ways to begin."""
    with title:
        frame.title_row(say("title.overview"))
    frame.empty(say("overview.empty"), say("overview.empty_text"))
    with st.container(horizontal=True):
        if frame.has_page("importing") and st.button(say("overview.empty_import"), type="primary"):
            frame.open_page("importing")
        if frame.has_page("companies") and st.button(say("overview.empty_add")):
            frame.open_page("companies", new="1")
        if st.button(say("overview.empty_demo"), type="tertiary"):
            source.load_demo()
            st.rerun()


def sentence(view: View, found: Found | None) -> None:
    """Answer the question, and tell what is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            frame.sentence(view.sentence)
        if found is not None or filters.chosen(selection.FLOW) or st.session_state.get("region"):
            st.button(say("frame.clear_choice"), type="tertiary", icon=":material/close:", on_click=selection.clear)
    if found is not None and found.kind == "site":
        _site(found)
    if flow := filters.chosen(selection.FLOW):
        for one in view.flows[view.flows["code"] == flow].itertuples():
            frame.empty(str(one.name), f"{one.a} · {one.b}")


def _site(found: Found) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            frame.empty(found.name, f"{found.place} · {counted(found.resources, 'resource', language())}")
        linked = found.organisation is not None and frame.has_page("companies")
        if linked and st.button(say("overview.open_company"), icon=":material/arrow_forward:", icon_position="right"):
            frame.open_page("companies", organisation=str(found.organisation))


def figures(view: View) -> None:
    """Show the three metrics."""
    for column, one in zip(st.columns(3), view.figures, strict=True):
        column.metric(one.label, one.value, one.change, delta_color="off", delta_description=one.since)


def table(stamp: str, built: Table, chosen: Chosen, sites: drawing.Sites | None) -> None:
    """Show a table; its selected row is what is selected on the map."""
    picked = filters.chosen(selection.FLOW) if built.name == "flows" else chosen.region
    if not built.ids:
        st.caption(say("overview.table_empty"))
        return
    key = f"table_{built.name}_{picked}_{st.query_params.get('found', '')}"
    st.dataframe(
        _styled(stamp, chosen, language(), frame.colours().theme, picked or "", built),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(built.ids), ROWS_SHOWN) + 1) + 2,
        column_config=dict.fromkeys(built.frame.columns[:2], st.column_config.Column(width=NAMES_PX))
        if built.name == "flows"
        else None,
        selection_mode="single-cell",
        on_select=lambda: selection.table_clicked(key, built.name, built.ids),
        key=key,
        alt=say("overview.table_alt", title=say(f"overview.table_{built.name}"), count=len(built.ids)),
    )
    if built.name == "sites" and sites is not None and sites.count > len(built.ids) and not chosen.region:
        shown, everything = number(len(built.ids), language()), number(sites.count, language())
        frame.note(say("overview.sites_most", shown=shown, all=everything))


@st.cache_resource(max_entries=64, show_spinner=False)
def _styled(
    stamp: str,  # noqa: ARG001 - a part of the cache's key, as are the two below
    chosen: Chosen,  # noqa: ARG001
    language: Language,  # noqa: ARG001
    theme: Theme,
    picked: str,
    _built: Table,
) -> Styler:
    style = _built.style()
    if picked in _built.ids:
        line = _built.ids.index(picked)
        tint = css(of(theme).accent, 0.14)
        style = style.set_properties(
            subset=(_built.frame.index[[line]], _built.frame.columns), **{"background-color": tint}
        )
    # Streamlit has a style translated at every run: 5 ms of the page's 40. This one does not change any more.
    setattr(style, "_translate", cache(getattr(style, "_translate")))  # noqa: B009, B010 - pandas does not declare it
    return style
