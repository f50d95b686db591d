"""Hear at once what other processes have written: PostgreSQL's LISTEN as an endless stream that mends itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import psycopg
import structlog
from sqlalchemy import make_url

CHANNEL = "synergia_workshop"
LOOK_S = 5.0  # a notification may be lost with its connection; so often somebody looks without being called
AGAIN_S = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Notice:
    """Say what has come (`card`, `line`, `phones`) and in which event; without an event anything may have."""

    kind: str = ""
    event_id: int | None = None
    rest: str = ""


async def notices(url: str) -> AsyncIterator[Notice]:
    """Give each notice as it comes, and an empty one after every silence and every broken connection."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        yield Notice()
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True, connect_timeout=3) as heard:
                await heard.execute(f"LISTEN {CHANNEL}")
                yield Notice()  # what was written before we listened
                async for notice in _heard(heard):
                    yield notice
        except psycopg.Error as error:
            log.warning("listening_again", reason=str(error))
        await asyncio.sleep(AGAIN_S)


async def _heard(connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> AsyncIterator[Notice]:
    while True:
        silent = True
        async for told in connection.notifies(timeout=LOOK_S):
            silent = False
            yield _notice(told.payload)
        if silent:
            yield Notice()


def _notice(payload: str) -> Notice:
    kind, _, told = payload.partition(" ")
    event, _, rest = told.partition(" ")
    with suppress(ValueError):
        return Notice(kind, int(event), rest)
    return Notice(kind)
