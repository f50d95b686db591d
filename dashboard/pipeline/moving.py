"""The form in which a synergy is moved: what it was filled from, what is typed, and whether it may be opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from config.errors import StoreProblem, SynergiaError
from dashboard import frame, source
from dashboard.forms import sheet
from data import viewer
from data.model import Stage
from data.queries import pipeline_detail
from data.rules.synergy import agreed_text, following
from data.store.pipeline import AGREED, EDITED, Row
from data.viewer import Role

OPEN, SAID, PREFIX = "move_form", "pipeline_said", "move_"
Raw = Mapping[str, object]


@dataclass
class Move:
    """Hold an open form; it lives in the session until it is saved or closed.

    `told` is the synergy as it was read, `initial` what the fields were filled with then, and `typed` what stood in
    them last: the page that draws them may break, and Streamlit forgets fields that aren't drawn.
    """

    row: Row
    told: Mapping[str, Any]
    initial: Raw
    typed: dict[str, object]
    benefits: int
    only_edit: bool = False
    tried: bool = False
    said: str = ""
    problem: SynergiaError | None = None
    theirs: Raw | None = field(default=None)  # what somebody else has saved meanwhile
    offered: Raw = field(default_factory=dict)  # what we filled in ourselves: nobody's change as long as it stands

    @property
    def stage(self) -> Stage:
        """Give the stage that is chosen."""
        return Stage(str(self.typed["stage"]))

    def note(self) -> None:
        """Take over what the fields hold now."""
        for name in self.typed:
            self.typed[name] = st.session_state.get(PREFIX + name, self.typed[name])

    def fill(self) -> None:
        """Put what was typed into fields that hold nothing."""
        for name, told in self.typed.items():
            st.session_state.setdefault(PREFIX + name, told)


def allowed() -> bool:
    """Tell whether who looks may move synergies at all; the database decides on each."""
    who = viewer.current()
    return who is not None and who.role in {Role.NATIONAL, Role.REGIONAL}


def current() -> Move | None:
    """Give the open form."""
    found = st.session_state.get(OPEN)
    return found if isinstance(found, Move) else None


def lay(synergy_id: int, *, only_edit: bool = False) -> None:
    """Open the form of a synergy with the stage that comes next, or with its own; for the callback of a button."""
    close()
    try:
        told, initial, benefits = read(synergy_id)
    except SynergiaError as problem:
        st.session_state[SAID] = problem
        return
    typed = dict(initial)
    if not only_edit:
        typed["stage"] = following(Stage(str(initial["stage"]))).value
    offered = {"owner": sheet.user()} if told["owner"] is None else {}
    typed |= offered
    row = Row(synergy_id, int(told["version"]))
    move = Move(row, told, initial, typed | {"sure": False}, benefits, only_edit, offered=offered)
    st.session_state[OPEN] = move


def read(synergy_id: int) -> tuple[Mapping[str, Any], Raw, int]:
    """Read a synergy as it stands now: its facts, the fields of the form, and the number of its benefits."""
    told = pipeline_detail.synergy(source.engine(), synergy_id)
    if told is None:
        raise StoreProblem("store.not_found")
    initial = {name: told[name] for name in EDITED if name not in AGREED} | {"owner": told["owner"] or ""}
    initial["agreed"] = agreed_text(*(told[name] for name in AGREED))
    return told, initial, len(pipeline_detail.benefits(source.engine(), synergy_id))


def close() -> None:
    """Close the form and forget what was typed."""
    for name in [name for name in st.session_state if str(name).startswith(PREFIX)]:
        del st.session_state[name]


def trouble() -> None:
    """Say what went wrong when a button was pressed."""
    problem = st.session_state.pop(SAID, None)
    if isinstance(problem, SynergiaError):
        st.error(frame.say(problem.key, **problem.values), icon=":material/error:")
