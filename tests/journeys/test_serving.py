import re

import pytest
from playwright.sync_api import Page, expect

from dashboard import app

pytestmark = pytest.mark.browser

# Streamlit asks below a page's address first and then below the root, so a deep link begins with a 404 of no meaning.
HARMLESS = re.compile(r"Failed to load resource: the server responded with a status of 404")
OWN = re.compile(r"^(data:|blob:|(http|ws)://localhost:\d+/)")


@pytest.mark.parametrize("entry", app.built(), ids=lambda entry: entry.name)
def test_a_page_keeps_to_the_policy_and_asks_nobody_else(entry: app.Entry, served_app: str, page: Page) -> None:
    """No page breaks the content security policy, raises an error in the console or asks another host for anything."""
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if OWN.match(asked.url) else complaints.append(asked.url))
    first = entry is app.built()[0]
    page.goto(served_app if first else f"{served_app}/{entry.address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(3_000)  # the map's workers and tables start after the words
    assert [text for text in complaints if not HARMLESS.search(text)] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_document_tells_its_language(language: str, served_app: str, page: Page) -> None:
    """A screen reader learns the language that the link asks for."""
    page.goto(f"{served_app}/?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language, timeout=30_000)
