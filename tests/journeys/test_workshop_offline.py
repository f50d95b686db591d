"""A telephone that loses its line: the page stays, what is written is kept, and each card arrives once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import room
from tests.journeys.conftest import LONG_MS, SCREENSHOTS

pytestmark = pytest.mark.browser

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  return (await (await caches.open("entry-pages")).keys()).length;
}"""
ALL_KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found.sort();
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Open a telephone whose clock is wrong by a day."""
    context = browser.new_context(viewport=room.PHONE, has_touch=True, locale="fi-FI")
    context.set_default_timeout(LONG_MS)
    context.add_init_script(room.YESTERDAY)
    yield context
    context.close()


def test_a_page_that_is_loaded_anew_without_a_line_stays_and_sends_once(
    served_app: str, page: Page, phone: BrowserContext
) -> None:
    """Written before and after a reload without a line, sent when it is back: two cards, each one row."""
    code = room.begin(page, served_app, "Katkosten paja")
    with room.line(served_app) as line:
        table = phone.new_page()
        table.goto(f"{line.address}/entry?t={code}&table=3")
        table.wait_for_function(f"({KEPT})().then((count) => count === 1)")
        line.cut()
        room.enter(table, "Kumirouhetta")
        expect(table.locator("#link-words")).to_have_text("1 odottaa")
        table.reload()
        expect(table.locator("#table-name")).to_have_text("Pöytä 3")
        expect(table.locator("#link-words")).to_have_text("1 odottaa")
        expect(table.locator("#company")).to_have_value("Kuitu Oy")
        room.enter(table, "Lasimurskaa")
        expect(table.locator("#link-words")).to_have_text("2 odottaa")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        table.screenshot(path=SCREENSHOTS / "workshop-phone-reloaded-offline.png")
        line.mend()
        expect(table.locator("#done-state")).to_have_text("Taululla.", timeout=LONG_MS)
        expect(table.locator("#link-words")).to_have_text("yhteys kunnossa")
        table.reload()
        expect(table.locator("#so-far")).to_contain_text("2 resurssia", timeout=LONG_MS)
        assert table.evaluate("Object.keys(localStorage).filter((key) => key.includes('waits')).length") == 0
        kept = table.evaluate(ALL_KEPT)
    assert [name for name in kept if name.startswith("/entry")] == ["/entry"]
    assert all(name.startswith(("/app/static/", "/app/fonts/")) for name in kept if name != "/entry")
    expect(page.locator(".sentence")).to_contain_text("2 resurssia")


def test_the_copy_of_a_page_ends_with_its_code(served_app: str, page: Page, phone: BrowserContext) -> None:
    """Once the server has said that a code is over, the telephone keeps its page no longer."""
    code = room.begin(page, served_app, "Päättyvä paja")
    table = phone.new_page()
    address = f"{served_app}/entry?t={code}&table=1"
    table.goto(address)
    table.wait_for_function(f"({KEPT})().then((count) => count === 1)")
    page.get_by_role("button", name="Lakkauta koodi").click()
    expect(page.get_by_role("button", name="Anna uusi koodi")).to_be_visible()
    table.goto(address)
    expect(table.locator("[role=alert]")).to_contain_text("Koodi ei avaa mitään työpajaa")
    assert table.evaluate(KEPT) == 0


def test_what_comes_back_to_be_mended_waits_until_nobody_writes(
    served_app: str, page: Page, phone: BrowserContext
) -> None:
    """A card that was refused after the line came back neither gets lost nor takes away what is being written."""
    code = room.begin(page, served_app, "Korjausten paja")
    with room.line(served_app) as line:
        table = phone.new_page()
        table.goto(f"{line.address}/entry?t={code}&table=2")
        table.wait_for_function(f"({KEPT})().then((count) => count === 1)")
        line.cut()
        room.enter(table, "Tiilimurskaa", place="Atlantis")
        table.locator("#next").click()
        table.fill("#title", "Sahanpurua")
        line.mend()
        expect(table.locator("#link-words")).to_have_text("yhteys kunnossa")
        expect(table.locator("#title")).to_have_value("Sahanpurua")
        table.fill("#place", "Kemi")
        table.locator("button.primary").click()
        expect(table.locator("#done-state")).to_have_text("Taululla.", timeout=LONG_MS)
        table.locator("#next").click()
        expect(table.locator("#title")).to_have_value("Tiilimurskaa")
        expect(table.locator("[data-of=place]")).to_contain_text("Atlantis")
        table.fill("#place", "Tornio")
        table.locator("button.primary").click()
        expect(table.locator("#done-state")).to_have_text("Taululla.", timeout=LONG_MS)
    expect(page.locator(".sentence")).to_contain_text("2 resurssia")
