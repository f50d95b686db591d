"""The facilitator's page of one workshop: what the screen shows, the tables, what to check, the newest suggestions."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from config import settings
from config.texts import Language
from dashboard import frame, palette, source, wording
from dashboard.frame import say
from dashboard.live import gate, keys, telling
from dashboard.live.board import Board
from dashboard.live.screen import qr
from dashboard.views import workshop as view
from dashboard.views import workshop_companies as companies
from dashboard.workshop import acts, begin, bringing, correcting, doing, entries, looks, replaying, report, taken
from data.model import ResourceType
from data.queries import events as queries

Row = Mapping[str, Any]
LOOK_EVERY_S = 3
SCENES = ("map", "suggestions", "numbers", "pause")
TOGGLES = ("follow", "hold", "names")
NEWEST = 7
DRAWN = "workshop_drawn"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LISTS = ("checks", "entries")


def draw(event: Row) -> None:
    """Draw the page."""
    doing.laying()
    st.html(looks.sheet(frame.colours()))
    board = _board(event)
    st.session_state[DRAWN] = _state(event, board)
    _title(event, board)
    left, middle, right = st.columns((40, 29, 31), gap="medium")
    with left:
        _screen(event, board)
    with middle:
        _middle(event)
        bringing.draw(event)
    with right:
        _right(event)
    # Dialogs and toasts are numbered in one row as they come: the dialog first, so that it is the same one whenever the
    # page is drawn, and a press in it finds its part.
    _over(event)
    doing.said()


def _over(event: Row) -> None:
    name, told = doing.over()
    if name == "sheet":
        bringing.sheet(event)
    elif name == "end":
        acts.ask_end(event)
    elif name == "correct":
        correcting.correct(event, *told)


def _board(event: Row) -> Board:
    return Board().take_all(queries.lines(source.engine(), event["id"]))


def _title(event: Row, board: Board) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(say("title.workshop"), anchor=False, width="stretch")
        if event["practice"]:
            st.badge(say("workshop_page.practice"), icon=":material/science:", color="gray")
        st.badge(begin.status(event), color="green" if event["status"] == "open" else "gray")
        if event["given_out"]:
            st.link_button(say("workshop_page.show_screen"), _screen_address(event), icon=":material/open_in_new:")
        acts.close(event)
    _sentence(event)
    if event["status"] == "closed":
        report.downloads(event, board)


@st.fragment(run_every=LOOK_EVERY_S)
def _sentence(event: Row) -> None:
    seen, language = replaying.seen(event), frame.language()
    totals = seen.board.totals()
    shown = view.tables(seen.board, seen.cards, event["tables"], seen.now)
    quiet = [one for one in shown if one.quiet]
    told = {
        "name": event["name"],
        "resources": wording.counted(totals.resources, "resource", language),
        "matches": wording.counted(totals.matches, "suggestion", language),
        "tables": sum(one.resources > 0 for one in shown),
    }
    if seen.replayed:
        told["time"] = f"{seen.now.astimezone(telling.FINLAND):%H.%M.%S}"
    words = wording.rich(f"workshop_page.sentence_{'replay' if seen.replayed else event['status']}", language, **told)
    if quiet and event["status"] == "open":
        longest = max(quiet, key=lambda one: one.minutes or 0)
        words += " " + escape(say("workshop_page.quiet", table=longest.number, minutes=longest.minutes))
    if event["status"] != "closed":
        words += " " + escape(say("workshop_page.phones", count=wording.number(doing.phones(event["id"]), language)))
    frame.sentence(words)


def _state(event: Row, board: Board) -> tuple[object, ...]:
    """Give what the page's controls were drawn from."""
    return (event["status"], event["given_out"], event["round"], *sorted(board.control.items()))


def _changed_elsewhere(event: Row, board: Board) -> None:
    """Draw the page anew where another facilitator has changed what it shows, and say who."""
    now = queries.workshop(source.engine(), event["id"])
    if now is None or _state(now, board) == st.session_state.get(DRAWN):
        return
    last = queries.last_steered(source.engine(), event["id"])
    if last and last["by"] and last["by"] != frame.user():
        time = wording.clock(last["at"].astimezone(telling.FINLAND).time(), frame.language())
        doing.tell(say("workshop_page.other_changed", user=last["by"], time=time))
    st.rerun(scope="app")


def _screen_address(event: Row) -> str:
    return f"/screen?t={gate.given_out(event['id'], event['round'])['screen']}"


def _entry_address(event: Row) -> str:
    chosen = settings.load()
    parts = urlsplit(chosen.workshop_url or chosen.public_url or st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}/entry?t={gate.given_out(event['id'], event['round'])['code']}"


def _screen(event: Row, board: Board) -> None:
    if event["given_out"]:
        with st.container(key="wall"):
            at = replaying.at(event)
            # Only what follows the # changes: so the screen draws another moment, and is not loaded anew.
            again = f"&replay=1#at={at or board.seq}" if event["status"] == "closed" else ""
            st.iframe(f"{_screen_address(event)}{again}", height=300)
    if event["status"] == "closed":  # nothing is left to steer
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        acts.scene(event, board, SCENES)
        acts.whole_frame(event, board)
    acts.toggles(event, board, TOGGLES)
    guard = wording.rich("workshop_page.guard", frame.language())
    st.html(f'<p class="guard"><b>{escape(say("workshop_page.guard_title"))}</b> {guard}</p>')
    if event["given_out"]:
        _code(event)
    acts.codes(event)


