"""The moving parts of the page of nearby partners: choosing a resource, opening a row, deciding on a pair."""

from typing import cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.factors import value
from dashboard import filters, frame, layers_partners, reasons, source, wording
from dashboard import source_partners as partners
from dashboard.literal import literal
from dashboard.views import partner_rows
from dashboard.views.partners import ROWS, SCOPES, Empty, Filter, Picked, Row, Scope, View
from data.model import LapseReason
from data.store import synergies
from data.store.synergies import Proposal
from matching.explain import explain
from matching.proposals import proposal

ID_DIGITS = 18  # more than the store can count to
RESOURCE, PARTNER, SHOWN = "resource", "partner", "partner_rows_shown"
SEARCH = "partner_search"
IN_COLUMNS = ("reason.road_km", "reason.estimated_km")  # the row says these in its columns


def choose_resource(stamp: str, place: DeltaGenerator) -> int | None:
    """Show the box that finds a resource, and give the one chosen; None when there is none to choose."""
    language, asked = frame.language(), _number(filters.chosen(RESOURCE))
    labels = partners.choices(stamp, _search(stamp, place), language)
    own = {} if asked is None or asked in labels else partners.label(stamp, asked, language)
    if asked is not None and asked not in labels and not own:
        st.info(frame.say("partners.gone"), icon=":material/link_off:")
        asked = None
    labels = own | labels
    if not labels:
        _show_nothing()
        return None
    options = list(labels)
    key = f"{RESOURCE}_box_{asked}"  # the link decides what stands in the box
    place.selectbox(
        frame.say("partners.resource"),
        options,
        index=options.index(asked) if asked is not None else 0,
        format_func=labels.__getitem__,
        placeholder=frame.say("partners.choose"),
        key=key,
        on_change=_choose_resource,
        args=(key,),
    )
    return asked if asked is not None else options[0]


def _search(stamp: str, place: DeltaGenerator) -> str:
    """Ask for words first where there are more resources than a browser can search by itself."""
    if not partners.too_many(stamp):
        return ""
    return place.text_input(frame.say("partners.choose"), key=SEARCH, max_chars=100)


def _show_nothing() -> None:
    search = str(st.session_state.get(SEARCH, ""))
    if search:
        frame.empty(frame.say("partners.not_found", search=search))
    else:
        frame.empty(frame.say("partners.empty"), frame.say("partners.empty_text"))


def _choose_resource(key: str) -> None:
    filters.choose(RESOURCE, str(st.session_state[key]))
    filters.choose(PARTNER, None)
    st.session_state[SHOWN] = ROWS


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) <= ID_DIGITS else None


def choose_scope(picked: Picked) -> Scope:
    """Show the switch between the sides of the region border, each with its count."""
    counts = {str(scope): len(picked.within[scope]) for scope in SCOPES}
    scope = filters.switch(
        "scope",
        SCOPES,
        lambda one: frame.say(f"partners.scope_{one}", count=counts[one]),
        name=frame.say("partners.scope"),
        default=SCOPES[0],
    )
    return cast("Scope", scope)


def chosen_partner() -> int | None:
    """Tell whose row the link opens."""
    return _number(filters.chosen(PARTNER))


def from_map(key: str) -> None:
    """Open the row of the ring that was clicked."""
    objects = st.session_state[key].selection.objects
    picked = [one for layer, found in objects.items() if layer.startswith(layers_partners.PARTNERS) for one in found]
    if picked:
        filters.choose(PARTNER, str(picked[0]["partner"]))


def rows() -> int:
    """Tell how many rows the list shows."""
    return int(st.session_state.get(SHOWN, ROWS))


def show_list(stamp: str, view: View, decided: pd.DataFrame, chosen: Filter) -> None:
    """Show the partners, the open one with its reasons and decisions, and what lies beyond the limit."""
    language, colours = frame.language(), frame.colours()
    if view.origin.vague:
        frame.note(frame.say("partners.hidden_origin"))
    if view.weak:
        frame.note(frame.say("partners.weak"))
    if view.empty is not None:
        _show_empty(view.empty)
        return
    with st.container(key="partner_list"):
        st.html(partner_rows.head(view, language))
        for row in view.rows:
            with st.container(key=f"partner_open_{row.number}" if row.selected else f"partner_row_{row.number}"):
                st.html(partner_rows.row(row, colours, language))
                if row.selected:
                    _opened(stamp, row, decided)
                else:
                    st.button(
                        literal(partner_rows.spoken(row, language)),
                        key=f"open_{row.partner}",
                        on_click=filters.choose,
                        args=(PARTNER, str(row.partner)),
                    )
    if view.more:
        st.button(frame.say("partners.more", count=view.more), type="tertiary", on_click=_show_all, args=(chosen,))
    if view.beyond:
        frame.note(view.beyond)


def _show_empty(empty: Empty) -> None:
    frame.empty(empty.title, empty.words)
    if empty.limit_km is not None:
        label = frame.say("partners.show_to", km=wording.quantity(empty.limit_km, "km", frame.language()))
        st.button(label, type="primary", on_click=_widen, args=(empty.limit_km,))


def _widen(limit_km: int) -> None:
    st.session_state["km"] = limit_km


def _show_all(chosen: Filter) -> None:
    st.session_state[SHOWN] = chosen.rows * 2


def _opened(stamp: str, row: Row, decided: pd.DataFrame) -> None:
    language = frame.language()
    said = [reason for reason in explain(partners.index(stamp), row.match) if reason.key not in IN_COLUMNS]
    score = frame.say("partners.score", percent=wording.percent(row.score, language))
    haul = ""
    if row.method != "none":
        payload = wording.quantity(value("truck.payload"), "t", language)
        haul = frame.say("partners.haul", minutes=row.minutes, payload=payload)
    st.html(partner_rows.more(reasons.line(said, language)) + partner_rows.more(f"{score}. {haul}".strip(), pale=True))
    stage = decided[decided["partner_id"] == row.partner]
    with st.container(horizontal=True, key="partner_actions", vertical_alignment="center"):
        if len(stage):
            st.badge(_stage(stage.iloc[0]), color="blue")
            return
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
    taken = synergies.take_up(source.engine(), frame.user(), _proposal(stamp, row))
    source.refresh()
    if taken.changed:
        st.toast(frame.say("partners.taken"), icon=":material/check:")
    else:
        st.toast(frame.say("partners.taken_before", stage=frame.say(f"stage.{taken.stage}")))


def _reject(stamp: str, row: Row) -> None:
    reason = st.session_state.get("reject")
    if reason is None:
        return
    synergies.reject(source.engine(), frame.user(), _proposal(stamp, row), LapseReason(reason))
    source.refresh()
    st.toast(frame.say("partners.rejected", reason=frame.say(f"lapse_reason.{reason}")))
