"""Experts: who helps when a synergy is stuck, by what they know and where they work."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dashboard import classes, coordinating, filters, frame, layers, legends, lines, source, wording
from dashboard.activation import acting
from dashboard.companies import looks
from dashboard.experts import form
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.teaching import taxonomy
from dashboard.views import experts as view
from dashboard.views import teaching
from dashboard.views.experts import Row
from dashboard.views.overview_counts import spots
from dashboard.views.records import records
from data.queries import experts as queries
from data.store import experts as write
from geo import regions
from matching.concepts import Taxonomy

MAP, REMOVED = "map_experts", "expert_removed"
DEFAULTS: dict[str, filters.Value] = {"concept": "", "region": ""}


def page() -> None:
    """Draw where experts work, and beside it who they are and what they know."""
    if not coordinating.only():
        return
    st.html(looks.sheet(frame.colours()) + lines.sheet(frame.colours()))
    known = taxonomy.current(source.stamp())
    pool = queries.pool(source.engine())
    named = teaching.names(known, frame.language())
    columns = frame.two_columns()
    with columns.words:
        frame.title_row(say("title.experts"), demo=bool(pool["demo"].any()))
        acting.said()
        _removed()
        head = st.container()
        concept, region = _filters(pool, named)
        found = view.chosen(pool, concept, region, known)
        with head:
            frame.sentence(view.sentence(len(found), len(pool), frame.language()))
        _list(found, known)
    with columns.map:
        _map(view.chosen(pool, concept, "", known), region)
    form.draw(named)


def _filters(pool: pd.DataFrame, named: dict[str, str]) -> tuple[str, str]:
    left, right = st.columns(2, vertical_alignment="bottom")
    there = {one for row in records(pool) for one in row["competencies"] or ()}
    # What somebody knows first; what nobody does can be sought all the same.
    options = ["", *(one for one in named if one in there), *(one for one in named if one not in there)]
    filters.seed("concept", options, "")
    concept = left.selectbox(
        say("experts.knows"), options, format_func=lambda one: named.get(one, say("experts.anything")), key="concept"
    )
    filters.keep("concept", "")
    places = {code: place.name(frame.language()) for code, place in regions.load().regions.items()}
    codes = ["", *sorted(places, key=places.__getitem__)]
    filters.seed("region", codes, "")
    region = right.selectbox(
        say("companies.region"),
        codes,
        format_func=lambda one: places.get(one, say("companies.all_regions")),
        key="region",
    )
    filters.keep("region", "")
    with st.container(horizontal=True):
        st.button(
            say("experts.add"), icon=":material/person_add:", key="add_expert", on_click=form.open_form, args=(None,)
        )
        filters.clear_button(DEFAULTS)
    return concept or "", region or ""


def _list(found: pd.DataFrame, known: Taxonomy) -> None:
    if found.empty:
        frame.empty(say("experts.none_found"), say("experts.none_found_hint"))
        return
    by_id = {int(one["id"]): one for one in records(found)}
    with st.container(key="lines"):
        for row in view.rows(found, known, regions.load(), frame.language()):
            with st.container(key=f"line_{row.id}"):
                left, right = st.columns((6, 1), vertical_alignment="center")
                left.html(_words(row))
                right.button(
                    say("activating.change"),
                    type="tertiary",
                    key=f"expert_row_{row.id}",
                    on_click=form.open_form,
                    args=(by_id[row.id],),
                )


def _words(row: Row) -> str:
    who = ", ".join(part for part in (row.name, row.organisation) if part)
    parts = [row.where, row.email, say("experts.in_synergies", count=row.synergies) if row.synergies else ""]
    detail = " · ".join(part for part in parts if part)
    return (
        f'<p class="first">{escape(who)}</p><p class="small">{escape(row.know_how or wording.UNKNOWN)}</p>'
        f'<p class="small">{escape(detail)}</p>'
    )


def _removed() -> None:
    name, row = st.session_state.get(REMOVED) or ("", None)
    if row is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(literal(say("experts.removed", name=name)), width="content")
        st.button(say("form.undo"), type="tertiary", icon=":material/undo:", key="undo_expert", on_click=_undo)


def _undo() -> None:
    name, row = st.session_state.pop(REMOVED)
    acting.done(partial(write.restore, source.engine(), acting.user(), row), say("experts.saved", name=name))


def _map(pool: pd.DataFrame, region: str) -> None:
    colours, language = frame.colours(), frame.language()
    told = view.serving(pool, regions.load())
    limits = classes.breaks([float(one) for one in told.values()])
    numbers = dict(zip(told, classes.classify([float(one) for one in told.values()], limits), strict=True))
    table = spots(regions.load(), "regions")
    table = table.assign(
        name=table[language], a=[say("experts.count", count=told[code]) for code in table["code"]], b=""
    )
    deck = layers.deck(
        [
            *layers.areas("regions", {code: int(one) for code, one in numbers.items()}, colours),
            layers.outline("regions", region, colours),
            *layers.dots(table, colours, name=f"experts-{region}"),
            *layers.labels(table[["code", "lon", "lat", "name"]], colours),
        ],
        colours,
    )
    st.pydeck_chart(deck, height="stretch", key=MAP, on_select=_from_map, alt=say("experts.map_alt", count=len(pool)))
    frame.legend(legends.title(say("experts.legend")) + legends.scale(colours.amount, limits, language))


def _from_map() -> None:
    for found in st.session_state[MAP].selection.get("objects", {}).values():
        if found:
            code = str(found[0]["code"])
            st.session_state["region"] = "" if st.session_state.get("region") == code else code
