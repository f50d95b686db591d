"""Go through a workshop that has ended once more: a slider and a button that plays it, for the whole page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import streamlit as st

from dashboard import source
from dashboard.frame import say
from dashboard.live.board import Board, until
from dashboard.live.telling import FINLAND
from data.queries import events as queries

Row = Mapping[str, Any]
MOMENTS_MAX = 60  # of a long workshop: to play it takes two minutes, however long it was
STEP_S = 2.0
KINDS = {"card", "match", "hide", "unmatch"}  # what changes the wall
SLIDER, WANTED, PLAYS, STEPPED = "replay", "replay_wanted", "replay_plays", "replay_stepped"


@dataclass(frozen=True)
class Seen:
    """Hold what the page shows of a workshop: as it is now, or as it was at the moment that the slider is at."""

    board: Board
    cards: Sequence[Row]
    now: datetime
    replayed: bool = False  # a moment before the end


def seen(event: Row) -> Seen:
    """Give what the page is to show."""
    lines, cards = queries.lines(source.engine(), event["id"]), queries.cards(source.engine(), event["id"])
    if event["status"] != "closed":
        return Seen(Board().take_all(lines), cards, datetime.now(UTC))
    chosen = int(st.session_state.get(SLIDER) or 0)
    moment = next((line["at"] for line in lines if line["seq"] == chosen), None)
    if moment is None or chosen == moments(lines)[-1]["seq"]:
        return Seen(Board().take_all(lines), cards, event["closed_at"] or datetime.now(UTC))
    came = [card for card in cards if card["received_at"] <= moment]
    return Seen(Board().take_all(until(lines, chosen)), came, moment, replayed=True)


def moments(lines: Sequence[Row]) -> list[Row]:
    """Choose the lines at which the slider stops, in the order of their times: the last, and some before it.

    One of each second at most: that is what the slider shows of a time, and two that look the same are one to it.
    """
    ordered = sorted((line for line in lines if line["kind"] in KINDS), key=lambda line: (line["at"], line["seq"]))
    told = [*{line["at"].replace(microsecond=0): line for line in ordered}.values()]
    apart = max(1, -(-len(told) // MOMENTS_MAX))
    return told[-1::-apart][::-1] or list(lines[-1:])


def at(event: Row) -> int:
    """Draw slider and button where a workshop has ended; give the line up to which the screen shows, 0 for all."""
    if event["status"] != "closed":
        return 0
    stops = moments(queries.lines(source.engine(), event["id"]))
    if len(stops) < 2:  # noqa: PLR2004 - nothing to go through
        return 0
    times = {line["seq"]: line["at"] for line in stops}
    numbers = [*times]
    _settle(numbers)
    with st.container(horizontal=True, vertical_alignment="bottom", key="replay_row"):
        plays = bool(st.session_state.get(PLAYS))
        label = say("workshop_page.replay_stop" if plays else "workshop_page.replay_play")
        icon = ":material/pause:" if plays else ":material/play_arrow:"
        st.button(label, icon=icon, key="replay_button", on_click=_press, args=(numbers,))
        chosen = st.select_slider(
            say("workshop_page.replay"),
            numbers,
            format_func=lambda number: f"{times[number].astimezone(FINLAND):%H.%M.%S}",
            key=SLIDER,
        )
    if plays:
        st.fragment(_step, run_every=STEP_S)(numbers)
    return 0 if chosen == numbers[-1] else int(chosen)


def _settle(numbers: Sequence[int]) -> None:
    """Put the slider where it is to be, before it is drawn."""
    wanted = st.session_state.pop(WANTED, None) or st.session_state.get(SLIDER)
    st.session_state[SLIDER] = wanted if wanted in numbers else numbers[-1]


def _press(numbers: Sequence[int]) -> None:
    """Play from the slider on, from the beginning where it is at the end; or stop."""
    plays = not st.session_state.get(PLAYS)
    st.session_state[PLAYS], st.session_state[STEPPED] = plays, monotonic()
    if plays and st.session_state.get(SLIDER) == numbers[-1]:
        st.session_state[WANTED] = numbers[0]


def _step(numbers: Sequence[int]) -> None:
    """Go one stop further when it is time, and end at the last."""
    if monotonic() - st.session_state.get(STEPPED, 0.0) < STEP_S:
        return
    st.session_state[STEPPED] = monotonic()
    here = numbers.index(st.session_state[SLIDER]) if st.session_state.get(SLIDER) in numbers else len(numbers) - 1
    st.session_state[WANTED] = numbers[min(here + 1, len(numbers) - 1)]
    if here + 1 >= len(numbers) - 1:
        st.session_state[PLAYS] = False
    st.rerun(scope="app")
