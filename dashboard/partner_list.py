"""The ranked list of partners: rows, the open one with its reasons, and what a coordinator decides on it."""

from html import escape

import streamlit as st

from dashboard import (
    filters,
    frame,
    legal_hints,
    partner_actions,
    partner_calculation,
    partner_compare,
    partner_decisions,
    partner_filters,
    partner_sheet,
    wording,
)
from dashboard.literal import literal
from dashboard.partner_choosing import PARTNER
from dashboard.partner_shown import Shown, reason_line
from dashboard.views import partner_rows, partner_table, partner_terms
from dashboard.views.partner_terms import Terms
from dashboard.views.partners import Empty, Row, View


def show(shown: Shown, *, filtered: int = 0) -> None:
    """Show the partners, the open one with its reasons and decisions, and what lies beyond the limit."""
    view, language, colours = shown.view, frame.language(), frame.colours()
    _notes(shown)
    if view.empty is not None:
        _show_empty(view, view.empty, filtered)
        return
    partner_compare.bar(shown.view)
    with st.container(key="partner_list"):
        st.html(partner_rows.head(view, language))
        for row in view.rows:
            with st.container(key=f"partner_open_{row.number}" if row.selected else f"partner_row_{row.number}"):
                st.html(partner_rows.row(row, colours, language))
                if row.selected:
                    _opened(shown, row)
                else:
                    st.button(
                        literal(partner_rows.spoken(row, language)),
                        key=f"open_{row.partner}",
                        on_click=filters.choose,
                        args=(PARTNER, str(row.partner)),
                    )
    if view.more:
        st.button(frame.say("partners.more", count=view.more), type="tertiary", on_click=partner_actions.show_all)
    if view.beyond:
        frame.note(view.beyond)
    with st.expander(frame.say("partners.as_table")):
        st.html(partner_table.html(view, language))


def _notes(shown: Shown) -> None:
    view = shown.view
    if shown.subject.idea is not None:
        frame.note(frame.say("partners.idea_origin"))
    elif view.origin.vague:
        frame.note(frame.say("partners.hidden_origin"))
    if view.weak:
        frame.note(frame.say("partners.weak_want" if view.offered else "partners.weak_have"))


def _show_empty(view: View, empty: Empty, filtered: int) -> None:
    if filtered:
        frame.empty(frame.say("partners.none_filtered"), frame.say("partners.none_filtered_text", count=filtered))
        st.button(frame.say("frame.clear_filters"), key="clear_all", on_click=partner_filters.clear)
        return
    frame.empty(empty.title, empty.words)
    if empty.limit is not None:
        limit = wording.quantity(empty.limit, view.limit.unit, frame.language())
        label = frame.say("partners.show_to", km=limit)
        st.button(label, type="primary", on_click=_widen, args=(view.limit.unit, empty.limit))


def _widen(unit: str, amount: int) -> None:
    st.session_state[unit] = amount


def _opened(shown: Shown, row: Row) -> None:
    html = partner_rows.more(escape(reason_line(shown, row))) + partner_rows.more(_haul(row, shown.terms), pale=True)
    st.html(html)
    stored = shown.subject.idea is None
    if stored and row.name is None:
        frame.note(frame.say("partners.hidden_name"))
    with st.container(horizontal=True, key="partner_actions", vertical_alignment="center", gap="small"):
        if stored:
            partner_decisions.draw(shown, row)
        if partner_terms.haul(row.match, shown.terms) is not None:
            partner_calculation.button(row)
            partner_sheet.button(shown, row)
        partner_compare.button(row)
        label = frame.say("legal.title")
        if stored and st.button(label, icon=":material/gavel:", type="tertiary", key="legal"):
            st.dialog(label, width="large")(legal_hints.draw)(*row.pair)


def _haul(row: Row, terms: Terms) -> str:
    language = frame.language()
    fit = frame.say("partners.score", percent=wording.percent(row.score, language))
    if row.method == "none":
        return escape(f"{fit}.")
    time = frame.say("partners.one_way", minutes=row.minutes)
    margin = partner_terms.margin(row.match, terms, language)
    if not margin:
        return escape(f"{fit}, {time}.")
    return f"{margin} {escape(partner_terms.assumed(terms, language))} {escape(f'{time}, {fit[:1].lower()}{fit[1:]}.')}"
