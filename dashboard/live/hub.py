"""The one broadcaster of a process: it hears of new lines, folds them up once, and screens take the newest frame.

A frame is all that a screen shows and not what changed, so nothing is ever missed: whoever was away or is slow takes
the next frame when it can, and nobody waits for anybody.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from config.errors import SynergiaError
from config.texts import Language, language_of
from dashboard.live import telling
from dashboard.live.board import Board
from data.queries import events as queries
from data.store import events
from data.viewer import viewing

APART_S = 0.25  # so far apart are two frames at least
IDLE_S = 900.0  # a board that nobody has looked at for so long is forgotten
ALIVE_S = 10.0  # so often a screen is told that the server is there


@dataclass
class Feed:
    """Hold one event's board and its newest frame."""

    event_id: int
    language: Language
    board: Board = field(default_factory=Board)
    frame: bytes = b""
    screens: int = 0
    used_at: float = field(default_factory=monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    stale: bool = True

    def drawn(self) -> bytes:
        """Give the frame as it is sent."""
        told = {**telling.snapshot(self.board, self.language), "screens": self.screens}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


class Hub:
    """Keep the boards that screens look at up to date; `engine` reads in a screen's eyes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
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
            for feed in [one for one in self._feeds.values() if one.stale]:
                await self._renew(feed)
            self._forget()
            await asyncio.sleep(APART_S)

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

    async def frames(self, feed: Feed) -> AsyncIterator[bytes]:
        """Give the newest frame whenever there is another; nothing but a sign of life in between."""
        self._count(feed, 1)
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
            self._count(feed, -1)

    def _count(self, feed: Feed, more: int) -> None:
        feed.screens += more
        self.hear(feed.event_id)

    def past(self, feed: Feed, seq: int) -> bytes:
        """Give the frame of an earlier moment: what stood on the screen when a line had come."""
        with viewing(events.screen(feed.event_id)):
            lines = queries.lines(self._engine, feed.event_id)
        then = Feed(feed.event_id, feed.language)
        then.board.take_all(line for line in lines if line["seq"] <= seq)
        return then.drawn()

    async def _renew(self, feed: Feed) -> None:
        feed.stale = False
        try:
            lines = await run_in_threadpool(self._lines, feed)
        except SynergiaError:  # the store is away: the next look finds what came meanwhile
            feed.stale = True
            return
        feed.board.take_all(lines)
        drawn = await run_in_threadpool(feed.drawn)
        if drawn == feed.frame:
            return
        feed.frame = drawn
        feed.changed.set()
        feed.changed = asyncio.Event()

    def _lines(self, feed: Feed) -> queries.Rows:
        with viewing(events.screen(feed.event_id)):
            return queries.lines(self._engine, feed.event_id, feed.board.seq)

    def _event(self, event_id: int) -> Mapping[str, Any] | None:
        with viewing(events.screen(event_id)):
            return queries.event(self._engine, event_id)

    def _forget(self) -> None:
        old = monotonic() - IDLE_S
        self._feeds = {key: feed for key, feed in self._feeds.items() if feed.screens or feed.used_at > old}
