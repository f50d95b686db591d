"""The tables of ecosystems: groups, bridges, and what is in the chosen group."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard import filters, frame
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.views.ecosystem_communities import Row, Spot, View
from dashboard.wording import hundreds, number
from matching.ecosystems import OUTSIDE

ROW_PX, TALL_PX = 35, 66  # words wrap in rows of more than 64 px
SHOWN = 7
BRIDGES_MOST = 10
MEMBERS_MOST = 30
CHOSEN = "ecosystem"


def choose(group: int) -> None:
    """Choose a group, or let it go when it is the one chosen."""
    told = str(group + 1)
    filters.choose(CHOSEN, None if group == OUTSIDE or filters.chosen(CHOSEN) == told else told)


def show(view: View, chosen: int) -> None:
    """Show the groups, the bridges, and the companies of the chosen group."""
    _groups(view, chosen)
    if chosen != OUTSIDE:
        _members(view, view.rows[chosen])
    if view.bridges:
        _bridges(view)


def _groups(view: View, chosen: int) -> None:
    rows = [row.ecosystem for row in view.rows]
    table = pd.DataFrame(
        {
            "number": range(1, len(rows) + 1),
            "name": [_group_name(row) for row in view.rows],
            "companies": [len(one.companies) for one in rows],
            "materials": [row.materials for row in view.rows],
            "tonnes": [hundreds(one.tonnes, language()) if one.tonnes else "–" for one in rows],
            "inside": [100 * one.inside for one in rows],
            "stability": [100 * one.stability for one in rows],
        }
    )
    key = f"ecosystem_groups_{chosen}"
    st.dataframe(
        table,
        hide_index=True,
        row_height=TALL_PX,
        height=TALL_PX * min(len(table), SHOWN) + ROW_PX + 2,
        column_config=_columns(),
        selection_mode="single-cell",
        on_select=lambda: _picked(key),
        key=key,
        alt=say("communities.table_alt", count=len(table)),
    )


def _group_name(row: Row) -> str:
    return say("communities.loose", name=row.name) if row.loose else row.name


def _columns() -> dict[str, ColumnConfig]:
    config = st.column_config
    return {
        "number": config.NumberColumn("", width=34),
        "name": config.TextColumn(say("communities.col_name"), width=150),
        "companies": config.NumberColumn(say("communities.col_companies"), width=74),
        "materials": config.TextColumn(say("communities.col_materials"), width=150),
        "tonnes": config.TextColumn("t/a", width=64, alignment="right"),
        "inside": _bar("communities.col_inside", "communities.inside_help", "primary", 112),
        "stability": _bar("communities.col_stability", "communities.stability_note", "gray", 86),
    }


def _bar(name: str, explained: str, colour: str, width: int) -> ColumnConfig:
    return st.column_config.ProgressColumn(
        say(name), help=say(explained), color=colour, format="%.0f %%", min_value=0, max_value=100, width=width
    )


def _picked(key: str) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        choose(int(cells[0][0]))


def _members(view: View, row: Row) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(literal(row.name), anchor=False, width="stretch")
        st.button(
            say("frame.clear_choice"),
            type="tertiary",
            icon=":material/close:",
            on_click=choose,
            args=(OUTSIDE,),
        )
    spots = [view.spots[one] for one in row.ecosystem.companies if one in view.spots]
    named = sorted({spot.name for spot in spots if spot.name})
    hidden = sum(1 for spot in spots if not spot.name)
    diverse = number(row.ecosystem.industries, language(), 1)
    st.markdown(say("communities.industries", count=diverse), help=say("communities.industries_help"))
    st.markdown(say("communities.hubs", names=literal(_said(row.hubs))))
    st.markdown(say("communities.members", names=literal(", ".join(named[:MEMBERS_MOST]) or "–")))
    rest = max(0, len(named) - MEMBERS_MOST) + hidden
    if rest:
        frame.note(say("communities.members_more", count=number(rest, language()), hidden=number(hidden, language())))


def _said(spots: Sequence[Spot]) -> str:
    unnamed = say("frame.unnamed")
    return ", ".join(f"{spot.name or unnamed} ({spot.place})" for spot in spots) or "–"


def _bridges(view: View) -> None:
    st.subheader(say("communities.bridges"), anchor=False)
    ties = view.bridges[:BRIDGES_MOST]
    unnamed = say("frame.unnamed")
    table = pd.DataFrame(
        {
            say("communities.col_company"): [f"{tie.spot.name or unnamed}, {tie.spot.place}" for tie in ties],
            say("communities.col_joins"): [tie.joins for tie in ties],
            say("communities.col_exchanges"): [tie.exchanges for tie in ties],
            say("communities.col_breaks"): [hundreds(tie.tonnes, language()) if tie.tonnes else "–" for tie in ties],
        }
    )
    config = st.column_config
    widths = {say("communities.col_company"): 205, say("communities.col_joins"): 265}
    columns: dict[str, ColumnConfig] = {name: config.TextColumn(width=width) for name, width in widths.items()}
    columns[say("communities.col_exchanges")] = config.NumberColumn(width=90)
    columns[say("communities.col_breaks")] = config.TextColumn(alignment="right", width=120)
    frame.note(say("communities.bridges_note"))
    st.dataframe(
        table,
        hide_index=True,
        row_height=TALL_PX,
        column_config=columns,
        alt=say("communities.bridges_alt", count=len(ties)),
    )
