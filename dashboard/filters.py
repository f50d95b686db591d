"""Filters: widgets whose keys are the parameters of the link, so that every view is a link.

Streamlit can bind a widget to a parameter, but then the link holds the option's label in the language of the day. Here
it holds our own codes: `seed` before the widget takes over what the link says, `keep` after it writes the link.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard import frame, old_links
from dashboard.literal import literal

Value = str | int | list[str]


def seed(key: str, options: Sequence[str | int], default: Value) -> None:
    """Set the widget `key` to what the link says, when the link is another than last time.

    The link changes when somebody opens one, goes back in the browser, or comes from another page. What it asks for
    and is no option is left out, and said.
    """
    asked = st.query_params.get_all(key)
    gone: list[str] = []
    if asked != st.session_state.get(_seen(key)) or key not in st.session_state:
        st.session_state[key] = _read(asked, options, default) if asked else default
        st.session_state[_seen(key)] = asked
        known = {str(one) for one in options}
        gone = [one for one in asked if one and one not in known]
    old_links.note(key, gone)
    now = st.session_state[key]
    if not isinstance(now, list) and now not in options:  # another choice has taken the option away
        st.session_state[key] = default


def keep(key: str, default: Value) -> None:
    """Write the value of the widget `key` into the link; the default stays out of it."""
    now = st.session_state.get(key, default)
    values = [] if now is None or now == default else [str(one) for one in now] if isinstance(now, list) else [str(now)]
    if isinstance(now, list) and not now and default:  # nothing at all is a choice, too
        values = [""]
    if values != st.query_params.get_all(key):
        choose(key, values)
    st.session_state[_seen(key)] = values


def _seen(key: str) -> str:
    return f"link_{key}"


def _read(asked: Sequence[str], options: Sequence[str | int], default: Value) -> Value:
    known = {str(one): one for one in options}
    if isinstance(default, list):
        return [one for one in asked if one in known]
    return known.get(asked[0], default)


def popover_label(value: str, *, changed: bool) -> str:
    """Give the label of a filter: its value, in the accent colour when it is not the default."""
    safe = literal(value)
    return f":blue[{safe}]" if changed else safe


def changed(defaults: Mapping[str, object]) -> bool:
    """Tell whether any of these keys holds something else than its default."""
    return any(st.session_state.get(key, default) not in (default, None) for key, default in defaults.items())


def clear_button(defaults: Mapping[str, object], label: str = "") -> None:
    """End a row of filters with the button that clears them, once one is changed; a full row has a shorter label."""
    if changed(defaults):
        words = label or frame.say("frame.clear_filters")
        st.button(words, type="tertiary", on_click=_reset, args=(defaults,))


def _reset(defaults: Mapping[str, object]) -> None:
    st.session_state.update(defaults)


def switch(key: str, options: Sequence[str], label: Callable[[str], str], *, name: str, default: str) -> str:
    """Show a switch of one row that is always set, kept in the link under `key`."""
    seed(key, options, default)
    chosen = st.segmented_control(
        name, options, format_func=label, key=key, required=True, label_visibility="collapsed"
    )
    keep(key, default)
    return str(chosen or default)


def chosen(key: str) -> str | None:
    """Tell the id that the link holds under `key`; None when there is none."""
    return st.query_params.get(key) or None


def choose(key: str, value: str | Sequence[str] | None) -> None:
    """Put an id into the link, or take it out."""
    if value:
        st.query_params[key] = value if isinstance(value, str) else list(value)
    elif key in st.query_params:
        del st.query_params[key]
