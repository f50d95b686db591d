"""From a register's waste stream to a completed synergy with its benefits, and to the yearly report that holds it."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from config.settings import ROOT, Settings
from data import cluster, store
from tests.journeys import own_app
from tests.journeys.own_app import LONG_MS, settled

pytestmark = pytest.mark.browser

SHARED = ROOT.parent / "shared" / "data" / "sites"
NEEDS = """Yritys;Kunta;Suunta;Tyyppi;Otsikko;Määrä;Yksikkö
Kierron Biolaitos Oy;Oulu;tarvitaan;jäte;Vaaraton jäte hyödynnettäväksi: maidon käsittely ja jalostus;3000;t
Kierron Selluntuhka Oy;Jyväskylä;tarvitaan;jäte;Vaaraton jäte hyödynnettäväksi: sellun valmistus;9000;t
"""
STAGES = ("keskustelussa", "selvityksessä", "neuvottelussa", "toteutuksessa")
DECLARED, ESTIMATED = 857, 643
SUMS = """
SELECT basis, sum(b.amount * b.attribution_percent / 100) FROM benefit b JOIN synergy y ON y.id = b.synergy_id
WHERE y.stage = 'completed' AND y.deleted_at IS NULL AND b.deleted_at IS NULL AND b.yearly AND metric = :metric
GROUP BY basis ORDER BY basis
"""
TAKEN = "SELECT subject FROM audit WHERE kind = 'exported' ORDER BY id DESC LIMIT 2"
Screenshot = Callable[[str], Path]


@dataclass(frozen=True)
class Register:
    """Name a register as a file, and the company in it whose stream is followed."""

    name: str
    path: Path
    company: str


@pytest.fixture(scope="module")
def home(own_home: Path) -> Path:
    """Give the home of the app whose store begins empty."""
    return own_home


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the app, into which two companies' needs are imported."""
    needs = tmp_path_factory.mktemp("needs") / "needs.csv"
    needs.write_text(NEEDS, encoding="utf-8")
    with own_app.served(home) as url:
        own_app.command(home, "import", "table", str(needs))
        yield url


