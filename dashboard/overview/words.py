"""The right half of the overview: sentence, metrics, table, notes."""

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from config.texts import Language
from dashboard import filters, frame, source
from dashboard.frame import language, say
from dashboard.overview import drawing, selection
from dashboard.overview.search import Found
from dashboard.palette import css
from dashboard.views.overview import View
from dashboard.views.overview_counts import Chosen, Frames, by_metric
from dashboard.views.overview_sites import sites_table
from dashboard.views.overview_tables import Table
from dashboard.views.overview_tables import table as build_table
from dashboard.wording import counted, number, percent

ROW_PX = 35
ROWS_SHOWN = 10
SITES_SHOWN = 500


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
    flow = view.flows[view.flows["code"] == filters.chosen(selection.FLOW)]
    for one in flow.itertuples():
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


@st.cache_resource(max_entries=64, show_spinner=False)
def _built(stamp: str, chosen: Chosen, language: Language, _frames: Frames) -> Table:  # noqa: ARG001 - the cache's key
    return build_table(_frames, chosen, language)


def table(stamp: str, frames: Frames, chosen: Chosen, rows: pd.DataFrame, sites: drawing.Sites | None) -> Table:
    """Show the table that is chosen; its selected row is what is selected on the map."""
    if chosen.table == "sites" and sites is not None:
        within = rows[rows["region"] == chosen.region] if chosen.region else rows
        built = sites_table(within.head(SITES_SHOWN), language())
    else:
        built = _built(stamp, chosen, language(), frames)
    picked = filters.chosen(selection.FLOW) if built.name == "flows" else chosen.region
    if not built.ids:
        st.caption(say("overview.table_empty"))
        return built
    key = f"table_{built.name}_{picked}_{st.query_params.get('found', '')}"
    st.dataframe(
        _highlighted(built, picked or ""),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(built.ids), ROWS_SHOWN) + 1) + 2,
        selection_mode="single-cell",
        on_select=lambda: selection.table_clicked(key, built.name, built.ids),
        key=key,
        alt=say("overview.table_alt", title=say(f"overview.table_{built.name}"), count=len(built.ids)),
    )
    if built.name == "sites" and sites is not None and sites.count > len(built.ids) and not chosen.region:
        shown, everything = number(len(built.ids), language()), number(sites.count, language())
        frame.note(say("overview.sites_most", shown=shown, all=everything))
    return built


def _highlighted(built: Table, picked: str) -> Styler:
    style = built.style()
    if picked in built.ids:
        line = built.ids.index(picked)
        tint = css(frame.colours().accent, 0.14)
        style = style.set_properties(
            subset=(built.frame.index[[line]], built.frame.columns), **{"background-color": tint}
        )
    return style


def notes(frames: Frames, view: View, chosen: Chosen) -> None:
    """Say what the figures rest on."""
    told = []
    if chosen.measure != "resources":
        benefits = by_metric(frames, "country")
        if len(benefits):
            share = float(benefits["verified"].sum() / max(1, benefits["figures"].sum()))
            told.append(say("overview.note_benefits", verified=percent(share, language())))
    if chosen.table == "flows":
        told.append(say("overview.note_km"))
    if chosen.measure == "resources":
        told.append(say("overview.note_tonnes"))
    if view.areas["few"].any() and chosen.table in {"regions", "municipalities"}:
        told.append(say("overview.note_few"))
    if told:
        frame.note(" ".join(told))
