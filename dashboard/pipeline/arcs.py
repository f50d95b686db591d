"""The map of synergies: arcs from who offers to who needs, in the colour of their stage, and the same as a table."""

from html import escape

import pandas as pd
import pydeck as pdk
import streamlit as st
from pydeck.types import String

from dashboard import frame, layers, legends
from dashboard.frame import say
from dashboard.palette import Palette
from dashboard.pipeline import choice, looks
from dashboard.reading import Reader
from dashboard.views import pipeline_table as view
from dashboard.wording import counted
from data.model import Stage
from data.queries import pipeline as queries
from data.queries.pipeline import Sought
from geo import regions

MOST_ARCS = 150  # more of them are a hairball


def draw(read: Reader, sought: Sought) -> None:
    """Draw the arcs of a region by municipality, those of the country by region; and their table beside them."""
    arcs = read(queries.arcs, sought, MOST_ARCS, municipalities=bool(sought.region))
    columns = frame.two_columns()
    language = frame.language()
    with columns.words:
        frame.note(say("pipeline.map_within" if sought.region else "pipeline.map_between_regions"))
        if arcs.empty:
            frame.empty(say("pipeline.arcs_none"))
        else:
            shown = view.arc_table(arcs, regions.load(), language)
            st.dataframe(shown, hide_index=True, height=620, placeholder="–", key="arc_table")
    with columns.map:
        _map(arcs, sought)


def _map(arcs: pd.DataFrame, sought: Sought) -> None:
    language, colours = frame.language(), frame.colours()
    rows = view.arc_rows(arcs, regions.load(), colours, language)
    drawn = [layers.outline("regions", sought.region, colours)]
    if rows:
        drawn.append(_layer(rows))
    key = f"pipeline_map_{sought.region}_{len(rows)}"
    st.pydeck_chart(
        layers.deck(drawn, colours),
        height="stretch",
        key=key,
        on_select=lambda: _open(key),
        selection_mode="single-object",
        alt=say(
            "pipeline.map_alt",
            arcs=len(rows),
            synergies=counted(int(arcs["synergies"].sum()), "synergy", language),
        ),
    )
    frame.legend(_legend({str(one) for one in arcs["stage"]}, colours))


def _layer(rows: list[dict[str, object]]) -> pdk.Layer:
    return pdk.Layer(
        "PathLayer",
        rows,
        id="arcs",
        get_path="p",
        get_color="c",
        get_width="w",
        width_units=String("pixels"),
        joint_rounded=True,
        pickable=True,
        opacity=0.85,
    )


def _open(key: str) -> None:
    """Open the synergy of an arc that is one synergy, else the table of its stage and region."""
    found = st.session_state[key].selection.get("objects", {}).get("arcs", [])
    if found and found[0].get("id"):
        choice.open_synergy(int(found[0]["id"]))


def _legend(there: set[str], colours: Palette) -> str:
    lines = [
        legends.line(looks.stage_colour(colours, one), 4, say(f"stage.{one}")) for one in Stage if one.value in there
    ]
    return f"<p>{escape(say('pipeline.map_title'))}</p>{''.join(lines)}"
