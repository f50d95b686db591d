"""The database goes while a form is open: what was typed stays, and is sent once it is back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from config.settings import Settings
from data import cluster, store
from tests.journeys import own_app
from tests.journeys.own_app import LONG_MS, settled

pytestmark = pytest.mark.browser

LISTED = """Yritys;Kunta;Suunta;Tyyppi;Otsikko;Määrä;Yksikkö
Katkon Voima Oy;Oulu;tarjolla;jäte;Puutuhka lannoitteeksi;300;t
Katkon Lannoite Oy;Liminka;tarvitaan;jäte;Puutuhkaa lannoitteeksi;400;t
"""
STEP, NOTE = "Soitto tiistaina", "Tuhka on kuivaa ja vapaata kesään asti."


@pytest.fixture(scope="module")
def address(own_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an app with one proposed synergy."""
    listed = tmp_path_factory.mktemp("listed") / "listed.csv"
    listed.write_text(LISTED, encoding="utf-8")
    with own_app.served(own_home) as url:
        own_app.command(own_home, "import", "table", str(listed))
        own_app.command(own_home, "match", "refresh")
        yield url


def test_what_was_typed_outlives_the_database(
    address: str, own_home: Path, page: Page, screenshot: Callable[[str], Path]
) -> None:
    """Nothing is written while it is away, and the page says so; then the same press of the button writes all of it."""
    own = Settings(home=own_home, database_url=None)
    page.goto(f"{address}/synergies?lang=fi")
    settled(page)
    page.locator("[class*=st-key-move_card] button").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Seuraava askel")).to_be_visible(timeout=LONG_MS)
    dialog.get_by_label("Seuraava askel").fill(STEP)
    dialog.get_by_label("Muistiinpanot").fill(NOTE)
    dialog.get_by_label("Seuraava askel").focus()
    settled(page)
    cluster.down(own, force=True)
    dialog.locator(".st-key-move_save button").click()
    expect(page.get_by_text("Tietokantaan ei saada yhteyttä").first).to_be_visible(timeout=LONG_MS)
    settled(page)
    screenshot("away-form")
    expect(dialog.get_by_label("Seuraava askel")).to_have_value(STEP)
    expect(dialog.get_by_label("Muistiinpanot")).to_have_value(NOTE)
    with cluster.running(own) as url:
        dialog.locator(".st-key-move_save button").click()
        expect(dialog).to_have_count(0, timeout=LONG_MS)
        settled(page)
        screenshot("away-saved")
        engine = store.engine(url)
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT next_step, note, stage FROM synergy")).all()
        engine.dispose()
    assert [tuple(one) for one in kept] == [(STEP, NOTE, "discussing")]
