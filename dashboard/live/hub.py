"""The one broadcaster of a process: it hears of new lines, folds them up once, and screens take the newest frame.

A frame is all that a screen shows and not what changed, so nothing is ever missed: whoever was away or is slow takes
the next frame when it can, and nobody waits for anybody.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from config.errors import SynergiaError
from config.texts import Language, language_of
from dashboard.live import telling
from dashboard.live.board import Board, until
from dashboard.live.boards import IDLE_S, Boards
from data.queries import events as queries
from data.store import events
from data.viewer import viewing

APART_S = 0.25  # so far apart are two frames at least,
PAUSES = 3  # and so many times as long as they take to draw: a long workshop leaves the telephones their share
ALIVE_S = 10.0  # so often a screen is told that the server is there


@dataclass
class Feed:
    """Hold the newest frame of one event."""

    event_id: int
    language: Language
    frame: bytes = b""
    screens: int = 0
    used_at: float = field(default_factory=monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    stale: bool = True

    def drawn(self, board: Board, moment: datetime | None = None) -> bytes:
        """Give a board's frame as it is sent; `moment` is that of a frame of the past."""
        told = {**telling.snapshot(board, self.language), "screens": self.screens}
        if moment is not None:
            told["clock"] = telling.clock(moment)
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


class Hub:
    """Keep the frames that screens look at up to date; `engine` reads in a screen's eyes."""

    def __init__(self, engine: Engine, boards: Boards) -> None:
        self._engine, self._boards = engine, boards
        self._feeds: dict[int, Feed] = {}
        self._called = asyncio.Event()

    def hear(self, event_id: int | None) -> None:
        """Take note that an event has new lines; None: any may have."""
        for feed in self._feeds.values():
            if event_id is None or feed.event_id == event_id:
                feed.stale = True
        self._called.set()

    async def run(self) -> None:
        """Read what has come and draw it, for as long as the server runs."""
        while True:
            await self._called.wait()
            self._called.clear()
            began = monotonic()
            for feed in [one for one in self._feeds.values() if one.stale]:
                await self._renew(feed)
            self._forget()
            await asyncio.sleep(max(APART_S, PAUSES * (monotonic() - began)))

    async def feed(self, event_id: int) -> Feed | None:
        """Give an event's feed, read when it is first asked for; None where there is no such event."""
        found = self._feeds.get(event_id)
        if found is None:
            told = await run_in_threadpool(self._event, event_id)
            if told is None:
                return None
            found = self._feeds.setdefault(event_id, Feed(event_id, language_of(str(told["language"]))))
        if not found.frame:
            await self._renew(found)
        found.used_at = monotonic()
        return found

    async def frames(self, feed: Feed, *, counted: bool = True) -> AsyncIterator[bytes]:
        """Give the newest frame whenever there is another; nothing but a sign of life in between."""
        self._count(feed, int(counted))
        sent = b""
        try:
            while True:
                if feed.frame is not sent:
                    sent = feed.frame
                    yield sent
                    continue
                feed.used_at = monotonic()
                try:
                    await asyncio.wait_for(feed.changed.wait(), ALIVE_S)
                except TimeoutError:
                    yield b""
        finally:
            self._count(feed, -int(counted))

    def _count(self, feed: Feed, more: int) -> None:
        feed.screens += more
        self.hear(feed.event_id)

    def past(self, feed: Feed, seq: int) -> bytes:
        """Give the frame of an earlier moment: what stood on the screen when a line had come, and the clock of then."""
        with viewing(events.screen(feed.event_id)):
            lines = queries.lines(self._engine, feed.event_id)
        moment = next((line["at"] for line in lines if line["seq"] == seq), None)
        return feed.drawn(Board().take_all(until(lines, seq)), moment)

    async def _renew(self, feed: Feed) -> None:
        feed.stale = False
        try:
            drawn = await run_in_threadpool(self._drawn, feed)
        except SynergiaError:  # the store is away: the next look finds what came meanwhile
            feed.stale = True
            return
        if drawn == feed.frame:
            return
        feed.frame = drawn
        feed.changed.set()
        feed.changed = asyncio.Event()

    def _drawn(self, feed: Feed) -> bytes:
        with self._boards.reading(feed.event_id) as board:
            return feed.drawn(board)

    def _event(self, event_id: int) -> Mapping[str, Any] | None:
        with viewing(events.screen(event_id)):
            return queries.event(self._engine, event_id)

    def _forget(self) -> None:
        old = monotonic() - IDLE_S
        self._feeds = {key: feed for key, feed in self._feeds.items() if feed.screens or feed.used_at > old}
        self._boards.forget()
