"""The ranked list of partners: rows, the open one with its reasons, and what a coordinator decides on it."""

from html import escape

import pandas as pd
import streamlit as st

from config.errors import StaleEdit
from dashboard import filters, frame, partner_actions, partner_calculation, reasons, source, wording
from dashboard import source_partners as partners
from dashboard.forms.undo import refusal
from dashboard.literal import literal
from dashboard.views import partner_rows, partner_table, partner_terms
from dashboard.views.partner_terms import Terms
from dashboard.views.partners import Empty, Row, View
from data.model import LapseReason, Stage
from data.store import synergies
from data.store.synergies import Proposal
from matching.proposals import proposal

IN_COLUMNS = ("reason.road_km", "reason.estimated_km")  # the row says these in its columns


def show(stamp: str, view: View, decided: pd.DataFrame, terms: Terms) -> None:
    """Show the partners, the open one with its reasons and decisions, and what lies beyond the limit."""
    language, colours = frame.language(), frame.colours()
    if view.origin.vague:
        frame.note(frame.say("partners.hidden_origin"))
    if view.weak:
        frame.note(frame.say("partners.weak_want" if view.offered else "partners.weak_have"))
    if view.empty is not None:
        _show_empty(view.empty)
        return
    with st.container(key="partner_list"):
        st.html(partner_rows.head(view, language))
        for row in view.rows:
            with st.container(key=f"partner_open_{row.number}" if row.selected else f"partner_row_{row.number}"):
                st.html(partner_rows.row(row, colours, language))
                if row.selected:
                    _opened(stamp, row, decided, terms)
                else:
                    st.button(
                        literal(partner_rows.spoken(row, language)),
                        key=f"open_{row.partner}",
                        on_click=filters.choose,
                        args=(partner_actions.PARTNER, str(row.partner)),
                    )
    if view.more:
        st.button(frame.say("partners.more", count=view.more), type="tertiary", on_click=partner_actions.show_all)
    if view.beyond:
        frame.note(view.beyond)
    with st.expander(frame.say("partners.as_table")):
        st.html(partner_table.html(view, language))


def _show_empty(empty: Empty) -> None:
    frame.empty(empty.title, empty.words)
    if empty.limit_km is not None:
        label = frame.say("partners.show_to", km=wording.quantity(empty.limit_km, "km", frame.language()))
        st.button(label, type="primary", on_click=_widen, args=(empty.limit_km,))


def _widen(limit_km: int) -> None:
    st.session_state["km"] = limit_km


def _opened(stamp: str, row: Row, decided: pd.DataFrame, terms: Terms) -> None:
    st.html(partner_rows.more(escape(_reasons(stamp, row))) + partner_rows.more(_haul(row, terms), pale=True))
    stage = decided[decided["partner_id"] == row.partner]
    with st.container(horizontal=True, key="partner_actions", vertical_alignment="center"):
        if len(stage):
            st.badge(_stage(stage.iloc[0]), color="blue")
        else:
            _decide(stamp, row)
        if partner_terms.haul(row.match, terms) is not None:
            partner_calculation.button(row)


def _reasons(stamp: str, row: Row) -> str:
    language = frame.language()
    pair = (int(row.match["have_id"]), int(row.match["want_id"]))
    said = [one for one in partners.explained(stamp, *pair, row.match) if one.key not in IN_COLUMNS]
    parts = [reasons.line(said, language)]
    if row.precedents:
        parts.append(partner_rows.precedents(row, language))
    return wording.capital(reasons.BETWEEN.join(part for part in parts if part))


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


def _decide(stamp: str, row: Row) -> None:
    st.button(frame.say("partners.take_up"), type="primary", key="take_up", on_click=_take_up, args=(stamp, row))
    with st.popover(frame.say("partners.reject"), type="tertiary"):
        st.pills(
            frame.say("partners.reject_reason"),
            list(LapseReason),
            format_func=lambda reason: frame.say(f"lapse_reason.{reason}"),
            key="reject",
            on_change=_reject,
            args=(stamp, row),
        )


def _stage(found: "pd.Series[str]") -> str:
    stage = frame.say(f"stage.{found['stage']}")
    if isinstance(found["owner"], str):
        return frame.say("partners.stage_owner", stage=stage, owner=found["owner"])
    return frame.say("partners.stage", stage=stage)


def _proposal(stamp: str, row: Row) -> Proposal:
    return Proposal(**proposal(partners.index(stamp), row.match))


def _take_up(stamp: str, row: Row) -> None:
    try:
        taken = synergies.take_up(source.engine(), frame.user(), _proposal(stamp, row), Stage.IDENTIFIED)
    except StaleEdit as problem:
        _late(problem)
        return
    source.refresh()
    if taken.changed:
        st.toast(frame.say("partners.taken"), icon=":material/check:")
    else:
        st.toast(frame.say("partners.taken_before", stage=frame.say(f"stage.{taken.stage}")))


def _reject(stamp: str, row: Row) -> None:
    reason = st.session_state.get("reject")
    if reason is None:
        return
    try:
        synergies.reject(source.engine(), frame.user(), _proposal(stamp, row), LapseReason(reason))
    except StaleEdit as problem:
        _late(problem)
        return
    source.refresh()
    st.toast(frame.say("partners.rejected", reason=frame.say(f"lapse_reason.{reason}")))


def _late(problem: StaleEdit) -> None:
    """Say who was first, and show how it stands now."""
    source.refresh()
    st.toast(literal(refusal(problem)), icon=":material/warning:")
