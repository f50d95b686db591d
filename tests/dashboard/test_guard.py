import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from config.settings import Settings
from dashboard.guard import Guard, host

LOCAL = Settings()
PUBLIC = Settings(
    public_url="https://kartta.example.fi",
    oidc_issuer="https://id.example.fi",
    oidc_client_id="synergia",
    oidc_client_secret="hush",  # noqa: S106 - opens nothing
)


async def page(_request: Request) -> PlainTextResponse:
    """Answer with what must not get out."""
    return PlainTextResponse("inside")


async def socket(websocket: WebSocket) -> None:
    """Take any connection that gets this far."""
    await websocket.accept()
    await websocket.close()


def client(settings: Settings, came_from: str = "127.0.0.1") -> TestClient:
    """Open a guarded app for a browser on a machine."""
    routes = [Route("/", page), Route("/healthz", page), WebSocketRoute("/stream", socket)]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, settings=settings)])
    return TestClient(app, base_url="http://localhost", client=(came_from, 1))


@pytest.mark.parametrize("named", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST."])
def test_this_machine_is_answered_by_its_own_names(named: str) -> None:
    """Whatever the port."""
    assert client(LOCAL).get("/", headers={"Host": named}).text == "inside"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "kartta.example.fi"},
        {"Host": "localhost.evil.example"},
        {"Host": "127.0.0.1.nip.io"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Host": "localhost", "Origin": "https://evil.example"},
        {"Host": "localhost", "Origin": "null"},
        {"Host": "localhost", "X-Forwarded-For": "10.0.0.7"},
        {"Host": "localhost", "X-Real-IP": "10.0.0.7"},
        {"Host": "localhost", "Forwarded": "for=10.0.0.7"},
        {"Host": "localhost", "Via": "1.1 proxy"},
    ],
)
def test_local_mode_answers_nobody_else(headers: dict[str, str]) -> None:
    """Neither a name that points here, nor another site's page, nor what came through a proxy."""
    answer = client(LOCAL).get("/", headers=headers)
    assert answer.status_code == 421
    assert "SYNERGIA_OIDC_ISSUER" in answer.text
    with pytest.raises(WebSocketDisconnect), client(LOCAL).websocket_connect("/stream", headers=headers):
        pass


def test_local_mode_answers_no_other_machine() -> None:
    """Also where a server listens wide open and the name is right."""
    assert client(LOCAL, "10.0.0.7").get("/").status_code == 421
    assert client(LOCAL, "::ffff:127.0.0.1").get("/").text == "inside"


def test_an_organisation_is_answered_by_its_public_name() -> None:
    """Other names are told where to go; signs of life are asked for by the machine itself."""
    behind = client(PUBLIC)
    assert behind.get("/", headers={"Host": "kartta.example.fi", "X-Forwarded-For": "1.2.3.4"}).text == "inside"
    refused = behind.get("/", headers={"Host": "localhost:8501"})
    assert (refused.status_code, "https://kartta.example.fi" in refused.text) == (421, True)
    assert behind.get("/healthz", headers={"Host": "127.0.0.1:8501"}).text == "inside"


def test_another_sites_page_opens_no_connection() -> None:
    """A browser tells where a page comes from, and a page of another site is none of ours."""
    with (
        pytest.raises(WebSocketDisconnect),
        client(PUBLIC).websocket_connect(
            "/stream", headers={"Host": "kartta.example.fi", "Origin": "https://evil.example"}
        ),
    ):
        pass


def test_nonsense_is_no_host() -> None:
    """And it raises nothing."""
    assert host("//[") == ""
    assert host("null") == ""
