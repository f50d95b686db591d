"""The popover of weights: five sliders whose values stand in the link as five digits."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frame, old_links, weighing

LINK = "w"
SEEN = "weights_seen"
WIDTH_PX = 300


def chosen() -> str:
    """Give the five digits that the link holds, or the matcher's own."""
    asked = filters.chosen(LINK)
    if asked is not None and weighing.read(asked) != asked:
        old_links.note(LINK, [asked])
    return weighing.read(asked)


def popover(place: DeltaGenerator) -> None:
    """Draw the sliders and the button that puts them back."""
    digits, default = chosen(), weighing.default()
    label = filters.popover_label(frame.say("partners.weights"), changed=digits != default)
    with place.popover(label, icon=":material/tune:", width="stretch"), st.container(width=WIDTH_PX, gap="small"):
        frame.note(frame.say("partners.weights_hint"))
        turn = _turn()
        for part, digit in zip(weighing.PARTS, digits, strict=True):
            label = frame.say(f"partners.weight_{part}")
            key = _key(part, turn)
            st.slider(label, 0, weighing.MOST, int(digit), key=key, on_change=_keep, args=(turn,))
        st.button(frame.say("partners.weights_reset"), key="weights_reset", disabled=digits == default, on_click=_reset)


def _turn() -> int:
    """Give a number that is another one when the link was changed by anything but the sliders.

    It makes them new sliders, which begin at what the link says. Setting a value at every run instead would push a
    slider back that is just being moved.
    """
    asked = filters.chosen(LINK)
    turn, seen = st.session_state.get(SEEN, (0, asked))
    if asked != seen:
        turn += 1
    st.session_state[SEEN] = (turn, asked)
    return int(turn)


def _key(part: str, turn: int) -> str:
    return f"weight_{part}_{turn}"


def _keep(turn: int) -> None:
    digits = "".join(str(st.session_state[_key(part, turn)]) for part in weighing.PARTS)
    filters.choose(LINK, digits if weighing.read(digits) != weighing.default() else None)
    if int(digits) == 0:  # the link falls back to the matcher's own weights, and the sliders after it
        st.toast(frame.say("match.no_weight"), icon=":material/warning:")
    else:
        st.session_state[SEEN] = (turn, filters.chosen(LINK))


def _reset() -> None:
    filters.choose(LINK, None)
