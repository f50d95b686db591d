"""Filters: a frozen dataclass a page, widgets whose keys are the parameters of the link, and clearing them.

Streamlit binds a widget to the parameter named by its key and drops the default from the link. Ids that are chosen on
the map or in a table are set through `choose`, which puts them into the link as well.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import frame


def popover_label(value: str, *, changed: bool) -> str:
    """Give the label of a filter: its value, in the accent colour when it is not the default."""
    safe = value.replace("[", "\\[").replace("]", "\\]")
    return f":blue[{safe}]" if changed else safe


def changed(defaults: dict[str, object]) -> bool:
    """Tell whether any of these keys holds something else than its default."""
    return any(st.session_state.get(key, default) not in (default, None) for key, default in defaults.items())


def clear_button(defaults: dict[str, object]) -> None:
    """End a row of filters with the button that clears them, once one is changed."""
    if changed(defaults):
        st.button(frame.say("frame.clear_filters"), type="tertiary", on_click=_reset, args=(defaults,))


def _reset(defaults: dict[str, object]) -> None:
    for key, default in defaults.items():
        st.session_state[key] = default


def switch(key: str, options: Sequence[str], label: Callable[[str], str], *, name: str, default: str) -> str:
    """Show a switch of one row that is always set, bound to the parameter `key`."""
    st.session_state.setdefault(key, default)
    chosen = st.segmented_control(
        name, options, format_func=label, key=key, required=True, label_visibility="collapsed", bind="query-params"
    )
    return str(chosen or default)


def chosen(key: str) -> str | None:
    """Tell the id that the link holds under `key`; None when there is none."""
    return st.query_params.get(key) or None


def choose(key: str, value: str | None) -> None:
    """Put an id into the link, or take it out."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
