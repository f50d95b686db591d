"""The yearly report that is taken is the one on the page; the public page opens to somebody without a session."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.browser

WAIT_MS = 60_000


def test_the_report_taken_is_the_one_shown_and_the_showcase_is_open_to_all(
    served_app: str, page: Page, browser: Browser, screenshot: Callable[[str], Path]
) -> None:
    """Every stage and the sum in the file are the page's; the showcase sets no cookie and speaks with nobody else."""
    page.goto(f"{served_app}/reports?region=06&lang=fi")
    table = page.get_by_role("region", name="Synergiat vaiheittain").get_by_role("row")
    expect(table).to_have_count(8, timeout=WAIT_MS)  # a heading, six stages and the sum
    shown = [line.locator("td").all_inner_texts() for line in table.all()[1:]]
    screenshot("reports")
    page.get_by_role("button", name="Lataa").click()
    with page.expect_download(timeout=WAIT_MS) as download:
        page.get_by_role("button", name="Vuosiraportti (Excel)").click()
    book = CalamineWorkbook.from_filelike(io.BytesIO(Path(download.value.path()).read_bytes()))
    taken = book.get_sheet_by_name("Synergiat vaiheittain").to_python()[3:10]
    assert [[line[0], f"{line[2]:.0f}"] for line in taken] == [[line[0], line[2].replace("\xa0", "")] for line in shown]
    assert sum(float(str(line[2])) for line in taken[:-1]) == float(str(taken[-1][2])) > 0

    stranger = browser.new_context(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    complaints: list[str] = []
    window = stranger.new_page()
    window.on("request", lambda request: asked.append(request.url))
    window.on("console", lambda told: complaints.append(told.text))
    window.goto(f"{served_app}/showcase?lang=en")
    expect(window.get_by_role("heading", level=1)).to_have_text("Symbioses that work")
    expect(window.get_by_role("listitem").first).to_contain_text("→")
    window.screenshot(path=screenshot("reports").with_name("showcase.png"))
    assert stranger.cookies() == []
    assert {one.removeprefix(served_app).split("?")[0] for one in asked} <= {
        "/showcase",
        "/app/static/plain.css",
        "/app/static/showcase.css",
        "/app/static/brand/logo.svg",
        "/app/static/brand/icon.svg",
    }
    assert complaints == []
    stranger.close()
