from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys import room
from tests.journeys.conftest import LONG_MS, SCREENSHOTS

pytestmark = pytest.mark.browser
WALL = ViewportSize(width=1920, height=1080)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Open a telephone."""
    context = browser.new_context(viewport=room.PHONE, has_touch=True, locale="fi-FI")
    context.set_default_timeout(LONG_MS)
    yield context
    context.close()


@pytest.fixture
def wall(browser: Browser) -> Iterator[Page]:
    """Open a screen on the wall."""
    context = browser.new_context(viewport=WALL, reduced_motion="reduce")
    context.set_default_timeout(LONG_MS)
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> Path:
    """Keep what a page shows."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path


def test_a_room_enters_and_the_wall_shows(served_app: str, page: Page, phone: BrowserContext, wall: Page) -> None:
    """From the facilitator's first press to what two tables and a lost connection bring to the wall."""
    code = room.begin(page, served_app, "Oulun kiertotyöpaja")
    source = page.locator("iframe[src*='/screen']").get_attribute("src") or ""
    wall.goto(served_app + source)
    expect(wall.locator("#n-resources")).to_have_text("0")
    wall.wait_for_selector("#map .land")
    keep(wall, "workshop-before")

    table = phone.new_page()
    table.goto(f"{served_app}/entry?t={code.lower()}&table=4")
    room.enter(table, "Puukuitutuhkaa lannoitteeksi", "have", "Perämeren Kuitu Oy", "Kemi")
    expect(table.locator("#done-state")).to_have_text("Taululla.")
    expect(wall.locator("#n-resources")).to_have_text("1")

    table.locator("#next").click()
    phone.set_offline(True)
    room.enter(table, "Puukuitutuhkaa lannoiterakeisiin", "want", "Ruskon Rakeistus Oy", "Oulu")
    expect(table.locator("#link-words")).to_have_text("1 odottaa")
    keep(table, "workshop-phone-offline")
    phone.set_offline(False)
    expect(table.locator("#done-state")).to_have_text("Taululla.")
    expect(table.locator("article").first).to_be_visible()
    keep(table, "workshop-phone-partners")
    expect(wall.locator("#n-resources")).to_have_text("2")
    expect(wall.locator("#notice h2")).to_contain_text("Puukuitutuhkaa")
    expect(wall.locator("#map .newest")).to_be_attached()
    keep(wall, "workshop-after")
    wall.goto(f"{served_app}{source}&theme=light")
    expect(wall.locator("#n-resources")).to_have_text("2")
    keep(wall, "workshop-light")
    keep(page, "workshop-facilitator")

    page.get_by_role("button", name="Päätä ja tee kooste").click()
    page.get_by_role("button", name="Päätä työpaja").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Kooste, Suomi (PDF)").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    expect(page.locator(".sentence")).to_contain_text("2 resurssia")