@pytest.fixture(params=["invented", "real"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Register:
    """Give a small register of invented companies, or the real one where it is on this machine; zipped."""
    real = request.param == "real"
    folder = SHARED if real else ROOT / "tests" / "samples" / "prtr"
    if not folder.is_dir():
        pytest.skip("the real register is not on this machine")
    path = tmp_path / "prtr.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in folder.glob("prtr_*.csv*"):
            packed.write(file, file.name)
    return Register(request.param, path, "Metsä Fibre" if real else "Koillisen Juusto")


def imported(page: Page, address: str, register: Register) -> None:
    """Import the register on its page."""
    page.goto(f"{address}/import?lang=fi")
    page.locator("input[type=file]").set_input_files(register.path)
    page.locator(".st-key-check_file button").click()
    button = page.locator(".st-key-import_now button")
    columns = page.locator(".st-key-to_check button")
    expect(button.or_(columns)).to_be_visible(timeout=LONG_MS)
    if columns.count():
        columns.click()
    button.click(timeout=LONG_MS)
    expect(page.get_by_text("Uutta kannassa")).to_be_visible(timeout=LONG_MS)


def partners_of_its_stream(page: Page, address: str, register: Register) -> None:
    """Find the company, open the stream that it sends to be used, and go to its partners."""
    page.goto(f"{address}/companies?lang=fi&q={register.company}")
    settled(page)
    page.locator("[class*=st-key-open_] button").filter(has_text=register.company).first.click()
    page.wait_for_url(re.compile("organisation="))
    page.get_by_role("button", name="Vaaraton jäte hyödynnettäväksi").first.click(timeout=LONG_MS)
    page.locator(".st-key-find_partners button").click(timeout=LONG_MS)
    page.wait_for_url(re.compile("/partners"))
    settled(page)


def badge(page: Page, stage: str) -> Locator:
    """Give the badge that tells the stage of the open synergy."""
    return page.locator(".st-key-title").get_by_text(stage, exact=True)


def moved(page: Page, step: str) -> Locator:
    """Open the form of the next stage, say what is to be done next, and send it."""
    page.locator(".st-key-move_this button").click(timeout=LONG_MS)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Seuraava askel")).to_be_visible(timeout=LONG_MS)
    dialog.get_by_label("Seuraava askel").fill(step)
    dialog.get_by_label("Muistiinpanot").focus()
    dialog.locator(".st-key-move_save button").click()
    return dialog


def completed(page: Page, screenshot: Screenshot, name: str) -> None:
    """Complete it: refused without a benefit, done with a declared and an estimated one."""
    dialog = moved(page, "Seurataan määriä")
    expect(dialog.get_by_text("vasta, kun siltä on kirjattu vähintään yksi hyöty")).to_be_visible(timeout=LONG_MS)
    screenshot(f"register-{name}-refused")
    landfill = dialog.get_by_label(re.compile("^Kaatopaikalta.*: Määrä$"))
    landfill.fill(str(DECLARED))
    saved = dialog.get_by_label(re.compile("^Kustannussäästö.*: Määrä$"))
    saved.fill(str(ESTIMATED))
    saved.press("Tab")
    dialog.locator("[class*=st-key-move_benefit_basis_cost_savings]").get_by_role("combobox").click()
    page.get_by_role("option", name="arvioitu").click()
    settled(page)
    screenshot(f"register-{name}-benefits")
    dialog.locator(".st-key-move_save button").click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    expect(badge(page, "toteutunut")).to_be_visible(timeout=LONG_MS)


def taken_home(page: Page, name: str) -> bytes:
    """Download the report in one of its forms."""
    page.get_by_role("button", name="Lataa", exact=True).click()
    with page.expect_download(timeout=LONG_MS) as download:
        page.locator(f".st-key-download_report_{name} button").click()
    page.keyboard.press("Escape")
    return Path(download.value.path()).read_bytes()


def printed(pdf: bytes) -> set[str]:
    """Give the words of a PDF file without spaces: our writer leaves figures readable in its packed pages."""
    packed = re.findall(rb"ASCII85Decode /FlateDecode \][^>]*>>\s*stream\r?\n(.*?)~>\s*endstream", pdf, re.DOTALL)
    pages = [zlib.decompress(base64.a85decode(one)).decode("latin-1") for one in packed]
    return {re.sub(r"\\\d{3}|\s", "", found) for one in pages for found in re.findall(r"\((.*?)\) Tj", one)}


def test_from_a_stream_to_the_report(
    register: Register, address: str, home: Path, page: Page, screenshot: Screenshot
) -> None:
    """A partner is taken up with two clicks, brought through every stage, and counted where a year is told of."""
    imported(page, address, register)
    partners_of_its_stream(page, address, register)
    screenshot(f"register-{register.name}-partners")
    # The first of the list stands open; a second one is opened by a click, and taken up by another.
    page.locator("[class*=st-key-take_up] button").click(timeout=LONG_MS)
    page.locator(".st-key-to_pipeline button").click(timeout=LONG_MS)
    page.wait_for_url(re.compile("/synergies.*id="))
    settled(page)
    for stage in STAGES:
        if not badge(page, stage).count():
            moved(page, f"Vaihe: {stage}")
        expect(badge(page, stage)).to_be_visible(timeout=LONG_MS)
        settled(page)
    completed(page, screenshot, register.name)
    settled(page)
    screenshot(f"register-{register.name}-completed")
    reported(page, address, home, screenshot(f"register-{register.name}-report"))


def reported(page: Page, address: str, home: Path, picture: Path) -> None:
    """Hold the report's page, workbook and paper against plain SQL."""
    engine = store.engine(cluster.url(Settings(home=home, database_url=None)))
    with engine.connect() as connection:
        sums = {
            metric: {str(one): float(amount) for one, amount in connection.execute(text(SUMS), {"metric": metric})}
            for metric in ("landfill_diverted_tonnes_per_year", "cost_savings_eur_per_year")
        }
        count = connection.scalar(text("SELECT count(*) FROM synergy WHERE stage = 'completed'"))
    assert sums["landfill_diverted_tonnes_per_year"] == {"declared": DECLARED * count}
    assert sums["cost_savings_eur_per_year"] == {"estimated": ESTIMATED * count}
    page.goto(f"{address}/reports?lang=fi")
    settled(page)
    stages = page.get_by_role("region", name="Synergiat vaiheittain").get_by_role("row").filter(has_text="oteutunut")
    expect(stages.locator("td").nth(2)).to_have_text(str(count), timeout=LONG_MS)
    benefits = page.get_by_role("region", name="Vuosittaiset hyödyt")
    page.screenshot(path=picture)
    shown = benefits.inner_text().replace("\u00a0", "")
    assert str(DECLARED * count) in shown
    assert str(ESTIMATED * count) in shown
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken_home(page, "xlsx")))
    sheet = book.get_sheet_by_name("Vuosittaiset hyödyt")
    figures = {cell for row in sheet.to_python() for cell in row if isinstance(cell, float)}
    assert {float(DECLARED * count), float(ESTIMATED * count)} <= figures
    assert {str(DECLARED * count), str(ESTIMATED * count)} <= printed(taken_home(page, "pdf"))
    with engine.connect() as connection:
        taken = connection.scalars(text(TAKEN)).all()
    engine.dispose()
    assert [one.rsplit(" ", 1)[1].strip("()") for one in taken] == ["PDF", "XLSX"]
