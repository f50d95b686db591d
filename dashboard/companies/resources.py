"""A company's resources as rows; the chosen one opens with its details, its years and what can be done with it."""

from datetime import datetime
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import filters, forms, frame, listing_draft, palette, wording
from dashboard.companies import profile_facts
from dashboard.forms import resource as form
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import company as view
from dashboard.views.company import ResourceRow
from dashboard.views.history import FINLAND
from dashboard.views.records import Record, records
from data.model import Direction
from data.queries import companies as queries
from data.store import edit

ROWS = 20
SHOWN = "resources_shown"


def draw(read: Reader, organisation_id: int, held: pd.DataFrame, own: pd.DataFrame) -> None:
    """Draw the rows, or say what to do where there are none."""
    if held.empty:
        words = "no_sites" if own.empty else "no_resources"
        frame.empty(frame.say(f"company.{words}"), frame.say(f"company.{words}_hint"))
        return
    language = frame.language()
    rows = view.resource_rows(held, language, datetime.now(FINLAND).date())
    chosen = filters.chosen("resource")
    shown = _shown(rows, chosen, organisation_id)
    by_id = {int(row["id"]): row for row in records(held)}
    with st.container(key="rows"):
        for row in rows[:shown]:
            opened = str(row.id) == chosen
            with st.container(key=f"row_resource_{row.id}"):
                _head(row, opened=opened)
                if opened:
                    _open(read, organisation_id, row, by_id[row.id])
    if shown < len(rows):
        words = frame.say("company.more", count=min(ROWS, len(rows) - shown))
        st.button(words, type="tertiary", key="more_resources", on_click=_more, args=(organisation_id, shown))


def _shown(rows: tuple[ResourceRow, ...], chosen: str | None, organisation_id: int) -> int:
    asked = int(st.session_state.get(f"{SHOWN}_{organisation_id}", ROWS))
    at = next((number for number, row in enumerate(rows, 1) if str(row.id) == chosen), 0)
    return max(asked, at)


def _more(organisation_id: int, shown: int) -> None:
    st.session_state[f"{SHOWN}_{organisation_id}"] = shown + ROWS


def _head(row: ResourceRow, *, opened: bool) -> None:
    have = row.direction is Direction.HAVE
    sign = ":green[●]" if have else ":orange[○]"
    st.button(
        f"{sign} {literal(row.title)}",
        type="tertiary",
        icon=f":material/{palette.TYPE_ICONS[row.type]}:",
        key=f"resource_{row.id}",
        on_click=filters.choose,
        args=("resource", None if opened else str(row.id)),
    )
    expired = f' · <span class="hazard">{escape(frame.say("company.expired"))}</span>' if row.expired else ""
    st.html(f'<p class="small">{escape(row.line)}{expired}</p>')


def _open(read: Reader, organisation_id: int, row: ResourceRow, record: Record) -> None:
    with st.container(key=f"opened_{row.id}"):
        st.html(profile_facts.as_html(row.details))
        if row.years:
            _years(read, organisation_id, row.id)
        with st.container(horizontal=True):
            if st.button(
                frame.say("company.find_partners"), type="primary", icon=":material/near_me:", key="find_partners"
            ):
                frame.open_page("partners", resource=str(row.id))
            st.button(
                frame.say("company.edit"),
                icon=":material/edit:",
                key="edit_resource",
                on_click=lambda: forms.open_form(
                    "resource",
                    form.fill(record, frame.language()),
                    edit.Row("resource", row.id, int(record["version"])),
                    parent=organisation_id,
                ),
            )
            st.button(
                frame.say("company.show_on_map"),
                type="tertiary",
                key="resource_on_map",
                on_click=filters.choose,
                args=("site", str(record["site_id"])),
            )
            listing_draft.button(row.id)


def _years(read: Reader, organisation_id: int, resource_id: int) -> None:
    language, colours = frame.language(), frame.colours()
    series = view.series(read(queries.years, organisation_id), resource_id, language)
    axis = alt.Axis(labelAngle=0, labelColor=colours.secondary, title=None, grid=False, labelOverlap=True)
    chart = (
        alt.Chart(series)
        .mark_bar(color=colours.other, size=18)
        .encode(
            x=alt.X("year:O", axis=axis),
            y=alt.Y("tonnes:Q", axis=None),
            tooltip=[
                alt.Tooltip("year:O", title=frame.say("company.year")),
                alt.Tooltip("told:N", title=frame.say("company.tonnes")),
            ],
        )
        .properties(height=110)
    )
    st.html(f'<p class="small">{escape(frame.say("company.years"))}</p>')
    st.altair_chart(chart, width="stretch", key=f"years_{resource_id}", alt=frame.say("company.years_alt"))
    with st.expander(frame.say("company.years_table")):
        st.html(_table(series))


def _table(series: pd.DataFrame) -> str:
    heads = (("", "company.year"), ("n", "company.tonnes"), ("", "company.basis"))
    head = "".join(f'<th scope="col" class="{kind}">{escape(frame.say(key))}</th>' for kind, key in heads)
    body = "".join(
        f'<tr><td>{row["year"]}</td><td class="n">{escape(row["told"])}</td><td>{escape(row["basis"])}</td></tr>'
        for row in records(series)
    )
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{body or wording.UNKNOWN}</tbody></table>'
