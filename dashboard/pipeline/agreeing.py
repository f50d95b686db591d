"""The amount that the two sides have agreed on: its field in the form, and what is estimated from it meanwhile."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import frame, wording
from dashboard.frame import say
from dashboard.pipeline.moving import PREFIX, Move
from dashboard.views import pipeline as view
from data.model import ResourceType, Stage
from data.rules import synergy as rules

# What is weighed; heat goes through a pipe, and a service has no tonnes.
WEIGHED = frozenset({ResourceType.MATERIAL, ResourceType.WASTE, ResourceType.WATER})
NOTHING_AGREED = frozenset({Stage.IDENTIFIED, Stage.LAPSED})


def asked(move: Move) -> bool:
    """Tell whether the form asks for the amount."""
    return bool(move.initial["agreed"]) or may_be(move.told, move.stage)


def may_be(synergy: Mapping[str, Any], stage: Stage) -> bool:
    """Tell whether something can be agreed on: where it is weighed, and somebody is talking."""
    return ResourceType(str(synergy["type"])) in WEIGHED and stage not in NOTHING_AGREED


def draw(move: Move) -> None:
    """Draw the field, and say what is counted while it is empty."""
    st.text_input(
        say("move.agreed"),
        key=f"{PREFIX}agreed",
        max_chars=rules.AGREED_CHARACTERS,
        placeholder=say("move.agreed_hint"),
        help=say("move.agreed_help"),
    )
    fitting = move.told["fitting_tonnes"]
    if fitting is not None and not str(move.typed["agreed"]).strip():
        frame.note(say("move.agreed_now", tonnes=view.tonnes(float(fitting), frame.language())))


def told(move: Move) -> Mapping[str, Any]:
    """Give the synergy with the amount that is typed, from which its benefits are estimated and checked."""
    low, high = rules.agreed(move.typed)
    tonnes = move.told["fitting_tonnes"] if low is None or high is None else (low + high) / 2
    return {**move.told, "tonnes_per_year": tonnes}


def fact(synergy: Mapping[str, Any]) -> tuple[str, str]:
    """Name and say what moves in a year: what is agreed, else what fits by the listings, and what is saved by it."""
    language = frame.language()
    if synergy["agreed_high"] is None:
        return say("pipeline.moved"), view.amounts(synergy, language) or wording.UNKNOWN
    fitting = synergy["fitting_tonnes"]
    said = wording.UNKNOWN if fitting is None else view.tonnes(float(fitting), language)
    return say("pipeline.agreed"), say("pipeline.agreed_instead", amount=view.agreed(synergy, language), fitting=said)
