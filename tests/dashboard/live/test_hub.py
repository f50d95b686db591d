import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from sqlalchemy import text

from config.settings import ROOT
from dashboard.live.boards import Boards
from dashboard.live.hub import Hub
from data.store import events
from tests.dashboard.live.conftest import PATIENCE_S, Room, identity


def told(room: Room, count: int) -> int:
    """Add lines to a screen from another process's hand, as it were; give the number of the last."""
    return [events.line(room.engine, "Maija", room.event_id, "board", {"follow": bool(n % 2)}) for n in range(count)][
        -1
    ]


async def newest(frames: AsyncIterator[bytes]) -> int:
    """Take the next frame that is one; give its number."""
    while not (frame := await anext(frames)):
        pass
    return int(json.loads(frame)["seq"])


def test_a_slow_screen_takes_the_newest_frame_and_nobody_waits(room: Room) -> None:
    """One that sleeps through five changes is told of the last, while another has been told of each."""

    async def watched() -> tuple[list[int], int, int]:
        hub = Hub(room.engine, Boards(room.engine))
        drawing = asyncio.create_task(hub.run())
        feed = await hub.feed(room.event_id)
        assert feed is not None
        slow, quick = hub.frames(feed), hub.frames(feed)
        began, _ = await newest(slow), await newest(quick)
        seen = []
        for _ in range(5):
            last = await asyncio.to_thread(told, room, 1)
            hub.hear(room.event_id)
            while not seen or seen[-1] < last:
                seen.append(await newest(quick))
        woken = await newest(slow)
        drawing.cancel()
        return seen, began, woken

    seen, began, woken = asyncio.run(watched())
    assert [number for number in seen if number > began] == [began + step for step in range(1, 6)]
    assert woken == began + 5


def test_a_screen_that_never_reads_keeps_no_other_from_its_frames(room: Room) -> None:
    """Its connection is full, and stays so."""
    port = int(room.address.rpartition(":")[2])
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", port))
        deaf.sendall(f"GET /screen/events?t={room.token} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        room.frame(lambda one: one["screens"] > 1)
        for number in range(3):
            room.card(str(identity(room.send(f"Lasimurskaa {number}"))))
        assert room.frame(lambda one: one["figures"]["resources"] == "3" and one["screens"] == 2)


def test_what_was_notified_while_nobody_listened_is_shown(room: Room) -> None:
    """The listening connection is cut, and lines come meanwhile: numbers say what is missing."""
    room.frame()
    with room.engine.begin() as connection:
        cut = text("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'")
        assert connection.scalar(cut)
    last = told(room, 3)
    assert room.frame(lambda one: one["seq"] >= last)["seq"] == last


@contextmanager
def beside(room: Room) -> Iterator[Room]:
    """Run a second process of the app on the same store, and give the room as that one serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "synergia.py", "workshop", "door", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=-3, stderr=-3) as process:  # noqa: S603 - ours
        other = Room(f"http://127.0.0.1:{port}", room.engine, room.event_id, room.code, room.token)
        try:
            Room.until(lambda: _answers(other.address), bool)
            yield other
        finally:
            process.kill()


def _answers(address: str) -> bool:
    try:
        return bool(httpx.get(f"{address}/entry", timeout=PATIENCE_S).is_success)
    except httpx.TransportError:
        time.sleep(0.2)
        return False


def test_every_process_of_the_app_shows_what_any_has_taken(room: Room) -> None:
    """Each listens for itself; and when one is killed, the other goes on with all that it had acknowledged."""
    with beside(room) as other:
        there = str(identity(other.send("Betonimursketta")))
        here = str(identity(room.send("Sahanpurua", company="Saha Oy")))

        def both(frame: Any) -> bool:  # noqa: ANN401 - a frame
            return {card["title"] for card in frame["cards"]} == {"Betonimursketta", "Sahanpurua"}

        assert room.frame(both)["seq"] <= other.frame(both)["seq"]
        last = str(identity(other.send("Kumirouhetta", company="Kumi Oy")))
    for card in (there, here, last):
        assert room.until(
            lambda card=card: room.ask("GET", f"/entry/cards/{card}").json(), lambda one: one["status"] == "shown"
        )
    assert room.frame(lambda one: one["figures"]["resources"] == "3")
