"""Controls that two facilitators share."""

import pytest
import streamlit as st

from dashboard.workshop import acts


@pytest.mark.parametrize(
    ("key", "said", "heard"),
    [
        ("paused_1", True, [(7, "paused", True)]),  # a press
        ("paused_1", False, []),  # what is shown anyway
        ("paused_0", True, []),  # a control put aside, whose page sends once more what it showed
        ("paused_1", None, []),
    ],
)
def test_only_what_is_shown_and_new_is_a_press(key: str, said: object, heard: list[object]) -> None:
    """A pause that somebody else has ended does not begin anew by itself."""
    told: list[object] = []
    st.session_state.update({"paused_shown": ("paused_1", False), key: said})
    acts._heard("paused", key, lambda *one: told.append(one), 7)  # noqa: SLF001 - what a control calls
    assert told == heard
