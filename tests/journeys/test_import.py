"""A coordinator imports a file with faults, mends one of them, and finds the company."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card
HEAD_PX, ROW_PX = 36, 35
TICK_X_PX = 45
NAMES = ("Tuontimatkan Saha Oy", "Tuontimatkan Lämpö Oy")
TABLE = f"""Yritys;Y-tunnus;Kunta;Suunta;Otsikko;Määrä;Yksikkö;Huone
{NAMES[0]};2077474-1;Oulu;tarjolla;**Hake** {{nimi}};12;t;A1
{NAMES[1]};;Raahe;tarvitaan;Polttohake;20;t;A2
Tuontimatkan Turha Oy;<b>huu</b>;Raahe;tarjolla;Tuhka;7;t;A3
"""
Screenshot = Callable[[str], Path]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Give a file of three rows: one that can be mended, one right, one hopeless."""
    path = tmp_path / "työpaja_oulu.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def tick(page: Page, row: int) -> None:
    """Press the tick of a row of the first table; it is drawn on a canvas."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.click(position={"x": TICK_X_PX, "y": HEAD_PX + ROW_PX * row + ROW_PX // 2})


def no_faults(page: Page) -> None:
    """Check the page by the rules of WCAG 2.1 A and AA."""
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=LONG_MS)  # what is about to go is drawn pale
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()


def test_a_file_with_faults_is_mended_and_imported(
    served_app: str, page: Page, table: Path, screenshot: Screenshot
) -> None:
    """Upload, columns, problems, a tick, the import, and the company on its page."""
    page.goto(f"{served_app}/import?lang=fi")
    expect(page.get_by_text("Valitse tiedosto.")).to_be_visible(timeout=LONG_MS)
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Tarkista tiedosto").click()

    expect(page.get_by_text("Sarakkeista tunnistettiin")).to_be_visible(timeout=LONG_MS)
    no_faults(page)
    screenshot("import-columns")
    page.get_by_role("button", name="Jatka tarkistukseen").click()

    button = page.get_by_role("button", name="Tuo ")
    expect(button).to_have_text("Tuo 2\u00a0riviä", timeout=LONG_MS)  # the clear proposal is ticked already
    page.wait_for_timeout(3_000)  # the table and the map draw themselves
    screenshot("import-check")
    no_faults(page)
    tick(page, 0)
    expect(button).to_have_text("Tuo 1\u00a0rivi", timeout=LONG_MS)

    page.reload()  # the link keeps the file and what was chosen
    expect(button).to_have_text("Tuo 1\u00a0rivi", timeout=LONG_MS)
    page.wait_for_timeout(3_000)
    tick(page, 0)
    expect(button).to_have_text("Tuo 2\u00a0riviä", timeout=LONG_MS)
    button.click()

    expect(page.get_by_text("Uutta kannassa")).to_be_visible(timeout=LONG_MS)
    screenshot("import-done")
    no_faults(page)
    page.get_by_role("button", name="Näytä yritykset").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yritykset ja resurssit", timeout=LONG_MS)
    search = page.get_by_role("textbox").first
    search.fill("Tuontimatkan Saha")
    search.press("Enter")
    expect(page.get_by_text(NAMES[0]).first).to_be_visible(timeout=LONG_MS)


@pytest.mark.parametrize(("language", "words"), [("sv", "förkastas"), ("en", "are rejected")])
def test_the_check_speaks_the_users_language(
    language: str, words: str, served_app: str, page: Page, table: Path
) -> None:
    """The same file, in Swedish and English; nothing of it is saved."""
    page.goto(f"{served_app}/import?lang={language}")
    page.locator("input[type=file]").set_input_files(table)
    page.locator(".st-key-check_file button").click()
    page.locator(".st-key-to_check button").click(timeout=LONG_MS)
    expect(page.locator(".sentence")).to_contain_text(words, timeout=LONG_MS)


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(served_app: str, page: Page, tmp_path: Path) -> None:
    """Nothing is lost: the page says what it accepts, and goes on."""
    path = tmp_path / "kuva.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n not a table")
    page.goto(f"{served_app}/import?lang=fi")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Tarkista tiedosto").click()
    expect(page.get_by_role("alert").first).to_contain_text("kuva.xlsx", timeout=LONG_MS)
    page.get_by_role("button", name="Vaihda tiedosto").click()
    expect(page.locator("input[type=file]")).to_have_count(1, timeout=LONG_MS)
