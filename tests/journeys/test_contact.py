"""A talk with a company, and the person of it erased: nothing is left on the page, nor in the history beneath it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import inspect, text

from config.settings import Settings
from data import cluster, store

pytestmark = pytest.mark.browser

LONG_MS = 90_000


def settled(page: Page) -> None:
    """Wait until nothing on the page is about to be replaced."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=LONG_MS)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=LONG_MS)


def mentions(home: Path) -> dict[str, int]:
    """Count by table the rows in which the person stands, history payloads and the audit included."""
    engine = store.engine(cluster.url(Settings(home=home, database_url=None)))
    found: dict[str, int] = {}
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            asked = text(f"SELECT count(*) FROM \"{table}\" t WHERE to_jsonb(t)::text ~* 'pihlakosk'")  # noqa: S608 - catalogue
            if rows := connection.scalar(asked):
                found[table] = int(rows)
    engine.dispose()
    return found


def test_a_contact_is_spoken_with_and_erased(
    served_app: str, served_home: Path, page: Page, screenshot: Callable[[str], Path]
) -> None:
    """Added, changed, named in a talk, erased after a question that tells what goes; the talk stays without the name.

    In no row of any table the person stands any longer, nor on any page that told of them, for another browser either.
    """
    page.goto(f"{served_app}/activation?lang=fi")
    settled(page)
    page.locator("[class*=st-key-open_] button").first.click()
    page.get_by_role("button", name="Lisää yhteyshenkilö").click()
    page.get_by_label("Nimi", exact=True).fill("Sirpa Pihlakoski")
    page.get_by_label("Sähköposti").fill("sirpa.pihlakoski@tehdas.fi")
    page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(page.get_by_text("Yhteyshenkilö tallennettiin: Sirpa Pihlakoski.")).to_be_visible(timeout=LONG_MS)
    settled(page)
    person = page.locator("[class*=st-key-person_]").filter(has_text="Sirpa Pihlakoski")
    person.get_by_role("button", name="Muokkaa").click()
    page.get_by_label("Rooli").fill("Ympäristöpäällikkö")
    page.get_by_label("Sähköposti").fill("pihlakoski@tehdas.fi")  # the history keeps what was there before
    page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(page.get_by_text("Ympäristöpäällikkö").first).to_be_visible(timeout=LONG_MS)
    page.get_by_text("Kirjaa keskustelu").click()
    page.get_by_label("Muistiinpano", exact=True).fill("Sirpa Pihlakosken mukaan tuhka on kuivaa.")
    page.get_by_role("button", name="Tallenna keskustelu").click()
    told = page.locator(".event", has_text="tuhka on kuivaa")
    expect(told).to_contain_text("Sirpa Pihlakosken mukaan", timeout=LONG_MS)
    settled(page)
    screenshot("activation-talk")
    assert {"contact", "contact_log", "change"} <= mentions(served_home).keys()
    person.get_by_role("button", name="Poista kaikkialta").click()
    expect(page.get_by_text("Poistetaanko kaikki, mitä henkilöstä tiedetään")).to_be_visible(timeout=LONG_MS)
    screenshot("activation-erase-question")
    page.get_by_role("button", name="Poista pysyvästi").click()
    expect(page.get_by_text("Henkilö poistettiin kaikkialta.")).to_be_visible(timeout=LONG_MS)
    expect(told).to_contain_text(re.compile(r"poistettu henkilö \w{4} mukaan tuhka on kuivaa"), timeout=LONG_MS)
    settled(page)
    expect(page.get_by_text(re.compile("Pihlakosk"))).to_have_count(0)
    screenshot("activation-erased")
    assert mentions(served_home) == {}
    page.goto(page.url)
    settled(page)
    expect(page.locator(".event").first).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text(re.compile("Pihlakosk"))).to_have_count(0)
