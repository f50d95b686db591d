"""The popover of weights: five sliders whose values stand in the link as five digits."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frame, weighing

LINK = "w"
WIDTH_PX = 300


def chosen() -> str:
    """Give the five digits that the link holds, or the matcher's own."""
    return weighing.read(filters.chosen(LINK))


def popover(place: DeltaGenerator) -> None:
    """Draw the sliders and the button that puts them back."""
    digits, default = chosen(), weighing.default()
    label = filters.popover_label(frame.say("partners.weights"), changed=digits != default)
    with place.popover(label, icon=":material/tune:", width="stretch"), st.container(width=WIDTH_PX, gap="small"):
        frame.note(frame.say("partners.weights_hint"))
        for part, digit in zip(weighing.PARTS, digits, strict=True):
            if st.session_state.get(_key(part)) != int(digit):
                # The link decides, but a value set anew would push a slider back that is just being moved.
                st.session_state[_key(part)] = int(digit)
            st.slider(frame.say(f"partners.weight_{part}"), 0, weighing.MOST, key=_key(part), on_change=_keep)
        st.button(frame.say("partners.weights_reset"), key="weights_reset", disabled=digits == default, on_click=_reset)


def _key(part: str) -> str:
    return f"weight_{part}"


def _keep() -> None:
    digits = "".join(str(st.session_state[_key(part)]) for part in weighing.PARTS)
    if int(digits) == 0:
        st.toast(frame.say("match.no_weight"), icon=":material/warning:")
    filters.choose(LINK, digits if weighing.read(digits) != weighing.default() else None)


def _reset() -> None:
    filters.choose(LINK, None)
