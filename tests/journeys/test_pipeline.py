"""A coordinator's board: a synergy is completed with what came of it, undone, and changed by two at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

LONG_MS = 90_000  # a slow machine
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
Screenshot = Callable[[str], Path]


def settled(page: Page) -> None:
    """Wait until nothing on the page is about to be replaced."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=LONG_MS)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=LONG_MS)


def opened(page: Page, button: str) -> Locator:
    """Press a button that opens a dialog, and give the dialog once its fields are there."""
    page.get_by_role("button", name=button, exact=True).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Seuraava askel")).to_be_visible(timeout=LONG_MS)
    return dialog


def save(dialog: Locator, name: str) -> None:
    """Press the button that saves."""
    dialog.get_by_role("button", name=name, exact=True).click()


def test_a_synergy_is_completed_undone_and_changed_by_two(
    served_app: str, browser: Browser, page: Page, screenshot: Screenshot
) -> None:
    """Refused without a benefit, done with one, taken back; then the second of two sees both versions."""
    page.goto(f"{served_app}/synergies?lang=fi")
    settled(page)
    expect(page.locator("p.sentence")).to_contain_text("Koko Suomi", timeout=LONG_MS)
    found = Axe().run(page, options=RULES)
    screenshot("synergies-board")
    assert found.violations_count == 0, found.generate_report()
    column = page.locator(".st-key-column_implementing")
    before = column.locator(".head p span").inner_text()
    column.get_by_role("button", name=re.compile("Siirrä")).first.click()
    dialog = page.get_by_role("dialog")
    amount = dialog.get_by_label(re.compile(": Määrä$")).last
    expect(amount).to_be_visible(timeout=LONG_MS)
    save(dialog, "Siirrä")
    expect(dialog.get_by_text("vasta, kun siltä on kirjattu vähintään yksi hyöty")).to_be_visible(timeout=LONG_MS)
    screenshot("synergies-refused")
    amount.fill("850")
    save(dialog, "Siirrä")
    expect(page.get_by_text("siirretty vaiheeseen ”toteutunut”")).to_be_visible(timeout=LONG_MS)
    expect(column.locator(".head p span")).not_to_have_text(before, timeout=LONG_MS)
    page.get_by_role("button", name="Kumoa").click()
    expect(column.locator(".head p span")).to_have_text(before, timeout=LONG_MS)
    _two_at_once(browser, page, screenshot)


def _two_at_once(browser: Browser, page: Page, screenshot: Screenshot) -> None:
    settled(page)
    page.locator("[class*=st-key-open_card]").first.get_by_role("button").click()
    page.wait_for_url(re.compile("id="))
    mine = opened(page, "Muokkaa")
    context = browser.new_context(locale="fi-FI")
    other = context.new_page()
    other.goto(page.url)
    theirs = opened(other, "Muokkaa")
    theirs.get_by_label("Seuraava askel").fill("Heidän askeleensa")
    theirs.get_by_label("Muistiinpanot").focus()
    save(theirs, "Tallenna")
    expect(other.get_by_role("dialog")).to_have_count(0, timeout=LONG_MS)
    context.close()
    mine.get_by_label("Seuraava askel").fill("Oma askel")
    mine.get_by_label("Muistiinpanot").focus()
    save(mine, "Tallenna")
    expect(mine.get_by_text("Oma tekstisi on tallessa alla")).to_be_visible(timeout=LONG_MS)
    expect(mine.get_by_role("cell", name="Heidän askeleensa")).to_be_visible()
    expect(mine.get_by_role("cell", name="Oma askel")).to_be_visible()
    screenshot("synergies-stale")
    mine.get_by_role("button", name="Yhdistä muutokset").click()
    expect(mine.get_by_text("Muutokset on yhdistetty")).to_be_visible(timeout=LONG_MS)
    save(mine, "Tallenna")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=LONG_MS)
    expect(page.get_by_text("Oma askel").first).to_be_visible(timeout=LONG_MS)
    screenshot("synergies-detail")
