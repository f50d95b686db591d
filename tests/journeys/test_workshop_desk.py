"""The facilitator's desk: what tables send in good and bad faith, what a facilitator does with it, and the report."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect
from python_calamine import CalamineWorkbook

from tests.journeys import room
from tests.journeys.conftest import LONG_MS, SCREENSHOTS
from tests.journeys.own_app import settled

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
WALL = ViewportSize(width=1920, height=1080)
JOKES = (
    "<img src=x onerror=document.title='osuma'>",
    "**lihava** [linkki](javascript:alert(1))",
    "Rautaromua 🔥 ja 👍🏽",
    "Tuhkaa \u202eoikealta vasemmalle",
)
SHEET = """Yritys;Kunta;Tarjolla/tarvitaan;Laji;Otsikko;Määrä;Yksikkö
Paperi Oy;Kajaani;tarjolla;sivuvirta;Kuitulietettä;1 500;t
Multa Oy;Oulu;tarvitaan;sivuvirta;Kuitulietettä mullan raaka-aineeksi;900;t
;Oulu;tarjolla;sivuvirta;Nimetön rivi;1;t
"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Open a telephone."""
    context = browser.new_context(viewport=room.PHONE, has_touch=True, locale="fi-FI")
    context.set_default_timeout(LONG_MS)
    yield context
    context.close()


@pytest.fixture
def second(browser: Browser) -> Iterator[Page]:
    """Open the window of a second facilitator."""
    context = browser.new_context(viewport=WALL, locale="fi-FI", timezone_id="Europe/Helsinki")
    context.set_default_timeout(LONG_MS)
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    """Keep what a page shows."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"workshop-desk-{name}.png")


def clean(page: Page) -> None:
    """Hold a page to WCAG 2.1 A and AA."""
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def sent(table: Page, title: str, state: str, **more: str) -> None:
    """Send a card, and wait until the telephone says what became of it."""
    if table.locator("#next").is_visible():
        table.locator("#next").click()
    room.enter(table, title, **more)
    expect(table.locator("#done-state")).to_have_text(state, timeout=LONG_MS)


def test_jokes_are_shown_as_written_or_wait(served_app: str, page: Page, phone: BrowserContext, second: Page) -> None:
    """Markup, emoji and turned writing are letters on telephone, desk and wall; 10,000 letters wait."""
    code = room.begin(page, served_app, "Vitsien paja")
    table, wall = phone.new_page(), second
    wall.goto(served_app + (page.locator("iframe[src*='/screen']").get_attribute("src") or ""))
    table.goto(f"{served_app}/entry?t={code}&table=1")
    clean(table)
    for joke in JOKES:
        sent(table, joke, "Taululla.")
        expect(table.locator("#done-title")).to_contain_text(joke.replace("\u202e", "") if joke == JOKES[3] else joke)
    sent(table, "🙂🙂🙂", "Odottaa fasilitaattoria.")
    clean(table)
    table.locator("#next").click()
    table.fill("#title", "puru " * 2_000)
    assert len(table.input_value("#title")) == 300  # the field takes no more
    table.locator("button.primary").click()
    expect(table.locator("#done-state")).to_have_text("Odottaa fasilitaattoria.", timeout=LONG_MS)
    table.locator("#next").click()
    table.fill("#title", "Purua")
    table.locator("button.primary").dblclick()
    expect(table.locator("#done-state")).to_have_text("Taululla.", timeout=LONG_MS)
    expect(wall.locator("#n-resources")).to_have_text("5", timeout=LONG_MS)
    clean(wall)
    page.get_by_text(re.compile("Kirjaukset")).first.click()
    for joke in JOKES[:3]:
        expect(page.get_by_text(joke).first).to_be_visible()
    settled(page)
    keep(page, "jokes")
    clean(page)
    assert "osuma" not in {page.title(), table.title(), wall.title()}
    assert not page.locator("a[href^=javascript]").count()


def test_a_desk_of_two(served_app: str, page: Page, phone: BrowserContext, second: Page, tmp_path: Path) -> None:
    """Merge, correct, hide, put back, lift, pause, a sheet, the end: each seen by the other, the second told."""
    code = room.begin(page, served_app, "Kahden ohjaajan paja", "Perämeren Kuitu Oy\nRuskon Rakeistus Oy")
    second.goto(page.url)
    table = phone.new_page()
    table.goto(f"{served_app}/entry?t={code}&table=4")
    table.fill("#company", "rusk")
    expect(table.locator("#companies option")).to_have_attribute("value", "Ruskon Rakeistus Oy")
    sent(table, "Puukuitutuhkaa lannoitteeksi", "Taululla.", company="Perämeren Kuitu Oy")
    for _ in range(2):
        sent(table, "Puukuitutuhkaa rakeisiin", "Taululla.", direction="want", company="Ruskon Rakeistus Oy")
    told = page.locator(".sentence").first
    expect(told).to_contain_text("3 resurssia", timeout=LONG_MS)

    mends(page, told)
    steers(page, second)
    takes_in(page, told, tmp_path)
    settled(second)
    keep(second, "second")
    clean(second)
    ends(page, second, tmp_path)


def mends(page: Page, told: Locator) -> None:
    """Merge what came twice, correct a card, take it down and put it back."""
    page.get_by_role("button", name="Yhdistä").click()
    expect(told).to_contain_text("2 resurssia", timeout=LONG_MS)
    page.get_by_text(re.compile("Kirjaukset")).first.click()
    page.get_by_placeholder("Hae kirjauksista").fill("lannoitteeksi")
    page.keyboard.press("Enter")
    entry = page.locator("[class*=st-key-entry_]").filter(has_text="Puukuitutuhkaa lannoitteeksi")
    entry.get_by_role("button", name="Korjaa").click()
    page.get_by_label("Mitä", exact=True).fill("Puukuitutuhkaa pelloille")
    keep(page, "correct")
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_placeholder("Hae kirjauksista").fill("pelloille")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Puukuitutuhkaa pelloille · 1200 t/a · Kemi")).to_be_visible(timeout=LONG_MS)
    entry = page.locator("[class*=st-key-entry_]").filter(has_text="Puukuitutuhkaa pelloille")
    entry.get_by_role("button", name="Piilota").click()
    expect(told).to_contain_text("1 resurssi", timeout=LONG_MS)
    page.get_by_role("button", name="Palauta taululle").click()
    expect(told).to_contain_text("2 resurssia", timeout=LONG_MS)


def steers(page: Page, second: Page) -> None:
    """Lift a match and pause; the second facilitator's page follows, and what that one does the first's."""
    page.get_by_text(re.compile("Tarkista")).first.click()
    page.get_by_role("button", name="Nosta").first.click()
    expect(page.get_by_role("button", name="Poista nosto")).to_be_visible()
    page.locator("label").filter(has_text="Pysäytä syöttö").click()
    expect(second.get_by_text("Tauolla", exact=True)).to_be_visible(timeout=LONG_MS)
    settled(second)  # a switch that somebody else has turned is drawn anew, and for a moment both are there
    expect(second.locator("label").filter(has_text="Pysäytä syöttö").locator("input")).to_be_checked(timeout=LONG_MS)
    second.locator("label").filter(has_text="Pysäytä syöttö").click()
    expect(second.get_by_text("Käynnissä", exact=True)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Käynnissä", exact=True)).to_be_visible(timeout=LONG_MS)


def takes_in(page: Page, told: Locator, folder: Path) -> None:
    """Take a table's sheet in: first what it would bring and what is wrong with it, then its sound rows."""
    file = folder / "pöytä.csv"
    file.write_text(SHEET, encoding="utf-8")
    page.get_by_role("button", name="Tuo pöydän taulukko").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("dialog")).to_contain_text("uusia kirjauksia 2, ennestään työpajassa 0, hylättyjä 1")
    expect(page.get_by_role("dialog")).to_contain_text("Yrityksen nimi puuttuu (rivi 4)")
    keep(page, "sheet")
    page.get_by_role("button", name="Tuo 2 kirjausta").click()
    expect(told).to_contain_text("4 resurssia", timeout=LONG_MS)
    page.get_by_role("button", name="Tuo pöydän taulukko").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("dialog")).to_contain_text("uusia kirjauksia 0, ennestään työpajassa 2, hylättyjä 1")
    expect(page.get_by_role("button", name="Tuo 0 kirjausta")).to_be_disabled()
    page.keyboard.press("Escape")


