"""The row of filters of nearby partners: popovers that show their value and live in the link."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import filters, frame, wording
from dashboard.literal import literal
from dashboard.views.partner_filters import AMOUNTS, HAZARD, LAPSED, OPEN, Pool, Wanted
from matching import concepts

DEFAULTS: dict[str, filters.Value] = {"type": [], "material": [], "stage": [], "hazardous": "", "quantity": 0}


def choose(pool: Pool) -> Wanted:
    """Draw the row, and give what is asked for."""
    language = frame.language()
    table = concepts.load().concepts
    materials = {one: table[one].name(language) for one in pool.materials() if one in table}
    types = {one: frame.say(f"type.{one}") for one in pool.types()}
    stages = {one: frame.say("partners.stage_open" if one == OPEN else f"stage.{one}") for one in pool.stages()}
    _say_gone({"type": types, "material": materials, "stage": {**stages, LAPSED: ""}})
    with st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small"):
        wanted = Wanted(
            types=_several("type", types),
            materials=_several("material", materials),
            stages=_several("stage", stages),
            hazardous=str(_one("hazardous", {one: frame.say(f"partners.hazardous_{one or 'all'}") for one in HAZARD})),
            tonnes=int(_one("quantity", {one: _least(one) for one in AMOUNTS})),
        )
        filters.clear_button(DEFAULTS)
    return wanted


def clear() -> None:
    """Ask for all again, in a callback."""
    st.session_state.update(DEFAULTS)


def _least(tonnes: int) -> str:
    if not tonnes:
        return frame.say("partners.quantity_all")
    return frame.say("partners.quantity_least", amount=wording.quantity(tonnes, "t", frame.language()))


def _say_gone(known: dict[str, dict[str, str]]) -> None:
    """Say which filters of the link there are no partners for any more; the page falls back to all."""
    gone = [one for key, options in known.items() for one in st.query_params.get_all(key) if one and one not in options]
    if gone:
        values = ", ".join(_named(one) for one in gone)
        st.info(frame.say("partners.filter_gone", values=literal(values)), icon=":material/link_off:")


def _named(value: str) -> str:
    table = concepts.load().concepts
    return table[value].name(frame.language()) if value in table else value[:40]


def _several(key: str, options: dict[str, str]) -> tuple[str, ...]:
    filters.seed(key, list(options), [])
    now = [one for one in st.session_state[key] or [] if one in options]
    st.session_state[key] = now
    with st.popover(filters.popover_label(_said(key, now, options), changed=bool(now))):
        picked: Sequence[str] = (
            st.pills(
                frame.say(f"partners.filter_{key}"),
                list(options),
                selection_mode="multi",
                format_func=options.__getitem__,
                key=key,
            )
            or ()
        )
    filters.keep(key, [])
    return tuple(sorted(picked))


def _said(key: str, now: Sequence[str], options: dict[str, str]) -> str:
    if not now:
        return frame.say(f"partners.{key}_all")
    return options[now[0]] if len(now) == 1 else frame.say(f"partners.{key}_some", count=len(now))


def _one(key: str, options: Mapping[Any, str]) -> str | int:
    values: list[str | int] = list(options)
    filters.seed(key, values, values[0])
    now = st.session_state[key]
    with st.popover(filters.popover_label(options[now], changed=now != values[0])):
        picked = st.radio(frame.say(f"partners.filter_{key}"), values, format_func=options.__getitem__, key=key)
    filters.keep(key, values[0])
    return picked if picked is not None else values[0]
