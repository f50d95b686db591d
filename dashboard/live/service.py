"""The workshop's part of a running server: listening, drawing frames and working through cards, until it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import Engine

from config.errors import StoreProblem
from config.settings import Settings
from dashboard.live.boards import Boards
from dashboard.live.hub import Hub
from dashboard.live.phones import KIND, Phones
from dashboard.live.waiting import Waiting
from dashboard.live.working import Worker
from data import cluster, live, store
from data.store.events import DONE


class Service:
    """Hold what the routes ask: the engine, the boards, the hub and the worker."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.boards = Boards(engine)
        self.hub = Hub(engine, self.boards)
        self.worker = Worker(engine, self.boards)
        self.phones = Phones(engine)
        self.waiting = Waiting()

    async def listen(self, url: str) -> None:
        """Pass on what other processes have written."""
        async for notice in live.notices(url):
            if notice.kind == KIND:
                self.phones.hear(notice)
                continue
            if notice.kind == DONE:
                self.waiting.hear(notice.rest)
                continue
            if notice.kind != "card":
                self.hub.hear(notice.event_id)
            self.worker.call()  # also after a line: it may have ended a pause


class _Running:
    service: Service | None = None


def running_service() -> Service:
    """Give the service of this process; raise StoreProblem before the server has begun."""
    if _Running.service is None:
        raise StoreProblem("store.away")
    return _Running.service


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Service]:
    """Run the service around a block."""
    url = cluster.app_url(settings)
    service = Service(store.bound(url, settings.pool_size))
    _Running.service = service
    service.worker.start()
    tasks = [asyncio.create_task(service.hub.run()), asyncio.create_task(service.listen(url))]
    try:
        yield service
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(service.worker.stop)
        _Running.service = None
