"""A coordinator's way: the country, a company, one of its resources, its partners; on every page in three languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card
SENTENCE = re.compile(r"Suomessa on [\d\s]+resurssia")  # with no-break spaces
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
HEADINGS = {
    "": {"fi": "Yleiskuva", "sv": "Översikt", "en": "Overview"},
    "partners": {"fi": "Lähimmät kumppanit", "sv": "Partner i närheten", "en": "Nearby partners"},
    "companies": {"fi": "Yritykset ja resurssit", "sv": "Företag och resurser", "en": "Companies and resources"},
    "sources": {"fi": "Lähteet", "sv": "Källor", "en": "Sources"},
}
Screenshot = Callable[[str], Path]


def settled(page: Page) -> None:
    """Wait until the page has its heading and nothing on it is about to be replaced."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=LONG_MS)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=LONG_MS)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("address", HEADINGS)
def test_a_page_speaks_its_language_and_has_no_faults(
    address: str, language: str, served_app: str, page: Page, screenshot: Screenshot
) -> None:
    """Each page has its name in each language and keeps the rules of WCAG 2.1 A and AA."""
    page.goto(f"{served_app}/{address}?lang={language}")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS[address][language])
    found = Axe().run(page, options=RULES)
    screenshot(f"{address or 'overview'}-{language}")
    assert found.violations_count == 0, found.generate_report()


def test_a_filter_of_the_overview_stands_in_the_link(served_app: str, page: Page, screenshot: Screenshot) -> None:
    """Choosing what the map shows changes sentence and link, and the link alone brings the view back."""
    page.goto(served_app)
    settled(page)
    page.get_by_role("radio", name="Resurssit").click()
    page.wait_for_url(re.compile("measure=resources"))
    settled(page)
    expect(page.locator("p.sentence").filter(has_text=SENTENCE)).to_be_visible(timeout=LONG_MS)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    settled(page)
    expect(page.locator("p.sentence").filter(has_text=SENTENCE)).to_be_visible(timeout=LONG_MS)
    screenshot("overview-resources")


def test_from_a_company_to_the_partners_of_its_resource(served_app: str, page: Page, screenshot: Screenshot) -> None:
    """A search finds companies; one is opened, one of its resources chosen, and its partners stand in a ranked list."""
    page.goto(f"{served_app}/companies?q=tuhka")
    settled(page)
    page.locator("[class*=st-key-open_]").first.get_by_role("button").click()
    page.wait_for_url(re.compile("organisation="))
    settled(page)
    screenshot("company")
    page.goto(f"{served_app}/partners")
    settled(page)
    before = page.url
    box = page.get_by_role("combobox", name=re.compile("Resurssi"))
    box.click()
    page.keyboard.type("tuhka")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(before, timeout=LONG_MS)
    settled(page)
    expect(page.get_by_text("km", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Ota työn alle")).to_be_visible(timeout=LONG_MS)
    screenshot("partners-chosen")
