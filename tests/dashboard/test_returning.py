"""After signing in one lands on the link that was asked for, and never elsewhere."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.returning import ARRIVING, ASKED, LEAVING, Returning, here


@pytest.fixture
def client() -> TestClient:
    """Give a browser at an app whose sign-in ends at the first page, as Streamlit's does."""

    def leave(_request: Request) -> Response:
        return RedirectResponse("https://provider.example/authorize", 302)

    def arrive(_request: Request) -> Response:
        return RedirectResponse("/", 302)

    routes = [Route(LEAVING, leave), Route(ARRIVING, arrive)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Returning)]), follow_redirects=False)


def test_the_link_outlives_the_way_to_the_provider(client: TestClient) -> None:
    """Path and query come back once, and the cookie goes."""
    left = client.get(LEAVING, headers={"Referer": "http://testserver/partners?resource=7&lang=sv"})
    assert "HttpOnly; SameSite=Lax" in left.headers["set-cookie"]
    assert client.get(ARRIVING).headers["location"] == "/partners?resource=7&lang=sv"
    assert client.get(ARRIVING).headers["location"] == "/"


@pytest.mark.parametrize("noted", ["https://evil.example/", "//evil.example", "%2F%2Fevil.example", "\\\\evil", ""])
def test_a_forged_cookie_leads_nowhere(client: TestClient, noted: str) -> None:
    """Only a page of ours is gone to."""
    client.cookies.set(ASKED, noted)
    assert client.get(ARRIVING).headers["location"] == "/"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("http://a.example/x?y=1#z", "/x?y=1"),
        ("", ""),
        ("http://a.example//b.example/", ""),
        ("http://[", ""),
        ("http://a.example/" + "x" * 3000, ""),
        ("http://a.example/a\\b", ""),
        ("x/y", ""),
    ],
)
def test_only_paths_of_our_own_are_kept(address: str, kept: str) -> None:
    """What could lead to another host is left."""
    assert here(address) == kept
