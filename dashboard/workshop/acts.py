"""What the facilitator does: scenes, toggles, codes, checks, spotlights, corrections, pause and end."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import filters, frame, source
from dashboard.frame import say
from dashboard.live import gate
from dashboard.live.board import Board
from dashboard.views import workshop as view
from dashboard.workshop import begin, doing, entries
from data.queries import events as queries
from data.store import events, steering

Row = Mapping[str, Any]
SHOWN = 3  # things to check at once: the newest suggestions stand below them


def _open(event: Row) -> bool:
    return bool(event["status"] != "closed")


def close(event: Row) -> None:
    """Draw the buttons that pause, go on and end."""
    if not _open(event):
        st.button(say("workshop_page.all"), key="all_workshops", on_click=filters.choose, args=("event", None))
        return
    st.button(say("workshop_page.end"), type="primary", key="end_workshop", on_click=doing.lay_over, args=("end",))


@st.dialog(" ", on_dismiss=doing.put_away)
def ask_end(event: Row) -> None:
    """Ask whether the workshop is over."""
    st.markdown(say("workshop_page.end_ask"))
    if st.button(say("workshop_page.end_do"), type="primary", key="end_do", on_click=_end, args=(event,)):
        st.rerun()


def _end(event: Row) -> None:
    doing.put_away()
    now = queries.workshop(source.engine(), event["id"]) or event
    last = queries.last_steered(source.engine(), event["id"])
    if now["status"] == "closed" and last and (last["by"] or "") == frame.user():
        return  # a press that came twice has done what was wanted
    seen = now["status"] if now["status"] != "closed" else event["status"]
    doing.attempt(steering.set_status, source.engine(), frame.user(), event["id"], seen, "closed")


def scene(event: Row, board: Board, scenes: Sequence[str]) -> None:
    """Draw the switch of what the screen shows."""
    key = _held("scene", board.control["scene"])
    st.segmented_control(
        say("workshop_page.scene"),
        scenes,
        format_func=frame.labels("workshop_page.scene_", scenes),
        label_visibility="collapsed",
        key=key,
        disabled=not _open(event),
        on_change=_heard,
        args=("scene", key, _steered, event["id"]),
    )


def whole_frame(event: Row, board: Board) -> None:
    """Draw the toggle between the event's region and the whole country."""
    if event["region_code"]:
        _toggle("whole", event, now=board.control["frame"] == begin.NATIONAL, act=_framed)


def toggles(event: Row, board: Board, names: Sequence[str]) -> None:
    """Draw the toggles of the screen, and the pause."""
    columns = st.columns(2)
    for number, name in enumerate(names):
        with columns[number % 2]:
            _toggle(name, event, now=bool(board.control[name]), act=_steered)
    with columns[1]:
        _toggle("paused", event, now=event["status"] == "paused", act=_paused)


def _toggle(name: str, event: Row, *, now: bool, act: Callable[[int, str, Any], None]) -> None:
    key, label = _held(name, now), say(f"workshop_page.{name}")
    st.toggle(label, key=key, disabled=not _open(event), on_change=_heard, args=(name, key, act, event["id"]))


def _held(name: str, now: object) -> str:
    """Set a control to what the workshop says now, and give its key; another, where somebody else has changed that.

    Two facilitators see each other's choice, and neither undoes it: a page that has not heard of it yet sends what it
    shows with whatever is pressed there, and under the old key nobody takes that for a press.
    """
    turn = st.session_state.get(f"{name}_turn", 0)
    if st.session_state.get(f"{name}_{turn}", now) != now:
        turn += 1
        st.session_state[f"{name}_turn"] = turn
    key = f"{name}_{turn}"
    st.session_state[key] = now
    st.session_state[f"{name}_shown"] = key, now
    return key


def _heard(name: str, key: str, act: Callable[[int, str, Any], None], event_id: int) -> None:
    """Take for a press only what the control that is shown now says, and only where it says something new.

    A control that has been put aside is still heard once, when its page sends what it showed: a pause that another
    facilitator had just ended began anew.
    """
    wanted = st.session_state[key]
    shown, now = st.session_state[f"{name}_shown"]
    if key == shown and wanted not in (now, None):
        act(event_id, name, wanted)


def _steered(event_id: int, name: str, wanted: object) -> None:
    _steer(event_id, {name: wanted})


