"""Pages without Streamlit escape what they are told and allow no script but ours."""

import pytest
from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import plain
from dashboard.headers import SecurityHeaders


def test_the_narrower_policy_reaches_the_browser() -> None:
    """The app's own policy gives way to the page's, and all else that it adds stays."""

    def answer(_request: Request) -> Response:
        return plain.page("plain.html", "sv", framed_by="https://example.org")

    app = Starlette(routes=[Route("/", answer)], middleware=[Middleware(SecurityHeaders)])
    got = TestClient(app).get("/")
    assert got.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
    assert got.headers["content-security-policy"].endswith("frame-ancestors https://example.org")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert '<html lang="sv"' in got.text


def test_values_are_escaped_and_none_may_be_missing() -> None:
    """What a template is told stands in it as text."""
    told = plain.page("plain.html", "fi", theme='"><script>')
    assert b"<script>" not in bytes(told.body)
    with pytest.raises(UndefinedError):
        plain._environment().from_string("{{ nothing }}").render()  # noqa: SLF001 - the environment all pages share
