import asyncio
import json

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from config.settings import Settings
from dashboard.health import Health


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
