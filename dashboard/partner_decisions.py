"""What a coordinator decides on a partner: take it up as a synergy, reject it with a reason, or go to the synergy."""

from typing import Any

import pandas as pd
import streamlit as st

from config.errors import StaleEdit
from dashboard import frame, source
from dashboard import source_partners as partners
from dashboard.forms.undo import refusal
from dashboard.literal import literal
from dashboard.partner_shown import Shown
from dashboard.views.partners import Row
from data.model import LapseReason, Stage
from data.store import synergies
from data.store.synergies import Proposal
from matching.proposals import proposal


def draw(shown: Shown, row: Row) -> None:
    """Draw the buttons, or the stage where somebody has decided."""
    decided = shown.decided
    own = int(row.match["own_id"])
    found = decided[(decided["partner_id"] == row.partner) & (decided["own_id"] == own)]
    if len(found):
        st.badge(_stage(found.iloc[0]), color="blue")
        if frame.has_page("pipeline") and st.button(
            frame.say("partners.to_pipeline"), type="tertiary", icon=":material/view_kanban:", key="to_pipeline"
        ):
            frame.open_page("pipeline", id=str(int(found.iloc[0]["synergy_id"])))
        return
    stamp = shown.stamp
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


def _stage(found: "pd.Series[Any]") -> str:
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