def _code(event: Row) -> None:
    address = _entry_address(event)
    code = keys.shown(gate.given_out(event["id"], event["round"])["code"])
    ends = wording.clock(event["code_until"].astimezone(telling.FINLAND).time(), frame.language())
    parts = urlsplit(address)
    with st.container(horizontal=True, vertical_alignment="center", key="code"):
        drawn = b64encode(qr(address).encode()).decode()
        alt = escape(say("workshop_page.qr_alt", address=address), quote=True)
        st.html(f'<img width="120" height="120" alt="{alt}" src="data:image/svg+xml;base64,{drawn}">', width="content")
        st.html(
            f'<div class="code"><p>{escape(parts.netloc + parts.path)}</p><strong>{escape(code)}</strong>'
            f"<p>{escape(say('workshop_page.valid', time=ends))}</p></div>"
        )
    if parts.hostname in LOOPBACK:
        frame.note(say("workshop_page.only_here"))


@st.fragment(run_every=LOOK_EVERY_S)
def _middle(event: Row) -> None:
    seen, language = replaying.seen(event), frame.language()
    st.subheader(say("workshop_page.tables_title"), anchor=False)
    shown = view.tables(seen.board, seen.cards, event["tables"], seen.now)
    cells = "".join(_table(one, ended=event["status"] == "closed") for one in shown)
    st.html(f'<div class="tables">{cells}</div>')
    if seen.board.cards:
        st.subheader(say("workshop_page.kinds_title"), anchor=False)
        st.html(_kinds(seen.board, palette.of(st.context.theme.type), language))
    _attendance(event, seen.cards)


def _attendance(event: Row, cards: Sequence[Row]) -> None:
    """Tell which of the invited have entered something, and which have not."""
    if not event["invited"]:
        return
    there = companies.attendance(cards, event["invited"])
    st.subheader(say("workshop_page.invited_title", present=len(there.present), invited=there.invited), anchor=False)
    for name, found in (("absent", there.absent), ("present", there.present), ("uninvited", there.uninvited)):
        if found:
            head = escape(say(f"workshop_page.invited_{name}"))
            st.html(f'<p class="there"><b>{head}</b> {escape(", ".join(found))}</p>')


def _table(one: view.TableView, *, ended: bool) -> str:
    since = say("workshop_page.never") if one.minutes is None else say("workshop_page.just_now")
    if one.minutes:
        since = say("workshop_page.minutes", minutes=one.minutes)
    since = "" if ended else since  # nobody is silent who has gone home
    language = frame.language()
    below = say(
        "workshop_page.table_below",
        word=wording.t("count.resource_one" if one.resources == 1 else "count.resource_many", language),
        suggestions=wording.counted(one.suggestions, "suggestion", language),
    )
    quiet = ' class="quiet"' if one.quiet and not ended else ""
    name = escape(say("workshop_page.table", number=one.number))
    return (
        f"<section><p><b>{name}</b><span{quiet}>{escape(since)}</span></p>"
        f"<strong>{wording.number(one.resources, language)}</strong><p>{escape(below)}</p></section>"
    )


def _kinds(board: Board, colours: palette.Palette, language: Language) -> str:
    counts = board.totals().types
    kinds = [kind for kind in ResourceType if counts.get(kind.value)]
    bars = "".join(f'<i style="flex:{counts[kind]};background:{colours.types[kind]}"></i>' for kind in kinds)
    names = "".join(
        f'<span><i style="background:{colours.types[kind]}"></i>{escape(say(f"workshop_type.{kind}").lower())}'
        f" <b>{wording.number(counts[kind], language)}</b></span>"
        for kind in kinds
    )
    return f'<div class="kinds">{bars}</div><div class="kind-names">{names}</div>'


@st.fragment(run_every=LOOK_EVERY_S)
def _right(event: Row) -> None:
    if not doing.over()[0]:  # a part of the page would put its toast in the dialog's stead
        doing.said()
    _lists(event, replaying.seen(event))
    # At the end of the last part: what has the page drawn anew forgets the choices in all parts that have not had their
    # turn. A dialog's would be lost, too: so the page waits until it is closed.
    doing.laid()
    if event["status"] != "closed" and not doing.over()[0]:
        _changed_elsewhere(event, _board(event))


def _lists(event: Row, seen: replaying.Seen) -> None:
    board, cards = seen.board, seen.cards
    counts = {
        "checks": len(view.checks(cards, frame.language())),
        "entries": sum(card["kind"] == "resource" for card in cards),
    }
    shown = st.segmented_control(
        say("workshop_page.lists"),
        LISTS,
        format_func=frame.labels("workshop_page.", LISTS),
        label_visibility="collapsed",
        default="checks",
        required=True,
        key="list",
    )
    told = {name: wording.number(count, frame.language()) for name, count in counts.items()}
    frame.note(say("workshop_page.list_counts", **told))
    if shown == "entries":
        entries.draw(event, cards)
        return
    acts.checks(event, cards)
    taken.draw(event)
    st.subheader(say("workshop_page.newest_title"), anchor=False)
    found = view.newest(board, NEWEST)
    if not found:
        frame.note(say("workshop_page.newest_none"))
    for match in found:
        acts.match_row(event, board, match)
    more = len(board.live_matches()) - len(found)
    if more > 0:
        frame.note(say("workshop_page.newest_more", count=more))
