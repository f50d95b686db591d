"""Whether the app can work: the answer that load balancers and people on duty ask for."""

import asyncio
import time

import psycopg
import structlog
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from config.errors import SynergiaError
from config.settings import Settings
from data import cluster, migrate, store
from geo import distance

WAIT_MAX_S = 1.5
REMEMBERED_S = 0.5  # however often somebody asks, the database is asked twice a second

log = structlog.get_logger(__name__)


class Health:
    """Ask the database for a sign of life over a connection of its own, so that a full pool is no false alarm."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._asked = float("-inf")
        self._well = False

    async def __call__(self, _request: Request) -> JSONResponse:
        """Answer 200 when the database answers, else 503."""
        async with self._lock:
            if time.monotonic() - self._asked > REMEMBERED_S:
                self._well = await self._ask()
                self._asked = time.monotonic()
        answer = {"status": "ok" if self._well else "unavailable", "database": self._well}
        return JSONResponse(answer, 200 if self._well else 503, headers={"Cache-Control": "no-store"})

    async def ready(self, _request: Request) -> JSONResponse:
        """Answer 200 when pages can be shown: the database answers, with the tables we know, and roads are read."""
        async with self._lock:
            database = await self._ask()
        checks = {
            "database": database,
            "schema": database and await run_in_threadpool(self._current),
            "roads": await run_in_threadpool(self._roads),
        }
        well = all(checks.values())
        answer = {"status": "ok" if well else "unavailable", **checks}
        return JSONResponse(answer, 200 if well else 503, headers={"Cache-Control": "no-store"})

    def _current(self) -> bool:
        engine = store.engine(cluster.url(self._settings), 1)
        try:
            return migrate.current(engine) == migrate.head()
        except SQLAlchemyError as error:
            log.warning("schema_unknown", kind=type(error).__name__)
            return False

    def _roads(self) -> bool:
        try:
            distance.default_engine(self._settings)
        except (SynergiaError, OSError) as error:
            log.warning("roads_unread", kind=type(error).__name__)
            return False
        return True

    async def _ask(self) -> bool:
        try:
            async with asyncio.timeout(WAIT_MAX_S):
                return await self._select()
        except (TimeoutError, psycopg.Error, SynergiaError) as error:
            log.warning("database_away", kind=type(error).__name__)
            return False

    async def _select(self) -> bool:
        address = make_url(cluster.url(self._settings)).set(drivername="postgresql")
        async with await psycopg.AsyncConnection.connect(address.render_as_string(hide_password=False)) as connection:
            await connection.execute("SELECT 1")
        return True
