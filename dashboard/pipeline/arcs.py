"""The map of synergies: arcs from who offers to who needs, in the colour of their stage, and the same as a table."""

from html import escape
from typing import cast

import pandas as pd
import pydeck as pdk
import streamlit as st
from pydeck.types import String
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frame, layers, legends, old_links, wording
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.palette import Palette
from dashboard.pipeline import choice, looks
from dashboard.reading import Reader
from dashboard.views import pipeline_table as view
from dashboard.views.pipeline import title
from dashboard.views.records import records
from dashboard.wording import counted
from data.model import Stage
from data.queries import pipeline as queries
from data.queries.pipeline import Sought
from geo import regions

MOST_ARCS = 150  # more of them are a hairball
MOST_LISTED = 15
PAIR = "pair"
PALE = 60  # of 255


def draw(read: Reader, sought: Sought) -> None:
    """Draw the arcs of a region by municipality, those of the country by region; and their table beside them.

    Map and table choose the same pair of places, whose synergies are then listed; the link holds it.
    """
    arcs = read(queries.arcs, sought, MOST_ARCS, municipalities=bool(sought.region))
    pairs = [f"{row['source']}-{row['target']}" for row in records(arcs)]
    chosen = filters.chosen(PAIR) or ""
    if chosen and chosen not in pairs:
        old_links.note(PAIR, [chosen])
        chosen = ""
    columns = frame.two_columns()
    with columns.words:
        frame.note(say("pipeline.map_within" if sought.region else "pipeline.map_between_regions"))
        if arcs.empty:
            frame.empty(say("pipeline.arcs_none"))
            _map(columns.map, arcs, sought, "")
            return
        if chosen:
            _between(read, sought, chosen)
        shown = view.arc_table(arcs, regions.load(), frame.language())
        key = f"arc_table_{chosen}"
        st.dataframe(
            shown,
            hide_index=True,
            height=320 if chosen else 620,
            placeholder="–",
            key=key,
            on_select=lambda: _from_table(key, pairs),
            selection_mode="single-row",
        )
    _map(columns.map, arcs, sought, chosen)


def _between(read: Reader, sought: Sought, chosen: str) -> None:
    """List the synergies of the chosen pair; each opens."""
    source, target = chosen.split("-")
    language, names = frame.language(), view.names(regions.load(), frame.language())
    found = records(read(queries.between, sought, source, target, MOST_LISTED + 1))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<h2>{escape(names[source])} → {escape(names[target])}</h2>", width="stretch")
        st.button(
            say("pipeline.arc_all"),
            type="tertiary",
            icon=":material/close:",
            key="no_pair",
            on_click=_choose,
            args=("",),
        )
    for one in found[:MOST_LISTED]:
        far = wording.km(one["km"], language, "road") if one["km"] is not None else wording.UNKNOWN
        stage = say(f"stage.{one['stage']}")
        with st.container(horizontal=True, vertical_alignment="center", key=f"between_{one['id']}"):
            st.button(
                literal(title(one)),
                type="tertiary",
                key=f"open_{one['id']}",
                on_click=choice.open_synergy,
                args=(one["id"],),
            )
            frame.note(f"{stage} · {far}")
    if len(found) > MOST_LISTED:
        frame.note(say("pipeline.arc_more", count=MOST_LISTED))


def _map(place: DeltaGenerator, arcs: pd.DataFrame, sought: Sought, chosen: str) -> None:
    language, colours = frame.language(), frame.colours()
    rows = view.arc_rows(arcs, regions.load(), colours, language)
    drawn = [layers.outline("regions", sought.region, colours)]
    if rows:
        drawn.append(_layer(rows, f"arcs-{chosen}", chosen))
    key = f"pipeline_map_{sought.region}_{len(rows)}"
    with place:
        st.pydeck_chart(
            layers.deck(drawn, colours),
            height="stretch",
            key=key,
            on_select=lambda: _from_map(key),
            selection_mode="single-object",
            alt=say(
                "pipeline.map_alt",
                arcs=len(rows),
                synergies=counted(int(arcs["synergies"].sum()), "synergy", language),
            ),
        )
        frame.legend(_legend({str(one) for one in arcs["stage"]}, colours))


def _layer(rows: list[dict[str, object]], name: str, chosen: str) -> pdk.Layer:
    """Draw the arcs; beside a chosen pair the rest pales. Another choice is another layer: its click is forgotten."""
    for row in rows:
        if chosen and f"{row['source']}-{row['target']}" != chosen:
            row["c"] = [*cast("list[int]", row["c"])[:3], PALE]
    return pdk.Layer(
        "PathLayer",
        rows,
        id=name,
        get_path="p",
        get_color="c",
        get_width="w",
        width_units=String("pixels"),
        joint_rounded=True,
        pickable=True,
        opacity=0.85,
    )


def _from_map(key: str) -> None:
    """Open the synergy of an arc that is one synergy, else choose the pair of its ends."""
    for found in st.session_state[key].selection.get("objects", {}).values():
        if found and found[0].get("id"):
            choice.open_synergy(int(found[0]["id"]))
        elif found:
            _choose(f"{found[0]['source']}-{found[0]['target']}")


def _from_table(key: str, pairs: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows and rows[0] < len(pairs):
        _choose(pairs[rows[0]])


def _choose(pair: str) -> None:
    """Choose a pair, or let it go; in a callback."""
    filters.choose(PAIR, None if pair == filters.chosen(PAIR) else pair)


def _legend(there: set[str], colours: Palette) -> str:
    lines = [
        legends.line(looks.stage_colour(colours, one), 4, say(f"stage.{one}")) for one in Stage if one.value in there
    ]
    return f"<p>{escape(say('pipeline.map_title'))}</p>{''.join(lines)}"
