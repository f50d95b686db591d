import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import signing_in

pytestmark = pytest.mark.browser

WAIT_MS = 60_000
ENTER = "Kirjaudu sisään"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Give the address of a real provider."""
    with signing_in.provider() as url:
        yield url


@pytest.fixture(scope="module")
def opened(own_home: Path, issuer: str) -> Iterator[str]:
    """Give the address of the app as an organisation runs it."""
    port = signing_in.free_port()
    with signing_in.app(own_home, issuer, port):
        yield f"http://localhost:{port}"


def status(url: str) -> int:
    """Ask for an address without any cookie, and give the answer's status."""
    try:
        with urlopen(url, timeout=30) as answer:  # noqa: S310 - http on this machine
            return int(answer.status)
    except HTTPError as error:
        return error.code


def sign_in(page: Page, url: str, who: str) -> None:
    """Go the way of a person: the app, the provider, and back."""
    page.goto(url)
    page.get_by_role("button", name=ENTER).click(timeout=WAIT_MS)
    page.get_by_role("button", name=who).click(timeout=WAIT_MS)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT_MS)


def test_the_national_coordinator_comes_and_goes(
    opened: str, page: Page, screenshot: Callable[[str], Path], own_home: Path
) -> None:
    """Nothing before signing in; the provider's name after it; signed out, no window and no cookie opens anything."""
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
    page.goto(f"{opened}/companies")
    expect(page.get_by_role("button", name=ENTER)).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("Yritykset", exact=True)).to_have_count(0)
    screenshot("sign_in")
    sign_in(page, f"{opened}/companies?region=11", "maija")
    # Back at the link that was asked for, and not at the first page.
    expect(page.get_by_role("heading", level=1)).to_contain_text("Yritykset", timeout=WAIT_MS)
    assert page.url.startswith(f"{opened}/companies?region=11")
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert kept["_streamlit_user"]["httpOnly"]
    assert kept["_streamlit_user"]["sameSite"] == "Lax"
    other = page.context.new_page()
    other.goto(f"{opened}/audit")
    with other.expect_download(timeout=WAIT_MS) as taking:
        other.get_by_role("button", name="Tapahtumat (CSV)").click(timeout=WAIT_MS)
    assert page.context.request.get(taking.value.url).ok
    assert status(taking.value.url) == 404  # the same address in other hands
    other.goto(f"{opened}/companies")
    expect(other.get_by_role("heading", level=1)).to_contain_text("Yritykset", timeout=WAIT_MS)
    page.get_by_role("button", name="Maija Kansallinen").click()
    screenshot("signed_in")
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url("**/oauth2/end_session**", timeout=WAIT_MS)
    # The other window learns with its next run; a copy of the cookie opens nothing either.
    other.get_by_role("button", name="Lisää yritys").click()
    expect(other.get_by_role("button", name=ENTER)).to_be_visible(timeout=WAIT_MS)
    page.context.add_cookies([{key: one[key] for key in ("name", "value", "domain", "path")} for one in kept.values()])
    page.goto(opened)
    expect(page.get_by_text("Olet kirjautunut ulos")).to_be_visible(timeout=WAIT_MS)
    assert complaints == []
    assert "maija" in {one["subject"] for one in json.loads(signing_in.account(own_home, "list"))}


def test_whoever_has_no_role_is_told_so(opened: str, page: Page) -> None:
    """One sentence, the name letter by letter, and the way out; no page and no row."""
    sign_in(page, opened, "outi")
    expect(page.get_by_text("sinulla ei ole vielä roolia")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("Kirjautunut: Outi <b>Ulkopuolinen</b>")).to_be_visible()
    expect(page.get_by_role("button", name="Kirjaudu ulos")).to_be_visible()


def test_a_closed_account_is_out_with_the_next_request(opened: str, page: Page, own_home: Path) -> None:
    """Also in a window that is open; and in again when it is given back."""
    sign_in(page, f"{opened}/companies", "risto")
    page.goto(f"{opened}/companies")
    add = page.get_by_role("button", name="Lisää yritys")
    expect(add).to_be_visible(timeout=WAIT_MS)
    signing_in.account(own_home, "disable", "risto")
    add.click()
    expect(page.get_by_text("Käyttöoikeutesi on poistettu")).to_be_visible(timeout=WAIT_MS)
    signing_in.account(own_home, "enable", "risto")
    page.reload()
    expect(add).to_be_visible(timeout=WAIT_MS)
