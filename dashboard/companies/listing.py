"""The list of companies: search, region, rows to open, and all their sites on the map."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dashboard import filters, forms, frame, layers_companies, lists, palette, wording
from dashboard.companies import deleted
from dashboard.forms import organisation
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import companies as view
from dashboard.views.companies import MAP_COMPANIES, PAGE_ROWS, Listing, Row
from data.queries import companies as queries
from data.queries.companies import Sought
from geo import regions

MAP = "map_companies"
DEFAULTS: dict[str, filters.Value] = {"q": "", "region": ""}


def draw(columns: frame.Columns, read: Reader) -> None:
    """Draw the list and its map."""
    with columns.words:
        title = st.container()
        forms.notice()
        head = st.container()
        sought = _filters()
        found = read(queries.chosen, sought)
        ids = tuple(int(one) for one in found["id"])
        number = lists.page(len(ids), PAGE_ROWS)
        shown = ids[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
        counts = (len(ids), int(found["demo"].sum()))
        listing = view.build(read(queries.page, shown), counts, sought, regions.load(), frame.language())
        with title:
            frame.title_row(frame.say("title.companies"), demo=listing.demo)
        _rows(listing, head, read)
        lists.pager(len(ids), PAGE_ROWS)
    with columns.map:
        whole = len(ids) <= MAP_COMPANIES
        _map(read(queries.places, ids if whole else shown), whole=whole)


def _filters() -> Sought:
    left, right = st.columns((3, 2), vertical_alignment="bottom")
    search = left.text_input(
        frame.say("companies.search"),
        key="q",
        placeholder=frame.say("companies.search_hint"),
        icon=":material/search:",
        max_chars=200,
        on_change=lists.first_page,
        bind="query-params",
    )
    return Sought(search or "", lists.region(right))


def _rows(listing: Listing, head: st.delta_generator.DeltaGenerator, read: Reader) -> None:
    with head:
        frame.sentence(listing.sentence)
    if listing.rows:
        with st.container(key="rows"):
            for row in listing.rows:
                _row(row)
        with st.container(horizontal=True):
            _add_button("secondary")
            filters.clear_button(DEFAULTS)
            deleted.button()
        return
    everything = len(read(queries.chosen, Sought()))
    if everything:
        counted = wording.counted(everything, "organisation", frame.language())
        frame.empty(frame.say("companies.none_found"), frame.say("companies.none_found_hint", companies=counted))
        filters.clear_button(DEFAULTS)
    else:
        frame.empty(frame.say("companies.none_yet"), frame.say("companies.none_yet_hint"))
        with st.container(horizontal=True):
            _add_button("primary")
            _import_button()
            deleted.button()


def _add_button(kind: str) -> None:
    st.button(
        frame.say("companies.add"),
        type="primary" if kind == "primary" else "secondary",
        icon=":material/add:",
        key="add_organisation",
        on_click=lambda: forms.open_form("organisation", organisation.fill(None)),
    )


def _import_button() -> None:
    if frame.has_page("importing") and st.button(frame.say("companies.import_file"), key="to_import"):
        frame.open_page("importing")


def _row(row: Row) -> None:
    with st.container(key=f"row_{row.id}"):
        st.button(
            literal(row.name),
            type="tertiary",
            icon=":material/lock:" if row.locked else None,
            help=frame.say("companies.locked") if row.locked else None,
            key=f"open_{row.id}",
            on_click=filters.choose,
            args=("organisation", str(row.id)),
        )
        st.html(f'<p class="small">{escape(row.as_text(frame.language()))}</p>')


def _map(sites: pd.DataFrame, *, whole: bool) -> None:
    language, colours = frame.language(), frame.colours()
    spots = view.spots(sites, regions.load(), language)
    st.pydeck_chart(
        layers_companies.country(spots, colours),
        height="stretch",
        key=MAP,
        on_select=partial(_from_map, MAP),
        selection_mode="single-object",
        alt=frame.say("companies.map_alt", sites=len(spots)),
    )
    frame.legend(legend(colours, part="" if whole else frame.say("companies.map_part")))


def _from_map(key: str) -> None:
    found = st.session_state[key].selection.get("objects", {}).get("sites", [])
    if found:
        filters.choose("organisation", str(found[0]["organisation_id"]))


def legend(colours: palette.Palette, *, chosen: bool = False, part: str = "") -> str:
    """Give the legend of the map: dot, ring, and the chosen site."""
    rows = [f'<div class="row"><i class="dot" style="background:{colours.other}"></i>{_say("legend_site")}</div>']
    if chosen:
        rows += [
            f'<div class="row"><i class="dot" style="background:{colours.accent}"></i>{_say("legend_chosen")}</div>'
        ]
    rows += [f'<div class="row"><i class="ring" style="color:{colours.other}"></i>{_say("legend_vague")}</div>']
    return "".join(rows) + (f'<p class="thin">{escape(part)}</p>' if part else "")


def _say(name: str) -> str:
    return escape(frame.say(f"companies.{name}"))
