"""The one form that is open: what it was filled from, what is typed into it, and who types."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame
from data.store import edit

OPEN = "sheet"
USER = "sheet_user_name"

Raw = Mapping[str, object]


@dataclass
class Sheet:
    """Hold an open form; it lives in the session until it is saved or closed.

    `row` is the version it was filled from, None for a new row; `parent` is the company of a new site.
    """

    kind: edit.Kind
    initial: Raw
    row: edit.Row | None = None
    parent: int = 0
    tried: bool = False
    asked: bool = False  # whether the user has pressed Delete once
    problem: SynergiaError | None = None
    theirs: Raw | None = field(default=None)  # what somebody else has saved meanwhile
    said: str = ""

    def raw(self) -> dict[str, object]:
        """Give what is typed now; a field that is out of sight holds what it was filled with."""
        return {name: st.session_state.get(key(name), told) for name, told in self.initial.items()}

    def fill(self, raw: Raw) -> None:
        """Put values into the fields."""
        for name, told in raw.items():
            st.session_state[key(name)] = told


def key(name: str) -> str:
    """Name the key of a field's widget."""
    return f"sheet_{name}"


def current() -> Sheet | None:
    """Give the open form."""
    found = st.session_state.get(OPEN)
    return found if isinstance(found, Sheet) else None


def lay(sheet: Sheet) -> None:
    """Open a form, its fields filled."""
    close()
    st.session_state[OPEN] = sheet
    sheet.fill(sheet.initial)


def close() -> None:
    """Close the form and forget what was typed."""
    for name in [name for name in st.session_state if str(name).startswith("sheet_") and name != USER]:
        del st.session_state[name]
    st.session_state.pop(OPEN, None)


def user() -> str:
    """Tell who types: the account's name, else the one asked for once, else the role."""
    return frame.user() or str(st.session_state.get(USER, "")) or frame.say("frame.account")