def _steer(event_id: int, board: Row) -> None:
    doing.attempt(steering.steer, source.engine(), frame.user(), event_id, board)


def _framed(event_id: int, _name: str, wanted: object) -> None:
    _steer(event_id, {"frame": begin.NATIONAL if wanted else ""})


def _paused(event_id: int, _name: str, wanted: object) -> None:
    seen, status = ("open", "paused") if wanted else ("paused", "open")
    doing.attempt(steering.set_status, source.engine(), frame.user(), event_id, seen, status)


def codes(event: Row) -> None:
    """Draw the buttons that end the code, and give out another."""
    if not _open(event):
        return
    with st.container(horizontal=True):
        if event["given_out"]:
            st.button(say("workshop_page.revoke"), key="revoke", on_click=_revoke, args=(event["id"],))
        else:
            st.button(say("workshop_page.give_out"), key="give_out", on_click=_give_out, args=(event,))


def _revoke(event_id: int) -> None:
    if doing.attempt(events.revoke, source.engine(), frame.user(), event_id):
        gate.ask_anew()  # at once in this process; in others what they hold is asked anew within seconds


def _give_out(event: Row) -> None:
    hashes = gate.hashes(event["id"], event["round"])
    until = event["ends_at"] or begin.until(begin.END_OF_DAY)
    doing.attempt(events.give_out, source.engine(), frame.user(), event["id"], hashes, until)


def checks(event: Row, cards: Sequence[Row]) -> None:
    """List what to check, each with its acts."""
    found = view.checks(cards, frame.language())
    by_id = {str(card["id"]): card for card in cards}
    for number, one in enumerate(found[:SHOWN]):
        with st.container(key=f"check_{number}"):
            where = ", ".join(map(str, one.tables))
            why = say(f"workshop_held.{one.why}") if one.kind == "held" else say(f"workshop_page.why_{one.kind}")
            title = escape(one.title[:200])
            st.html(
                f'<div class="check"><p><b>{escape(say(f"workshop_page.check_{one.kind}"))}</b></p>'
                f"<p>”{title}” · {escape(say('workshop_page.from_table', tables=where))}</p><p>{escape(why)}</p></div>"
            )
            with st.container(horizontal=True):
                _acts(event, one, by_id)


def _acts(event: Row, one: view.Check, cards: Mapping[str, Row]) -> None:
    seen = cards[one.cards[0]]
    first = f"{one.kind}_{seen['id']}"  # a card may stand in two lists: twice the same, and waste without a code
    if one.kind == "held":
        _button("release", first, _settle, event["id"], seen, "waiting")
    if one.kind == "double":
        _button("merge", first, _merge, event["id"], [cards[other] for other in one.cards[1:]])
        _button("keep_both", first, _settle, event["id"], seen, "shown", "kept")
    if one.kind == "large":
        _button("keep_amount", first, _settle, event["id"], seen, "shown", "kept")
    st.button(say("workshop_page.correct"), key=f"correct_{first}", on_click=doing.lay_over, args=("correct", seen))
    _button("hide", first, entries.hide, event["id"], seen)


def _button(name: str, card: str, act: Callable[..., None], *told: object) -> None:
    st.button(say(f"workshop_page.{name}"), key=f"{name}_{card}", on_click=act, args=told)


def _settle(event_id: int, seen: Row, status: str, remark: str = "") -> None:
    doing.attempt(steering.settle, source.engine(), frame.user(), event_id, seen, status, remark)


def _merge(event_id: int, others: Sequence[Row]) -> None:
    for other in others:
        entries.hide(event_id, other, "merged")


def match_row(event: Row, board: Board, match: Row) -> None:
    """Draw one suggestion with the button that puts it on the screen."""
    lifted = board.control["spot"] == match["n"]
    with st.container(key=f"match_{match['n']}", horizontal=True, vertical_alignment="center"):
        cross = ' class="cross"' if match["cross"] else ""
        way = escape(view.way(match, frame.language()))
        words = f'<div class="match"><p>{escape(view.pair(match))}</p><p{cross}>{way}</p></div>'
        st.html(words, width="stretch")
        label = say("workshop_page.lower" if lifted else "workshop_page.lift")
        spot = {"spot": 0 if lifted else match["n"]}
        key = f"lift_{match['n']}"
        shut = not _open(event)
        st.button(label, type="tertiary", key=key, disabled=shut, on_click=_steer, args=(event["id"], spot))
