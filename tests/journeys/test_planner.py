import re
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Page, expect

LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card


@pytest.mark.browser
def test_a_planner_goes_from_a_surplus_to_the_pairs_behind_a_flow(
    page: Page, served_app: str, screenshot: Callable[[str], Path], tmp_path: Path
) -> None:
    """The balance of a region, its geodata, the matrix of flows, and the synergies behind one of them."""
    page.goto(f"{served_app}/ecosystems?region=06&lang=fi")
    sentence = page.locator(".sentence").first
    expect(sentence).to_contain_text("Pirkanmaa: kaikki aineet", timeout=LONG_MS)
    expect(page.locator(".pairs .pair").first).to_be_visible(timeout=LONG_MS)
    expect(page.locator("canvas").first).to_be_visible(timeout=LONG_MS)
    screenshot("planner-balance")

    page.get_by_role("button", name="Lataa").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Lataa paikkatieto").click()
    file = tmp_path / "balance.gpkg"
    taken.value.save_as(file)
    areas = gpd.read_file(file, layer="municipalities")
    assert areas.crs.to_epsg() == 3067
    assert len(areas) == 23
    page.keyboard.press("Escape")

    page.get_by_role("radio", name="Virrat").click()
    expect(sentence).to_contain_text("ylittää maakunnan rajan", timeout=LONG_MS)
    expect(page).to_have_url(re.compile("part=flows"), timeout=LONG_MS)
    expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_visible(timeout=LONG_MS)
    page.goto(f"{served_app}/ecosystems?region=06&part=flows&cell=06-05&lang=fi")
    expect(page.get_by_role("heading", name="Pirkanmaa → Kanta-Häme")).to_be_visible(timeout=LONG_MS)
    screenshot("planner-flows")
