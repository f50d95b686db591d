"""A planner's way from what is too much somewhere to a shared scenario, with the files opened again."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card


def menu(page: Page, entry: str, file: Path) -> Path:
    """Take a file from the menu of downloads."""
    page.get_by_role("button", name="Lataa", exact=True).click()
    with page.expect_download(timeout=LONG_MS) as taken:
        page.get_by_role("button", name=entry).click()
    taken.value.save_as(file)
    page.keyboard.press("Escape")
    return file


def part(page: Page, name: str, says: str) -> None:
    """Open another part of the page, and wait for its sentence."""
    page.get_by_role("radio", name=name, exact=True).click()
    expect(page.locator(".sentence").first).to_contain_text(says, timeout=LONG_MS)


def figures(page: Page) -> list[str]:
    """Give the figures of the scenario as they stand."""
    metrics = page.locator("[data-testid=stMetricValue]")
    expect(metrics).to_have_count(5, timeout=LONG_MS)
    return metrics.all_inner_texts()


@pytest.mark.browser
@pytest.mark.timeout(LONG_MS // 1_000 * 8)
def test_a_planner_goes_from_a_balance_to_a_shared_scenario(
    page: Page, served_app: str, screenshot: Callable[[str], Path], tmp_path: Path
) -> None:
    """Balance, flows year by year, ecosystems, a missing link, a closed site saved, compared, shared and undone."""
    page.goto(f"{served_app}/ecosystems?lang=fi")
    expect(page.locator(".sentence").first).to_contain_text("Koko maa", timeout=LONG_MS)
    _flows(page, screenshot, tmp_path)
    _gaps(page, screenshot, tmp_path)
    _scenario(page, screenshot, tmp_path)

    page.goto(f"{served_app}/ecosystems?part=indicators&region=11&lang=fi")
    expect(page.locator(".sentence").first).to_contain_text("Pohjois-Savo", timeout=LONG_MS)
    profile = menu(page, "Lataa alueprofiili (PDF)", tmp_path / "profile.pdf")
    assert profile.read_bytes().startswith(b"%PDF")
    screenshot("planner-indicators")


def _flows(page: Page, screenshot: Callable[[str], Path], folder: Path) -> None:
    """Go a year back and forth by the keyboard."""
    part(page, "Virrat", "ylittää maakunnan rajan")
    slider = page.get_by_role("slider", name="Tilanne vuoden lopussa")
    now = int(slider.get_attribute("aria-valuetext", timeout=LONG_MS) or "0")
    assert now >= 2026  # this year, as the link says nothing else
    slider.press("ArrowLeft")
    expect(page).to_have_url(re.compile(f"year={now - 1}"), timeout=LONG_MS)
    screenshot("planner-flows-year")
    slider.press("ArrowRight")
    expect(page).not_to_have_url(re.compile("year="), timeout=LONG_MS)
    assert Image.open(menu(page, "Lataa kuva (PNG)", folder / "flows.png")).size == (1_600, 1_900)


def _gaps(page: Page, screenshot: Callable[[str], Path], folder: Path) -> None:
    """Open the files of ecosystems and of sites again."""
    part(page, "Ekosysteemit", "ekosysteemiä")
    groups = menu(page, "Lataa paikkatieto", folder / "ecosystems.gpkg")
    hulls = gpd.read_file(groups, layer="ecosystems")
    assert hulls.crs.to_epsg() == 3067
    assert (hulls["companies"] >= 3).all()
    screenshot("planner-ecosystems")

    part(page, "Puuttuvat jalostajat", "jalostaja puuttuu")
    sites = gpd.read_file(menu(page, "Lataa paikkatieto", folder / "sites.gpkg"), layer="sites")
    assert 1 <= len(sites) <= 3
    screenshot("planner-missing")


def _scenario(page: Page, screenshot: Callable[[str], Path], folder: Path) -> None:
    """Close the busiest site, keep, compare and share that, and take it back."""
    part(page, "Mitä jos", "Oikeisiin tietoihin ei kosketa")
    today = figures(page)
    page.get_by_role("combobox", name="Suljettava toimipaikka").click()
    page.get_by_role("option").first.click()
    expect(page.locator(".sentence").first).to_contain_text("katkeaa", timeout=LONG_MS)
    closed = figures(page)
    assert closed != today
    page.get_by_label("Tarkastelun nimi").fill("Suurin suljetaan")
    page.get_by_role("button", name="Tallenna tarkastelu").click()
    expect(page.get_by_text("Tarkastelu tallennettiin: Suurin suljetaan")).to_be_visible(timeout=LONG_MS)
    beside = page.get_by_role("combobox", name="Vertaa rinnakkain")
    beside.focus()  # a list that opens while the page still scrolls to it closes again
    expect(beside).to_be_in_viewport()
    beside.press("ArrowDown")
    page.get_by_role("option", name="Suurin suljetaan").first.click()
    expect(page).to_have_url(re.compile("compare="), timeout=LONG_MS)
    page.keyboard.press("Escape")
    workbook = menu(page, "Lataa Excel", folder / "whatif.xlsx")
    assert zipfile.ZipFile(workbook).testzip() is None
    lines = gpd.read_file(menu(page, "Lataa paikkatieto", folder / "whatif.gpkg"), layer="exchanges")
    assert "broken" in set(lines["kind"])
    screenshot("planner-whatif")

    shared = page.context.new_page()
    shared.goto(page.url)
    expect(shared.locator(".sentence").first).to_contain_text("katkeaa", timeout=LONG_MS)
    assert figures(shared) == closed
    expect(shared.get_by_text("Suurin suljetaan").first).to_be_visible(timeout=LONG_MS)
    shared.close()

    page.get_by_role("button", name="Kumoa", exact=True).click()
    expect(page.locator(".sentence").first).to_contain_text("Oikeisiin tietoihin ei kosketa", timeout=LONG_MS)
    assert figures(page) == today
