"""What a link asks for and is not there (any more): the page falls back, and says so until another choice is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import frame
from dashboard.literal import literal

KEPT = "old_link"
LETTERS = 40


@dataclass
class Missed:
    """Hold what was asked for in vain; `place` belongs to one run, and `link` is what was left when that had ended."""

    page: str
    place: DeltaGenerator
    told: dict[str, str] = field(default_factory=dict)
    link: str | None = None


def note(key: str, values: Sequence[str]) -> None:
    """Say above the page that what the link's `key` asks for isn't there; or go on saying what was said before."""
    missed = _current()
    if values:
        if missed is None:
            missed = Missed(_page(), frame.above())
        missed.told[key] = ", ".join(f"{key}={one[:LETTERS]}" for one in values)
        st.session_state[KEPT] = missed
    if missed is not None:
        words = frame.say("frame.link_gone", filters=literal("; ".join(missed.told.values())))
        missed.place.info(words, icon=":material/link_off:")


def _current() -> Missed | None:
    """Give what was told before, unless the page or the link is another one since."""
    missed = st.session_state.get(KEPT)
    if not isinstance(missed, Missed):
        return None
    place = frame.above()
    if missed.place is not place:  # another run: by now the link has been mended
        now = str(sorted((name, st.query_params.get_all(name)) for name in st.query_params))
        if missed.page != _page() or missed.link not in {None, now}:
            del st.session_state[KEPT]
            return None
        missed.link, missed.place = now, place
    return missed


def _page() -> str:
    return (st.context.url or "").split("?")[0]
