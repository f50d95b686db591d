import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Scope

from config.settings import Settings
from dashboard import throttle


async def page(_request: Request) -> PlainTextResponse:
    """Answer."""
    return PlainTextResponse("inside")


@pytest.fixture
def app() -> Starlette:
    """Give an app with every kind of route."""
    paths = ("/auth/login", "/layers/sites.json", "/static/index.js")
    middleware = [Middleware(throttle.Throttle, settings=Settings(language="en"))]
    return Starlette(routes=[Route(path, page) for path in paths], middleware=middleware)


def test_sign_ins_come_at_a_bearable_pace(app: Starlette) -> None:
    """Whoever goes on trying is told how long to wait, and others are not held up by it."""
    one, other = TestClient(app, client=("10.0.0.7", 1)), TestClient(app, client=("10.0.0.8", 1))
    statuses = [one.get("/auth/login").status_code for _ in range(throttle.SIGN_INS.amount + 1)]
    assert statuses == [200] * throttle.SIGN_INS.amount + [429]
    refused = one.get("/auth/login")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.text.startswith("Too many sign-ins")
    assert other.get("/auth/login").status_code == 200


def test_routes_have_a_pace_of_their_own(app: Starlette) -> None:
    """Walking through a layer by the thousand ends; the frontend's own files always come."""
    one = TestClient(app, client=("10.0.0.9", 1))
    statuses = {one.get("/layers/sites.json").status_code for _ in range(throttle.ROUTES.amount)}
    assert statuses == {200}
    assert one.get("/layers/sites.json").status_code == 429
    assert one.get("/static/index.js").status_code == 200
    assert one.get("/auth/login").status_code == 200


def scope(address: str | None) -> Scope:
    """Give what is known of a request from an address."""
    return {"type": "http", "path": "/", "client": (address, 1) if address else None}


def test_a_subscriber_of_ipv6_counts_once() -> None:
    """However many of the addresses of one network are used; IPv4 written as IPv6 stays apart."""
    assert throttle.address(scope("2001:db8:1:2::1")) == throttle.address(scope("2001:db8:1:2:ffff::9"))
    assert throttle.address(scope("2001:db8:1:3::1")) != throttle.address(scope("2001:db8:1:2::1"))
    assert throttle.address(scope("::ffff:10.0.0.7")) != throttle.address(scope("::ffff:10.0.0.8"))
    assert throttle.address(scope(None)) == throttle.address(scope("unix")) == ""
