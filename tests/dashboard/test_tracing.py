import re

import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from dashboard.tracing import Tracing


async def page(request: Request) -> JSONResponse:
    """Answer with what the logs of this request would carry."""
    bound = structlog.contextvars.get_contextvars()
    return JSONResponse(bound, int(request.query_params.get("status", 200)))


@pytest.fixture
def client() -> TestClient:
    """Open a traced app."""
    return TestClient(Starlette(routes=[Route("/", page)], middleware=[Middleware(Tracing)]))


def test_the_proxys_id_is_kept(client: TestClient) -> None:
    """So that its log and ours can be laid side by side."""
    answer = client.get("/", headers={"X-Request-ID": "abc-123.DEF_9"})
    assert answer.headers["X-Request-ID"] == answer.json()["request"] == "abc-123.DEF_9"


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "12345678\tinjected", "<script>alert(1)"])
def test_nonsense_becomes_an_id_of_ours(client: TestClient, given: str) -> None:
    """Nothing that a stranger sends stands in the logs as it came."""
    answer = client.get("/", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-ID"])
    assert answer.json()["request"] == answer.headers["X-Request-ID"]


def test_what_went_wrong_is_logged_without_the_query(client: TestClient) -> None:
    """Names that somebody looked for stand in the query."""
    with capture_logs() as lines:
        client.get("/?status=503&q=Salainen+Oy")
    (line,) = [one for one in lines if one["event"] == "answered"]
    assert (line["status"], line["path"], line["log_level"]) == (503, "/", "warning")
    assert "Salainen" not in repr(line)
