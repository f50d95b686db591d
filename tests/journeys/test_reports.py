"""The yearly report that is taken is the one on the page; the public page opens to somebody without a session."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from config.settings import Settings
from data import cluster, store

pytestmark = pytest.mark.browser

WAIT_MS = 60_000
WAYS = "all => all.map(one => one.getAttribute('href') ?? one.getAttribute('action') ?? one.getAttribute('src') ?? '')"


RELEASED = """
SELECT o.name, bool_or(y.id IS NOT NULL) AS released FROM organisation o JOIN site s ON s.organisation_id = o.id
JOIN resource r ON r.site_id = s.id LEFT JOIN synergy y ON r.id IN (y.have_id, y.want_id) AND y.stage = 'completed'
    AND y.showcase_consent AND y.deleted_at IS NULL
GROUP BY o.id, o.name
"""


def _says_no_more_than_was_released(window: Page, home: Path) -> None:
    """Hold the whole answer against the store: no company beside the released ones, no person, no way further in."""
    said = window.content()
    engine = store.engine(cluster.url(Settings(home=home, database_url=None)))
    with engine.connect() as connection:
        companies = connection.execute(text(RELEASED)).all()
        people = list(connection.scalars(text("SELECT name FROM contact UNION SELECT name FROM expert")))
        people += list(connection.scalars(text("SELECT DISTINCT owner FROM synergy WHERE owner IS NOT NULL")))
        steps = list(connection.scalars(text("SELECT DISTINCT note FROM synergy WHERE length(note) > 8")))
    engine.dispose()
    shown = {one.name for one in companies if one.name in said}
    assert shown
    assert shown <= {one.name for one in companies if one.released}
    assert [one for one in (*people, *steps) if one in said] == []
    assert "@" not in said
    ways = {re.split("[?#]", str(one))[0] for one in window.eval_on_selector_all("a[href], form, iframe, script", WAYS)}
    assert ways <= {"", "/showcase"}


def test_the_report_taken_is_the_one_shown_and_the_showcase_is_open_to_all(
    served_app: str, served_home: Path, page: Page, browser: Browser, screenshot: Callable[[str], Path]
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
    told: dict[str, str] = {}
    window.on("response", lambda one: told.update({one.url.removeprefix(served_app): one.headers["content-type"]}))
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
    kinds = {one.split("?")[0].rsplit(".", 1)[-1]: kind.split(";")[0] for one, kind in told.items()}
    assert kinds == {"/showcase": "text/html", "css": "text/css", "svg": "image/svg+xml"}
    _says_no_more_than_was_released(window, served_home)
    stranger.close()