def ends(page: Page, second: Page, folder: Path) -> None:
    """End the workshop: the other facilitator's page follows, and the report says what the wall says."""
    wall = second.context.new_page()
    wall.goto(page.url.partition("/workshop")[0] + (page.locator("iframe").get_attribute("src") or ""))
    expect(wall.locator("#n-resources")).to_have_text("4", timeout=LONG_MS)
    page.get_by_role("button", name="Päätä ja tee kooste").click()
    page.get_by_role("button", name="Päätä työpaja").click()
    expect(second.get_by_text("Päättynyt", exact=True)).to_be_visible(timeout=LONG_MS)
    for name in ("pdf", "xlsx"):
        with page.expect_download() as taken:
            page.get_by_role("button", name=f"Kooste, Suomi ({name.upper()})").click()
        taken.value.save_as(folder / f"report.{name}")
    rows = CalamineWorkbook.from_path(folder / "report.xlsx").get_sheet_by_name("Luvut").to_python()
    reported = [str(row[1]) for row in rows[1:]]
    ids = ("companies", "resources", "matches", "cross", "tonnes", "co2e")
    assert reported == [wall.locator(f"#n-{one}").inner_text() for one in ids]
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    SCREENSHOTS.joinpath("workshop-report.pdf").write_bytes((folder / "report.pdf").read_bytes())
    keep(wall, "last-frame")
    keep(page, "ended")
    expect(page.locator(".code")).to_have_count(0)
    goes_back(page)


def goes_back(page: Page) -> None:
    """Go to the beginning with the slider, and play: the wall, the tables and the lists go along."""
    again = page.frame_locator("iframe[src*='/screen']")
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(again.locator("#n-resources")).to_have_text("1", timeout=LONG_MS)
    expect(again.locator("#join")).to_be_hidden()
    expect(page.locator(".tables strong").nth(3)).to_have_text("1", timeout=LONG_MS)
    expect(page.get_by_text("kirjauksia 1.")).to_be_visible(timeout=LONG_MS)
    keep(page, "replay")
    page.get_by_role("button", name="Toista").click()
    expect(again.locator("#n-resources")).not_to_have_text("1", timeout=LONG_MS)
