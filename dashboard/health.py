"""Whether the app can work: the answer that load balancers and people on duty ask for."""

import asyncio
import time

import psycopg
import structlog
from sqlalchemy import make_url
from starlette.requests import Request
from starlette.responses import JSONResponse

from config.errors import SynergiaError
from config.settings import Settings
from data import cluster

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
