from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.headers import HEADERS, POLICY, SecurityHeaders


def test_no_foreign_code_runs() -> None:
    """Scripts come from our own address; inline ones only by their hash, and none by eval."""
    sources = POLICY["script-src"].split()
    assert "'self'" in sources
    assert {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"}.isdisjoint(sources)
    assert sum(source.startswith("'sha256-") for source in sources) >= 4


def test_nothing_is_fetched_from_elsewhere() -> None:
    """No directive names another host."""
    assert not any("://" in value or "*" in value for value in POLICY.values())


def test_the_page_stands_in_no_foreign_frame() -> None:
    """Another site can't put the app into a frame of its own, nor read what it refers to."""
    assert "frame-ancestors 'self'" in HEADERS["Content-Security-Policy"]
    assert HEADERS["Referrer-Policy"] == "same-origin"


def answer(*, secure: bool) -> Response:
    """Ask for a page that sets three cookies and names its server."""

    async def page(_request: Request) -> Response:
        made = Response("", headers={"Server": "uvicorn"})
        made.set_cookie("bare", "1", samesite=None)
        made.set_cookie("whole", "2", secure=True, samesite="strict", httponly=True)
        return made

    app = Starlette(routes=[Route("/", page)], middleware=[Middleware(SecurityHeaders, secure=secure)])
    return TestClient(app).get("/")


def test_cookies_keep_to_tls_where_there_is_any() -> None:
    """What a cookie lacks is added, and what it has is left alone."""
    kept = answer(secure=True).headers.get_list("set-cookie")
    assert [cookie.split("; ")[2:] for cookie in kept] == [
        ["Secure", "SameSite=Lax"],
        ["Path=/", "SameSite=strict", "Secure"],
    ]
    assert "Secure" not in answer(secure=False).headers.get_list("set-cookie")[0]


def test_no_server_is_named_and_tls_is_kept_to() -> None:
    """A version tells an attacker what to try."""
    assert "server" not in answer(secure=True).headers
    assert answer(secure=True).headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Strict-Transport-Security" not in answer(secure=False).headers
