"""Flows: who feeds whom, from region to region, and the pairs behind each way."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pydeck as pdk
import streamlit as st

from config.texts import Language
from dashboard import choosers, filters, frame, layers, legends, palette, source, source_planning
from dashboard import flows as arrows
from dashboard.ecosystems import downloads
from dashboard.ecosystems.choice import Choice, Drawn, map_key
from dashboard.frame import labels, language, say
from dashboard.palette import Palette, Theme
from dashboard.views import ecosystem_flows, ecosystem_flows_words
from dashboard.views.ecosystem_balance_words import place_name
from dashboard.views.ecosystem_flows import MEASURES, STAGES, USUAL, Asked, Flows
from dashboard.views.ecosystem_flows_words import CELL
from data.queries.balance import this_year

ROW_PX = 35
ROWS_SHOWN = 9


def draw(choice: Choice) -> Drawn:
    """Write the matrix, the table of ways and the pairs behind one, and give the sentence and map."""
    stamp, spoken, colours = source.stamp(), language(), frame.colours()
    asked = _asked()
    view = _view(stamp, choice, asked, spoken)
    if view.empty:
        frame.empty(say("flows.none_title"), say("flows.none_text"))
        _ways_on(choice, asked)
    else:
        _words(view, choice, asked)
        if asked.cell:
            _pairs(stamp, choice, asked)
    return Drawn(
        sentence=ecosystem_flows_words.sentence(view, choice, asked, spoken),
        deck=_deck(stamp, choice, asked, spoken, colours.theme, view),
        alt=say("flows.alt", place=place_name(choice, spoken)),
        legend="" if view.empty else _legend(choice, colours),
        demo=view.demo,
        downloads=None if view.empty else partial(downloads.of_flows, choice, asked),
        clicked=_map_clicked,
        defaults={"stages": list(USUAL), "measure": "tonnes"},
    )


def _asked() -> Asked:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        named = labels("flows.measure_", MEASURES)
        measure = filters.switch("measure", MEASURES, named, name=say("flows.measure"), default="tonnes")
        filters.seed("stages", STAGES, list(USUAL))
        picked = st.pills(
            say("flows.stages"),
            STAGES,
            selection_mode="multi",
            format_func=labels("rollup.", STAGES),
            key="stages",
            label_visibility="collapsed",
        )
        filters.keep("stages", list(USUAL))
    return Asked(tuple(one for one in STAGES if one in (picked or ())), measure, filters.chosen(CELL) or "")


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(stamp: str, choice: Choice, asked: Asked, language: Language) -> Flows:
    atoms, newest = (source_planning.flow_atoms(stamp, year) for year in (choice.year, this_year()))
    return ecosystem_flows.build(atoms, choice, asked, language, newest)


def _ways_on(choice: Choice, asked: Asked) -> None:
    """Offer what may bring flows into sight: the identified ones, and this year."""
    with st.container(horizontal=True):
        if len(asked.stages) < len(STAGES):
            every = {"stages": list(STAGES)}
            st.button(say("flows.show_all"), on_click=st.session_state.update, args=(every,), type="primary")
        if choice.year != this_year():
            now = {"year": this_year()}
            st.button(say("flows.show_now", year=this_year()), on_click=st.session_state.update, args=(now,))


def _words(view: Flows, choice: Choice, asked: Asked) -> None:
    spoken, colours = language(), frame.colours()
    chart = ecosystem_flows_words.matrix(view, choice, asked, spoken, colours)
    # Another choice is another chart: the old one's selection must not be taken for a click on the new one.
    key = f"matrix_{asked.measure}_{asked.cell}"
    st.altair_chart(
        chart,
        width="stretch",
        theme=None,
        on_select=lambda: _cell_clicked(key),
        selection_mode=CELL,
        key=key,
        alt=say("flows.matrix_alt"),
    )
    st.html(ecosystem_flows_words.key(view, asked, spoken, colours))
    built = ecosystem_flows_words.table(view, choice, asked, spoken)
    if not built.ids:
        frame.empty(say("flows.none_region"))
        _ways_on(choice, asked)
        return
    table_key = f"ways_{asked.measure}_{asked.cell}"
    st.dataframe(
        built.style(),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(built.ids), ROWS_SHOWN) + 1) + 2,
        selection_mode="single-cell",
        on_select=lambda: _row_clicked(table_key, built.ids),
        key=table_key,
        alt=say("overview.table_alt", title=say("overview.table_flows"), count=len(built.ids)),
    )
    frame.note(say("flows.note"))


def _pairs(stamp: str, choice: Choice, asked: Asked) -> None:
    """List the synergies behind the way that is opened."""
    known = choosers.region_names(language())
    start, _, end = asked.cell.partition("-")
    if not (start and end and start in known and end in known):
        return
    rows = source_planning.flow_pairs(stamp, choice.year, start, end)
    built = ecosystem_flows_words.pairs(rows, choice, asked, language())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(f"{known[start]} → {known[end]}", anchor=False, width="stretch")
        st.button(say("frame.clear_choice"), type="tertiary", icon=":material/close:", on_click=_open, args=("",))
    if not built.ids:
        frame.note(say("flows.pairs_none"))
        return
    st.dataframe(
        built.style(),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(built.ids), ROWS_SHOWN) + 1) + 2,
        key=f"pairs_{asked.cell}",
        alt=say("overview.table_alt", title=f"{known[start]} → {known[end]}", count=len(built.ids)),
    )
    if frame.has_page("pipeline") and st.button(say("flows.open_synergies"), icon=":material/arrow_forward:"):
        frame.open_page("pipeline", view="table", region=start)


def _open(cell: str) -> None:
    filters.choose(CELL, None if filters.chosen(CELL) == cell else cell)


def _cell_clicked(key: str) -> None:
    picked: Sequence[Mapping[str, Any]] = st.session_state[key]["selection"].get(CELL) or ()
    if picked:
        _open(str(picked[0]["code"]))


def _row_clicked(key: str, codes: Sequence[str]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells and cells[0][0] < len(codes):
        _open(codes[cells[0][0]])


def _map_clicked() -> None:
    """Open the way, or choose the region, that was clicked on the map."""
    objects: Mapping[str, Sequence[Mapping[str, Any]]] = st.session_state[map_key("flows")]["selection"]["objects"]
    for layer, rows in objects.items():
        if rows and layer.startswith("flows-"):
            _open(str(rows[0]["code"]))
        elif rows and layer.startswith("pick-"):
            code = str(rows[0]["code"])
            st.session_state["region"] = "" if st.session_state.get("region") == code else code


# The stamp tells of which data the view is: it is too large to be compared itself.
@st.cache_resource(max_entries=64, show_spinner=False)
def _deck(
    stamp: str,  # noqa: ARG001 - a part of the cache's key
    choice: Choice,
    asked: Asked,
    language: Language,
    theme: Theme,
    _view: Flows,
) -> layers.Deck:
    colours = palette.of(theme)
    drawn: list[pdk.Layer] = layers.areas("regions", _shades(choice), colours)
    drawn.append(layers.outline("regions", choice.region, colours))
    ways = ecosystem_flows.ways(_view, choice, asked, language, colours)
    if len(ways):
        opened = asked.cell if asked.cell in set(ways["code"]) else ""
        drawn += arrows.layers(ways, colours, chosen=opened)
    spots = ecosystem_flows.region_rows(_view, asked, language)
    drawn += layers.dots(spots, colours, name=f"pick-{choice.region}-{asked.cell}")
    drawn += layers.labels(spots, colours)
    return layers.deck(drawn, colours)


def _shades(choice: Choice) -> dict[str, int]:
    """Shade the chosen region darker; all are named, or those between would take its colour."""
    return {code: 2 if code == choice.region else 0 for code in choosers.region_names("fi") if code}


def _legend(choice: Choice, colours: Palette) -> str:
    if not choice.region:
        return legends.line(colours.accent, 4, say("flows.legend_across"))
    out = legends.line(colours.have, 4, say("flows.legend_out"))
    return out + legends.line(colours.want, 4, say("flows.legend_in"))
