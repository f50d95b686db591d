import asyncio
import json

import psycopg
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from config.settings import Settings
from dashboard.health import Health
from data import migrate


def ask(settings: Settings, times: int = 1) -> list[JSONResponse]:
    """Ask for the health several times at once."""

    async def together() -> list[JSONResponse]:
        health = Health(settings)
        request = Request({"type": "http", "method": "GET", "path": "/healthz", "headers": []})
        return await asyncio.gather(*(health(request) for _ in range(times)))

    return asyncio.run(together())


def test_a_database_that_answers_is_well(database: str, settings: Settings) -> None:
    """Everybody who asks gets 200, and no cache keeps the answer."""
    for answer in ask(settings.model_copy(update={"database_url": database}), times=20):
        assert answer.status_code == 200
        assert json.loads(bytes(answer.body)) == {"status": "ok", "database": True}
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["postgresql://a:secret@127.0.0.1:1/x", "postgresql://a:secret@/x?host=/nowhere"])
def test_a_database_that_is_away_is_503(settings: Settings, address: str) -> None:
    """The answer tells no address and no password."""
    (answer,) = ask(settings.model_copy(update={"database_url": address}))
    assert answer.status_code == 503
    assert json.loads(bytes(answer.body)) == {"status": "unavailable", "database": False}


def test_a_cluster_that_was_never_made_is_503(settings: Settings) -> None:
    """Before the first start there is no password to connect with, which is no crash."""
    (answer,) = ask(settings.model_copy(update={"home": settings.home / "never"}))
    assert answer.status_code == 503


def readiness(settings: Settings) -> JSONResponse:
    """Ask whether the app can show pages."""
    request = Request({"type": "http", "method": "GET", "path": "/readyz", "headers": []})
    return asyncio.run(Health(settings).ready(request))


def test_ready_is_more_than_alive(database: str, settings: Settings) -> None:
    """The tables are those that this program knows, and the road network is read."""
    answer = readiness(settings.model_copy(update={"database_url": database}))
    assert json.loads(bytes(answer.body)) == {"status": "ok", "database": True, "schema": True, "roads": True}


def test_an_older_schema_is_not_ready(database: str, settings: Settings) -> None:
    """A process that was started before the migration is not sent anybody."""
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    answer = readiness(settings.model_copy(update={"database_url": database}))
    assert answer.status_code == 503
    assert json.loads(bytes(answer.body))["schema"] is False
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [migrate.head()])


def test_away_is_not_ready(settings: Settings) -> None:
    """And the answer tells no address."""
    away = settings.model_copy(update={"database_url": "postgresql://a:secret@127.0.0.1:1/x"})
    assert json.loads(bytes(readiness(away).body))["database"] is False
