"""A coordinator's question at nearby partners: who is near enough, what counts, and does the haul pay."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card
STEP_MS = 500
MAP_MS = 4_000  # the base map comes seconds after the layers where no graphics card draws it
Screenshot = Callable[[str], Path]


def settled(page: Page) -> None:
    """Wait until the list stands and nothing on the page is about to be replaced."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".pn.head")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=LONG_MS)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=LONG_MS)
    # The link is written at the start of a run: the list is whole only when the run has ended.
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=LONG_MS)


def kilometres(page: Page) -> list[float]:
    """Give the road km of the list; estimates and what no road reaches are left out."""
    texts = page.locator(".pn:not(.head) .r.km:not(.guess)").all_inner_texts()
    figures = [text.split("\n")[0].replace("\u00a0", "").replace(",", ".") for text in texts]
    return [sum(float(leg) for leg in figure.split("+")) for figure in figures if figure != "–"]


def euros(page: Page) -> list[str]:
    """Give the column of EUR per tonne."""
    return page.locator(".pn:not(.head)").locator(".r.fig").all_inner_texts()[::2]


CHOSEN: list[str] = []  # the link of the resource, once it was chosen: a later journey begins there


def choose(page: Page, address: str) -> None:
    """Open the page and find concrete, which is wanted all over the country."""
    if CHOSEN:
        page.goto(CHOSEN[0])
        settled(page)
        return
    page.goto(f"{address}/partners?lang=fi")  # begins with whatever stands first, which may have no partners
    expect(page.get_by_role("combobox", name=re.compile("Resurssi"))).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=LONG_MS)
    # By keyboard throughout: a click waits for frames that stand still, which a map being drawn by software delays.
    page.get_by_role("combobox", name=re.compile("Resurssi")).fill("Betonia ja tiil")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("resource="))
    settled(page)
    CHOSEN.append(page.url)


def step(slider: Locator, key: str, times: int) -> None:
    """Move a slider by the keyboard."""
    slider.focus()
    for _ in range(times):
        slider.press(key)


def test_a_limit_removes_exactly_those_beyond_it(served_app: str, page: Page, screenshot: Screenshot) -> None:
    """And stands in the link, which alone brings the list back."""
    choose(page, served_app)
    before = kilometres(page)
    assert max(before) > 120
    slider = page.get_by_role("slider", name="Etäisyys enintään, km")
    step(slider, "Home", 1)
    step(slider, "ArrowRight", 12)
    page.wait_for_url(re.compile("km=120"))
    expect(page.get_by_text(re.compile("Rajan takana")).first).to_be_visible(timeout=LONG_MS)
    # The browser writes the link before the server has drawn the list anew.
    for _ in range(LONG_MS // STEP_MS):
        settled(page)
        near = kilometres(page)
        if near and max(near) <= 120:
            break
        page.wait_for_timeout(STEP_MS)
    assert near
    assert max(near) <= 120
    assert [km for km in before if km <= 120] == [km for km in near if km in before]
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    settled(page)
    assert kilometres(page) == near
    page.wait_for_timeout(MAP_MS)
    screenshot("partners-limit")


def test_weights_stand_in_the_link_and_can_be_put_back(served_app: str, page: Page, screenshot: Screenshot) -> None:
    """Five sliders behind one button."""
    choose(page, served_app)
    page.get_by_role("button", name="Painot").press("Enter")
    step(page.get_by_role("slider", name=re.compile("^Matka")), "ArrowLeft", 7)
    page.wait_for_url(re.compile("w=83200"))
    settled(page)
    slider = page.get_by_role("slider", name=re.compile("^Matka"))
    expect(slider).to_have_value("0")
    screenshot("partners-weights")
    page.get_by_role("button", name="Palauta oletukset").press("Enter")
    page.wait_for_url(lambda url: "w=" not in url)
    settled(page)
    expect(slider).to_have_value("7")


def test_a_haul_is_reckoned_out_with_ones_own_vehicle(served_app: str, page: Page, screenshot: Screenshot) -> None:
    """A smaller vehicle makes every haul dearer, in the dialog and after it in the list."""
    choose(page, served_app)
    before = euros(page)
    page.get_by_role("button", name="Laskelma").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Hyötykuorma, t")).to_be_visible(timeout=LONG_MS)
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name="Kuorma-auto 28 t").click()
    expect(dialog.get_by_label("Hyötykuorma, t")).to_have_value("16", timeout=LONG_MS)
    dialog.get_by_text("Luvut ja lähteet").click()
    expect(dialog.get_by_role("columnheader", name="Lähde")).to_be_visible(timeout=LONG_MS)
    screenshot("partners-calculation")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    expect(page.locator(".pn-more.pale")).to_contain_text("Kuorma-auto 28 t", timeout=LONG_MS)
    settled(page)
    assert euros(page) != before
    # The sheet is made after the run of the page, where nobody is anybody: only a real download shows that it works.
    with page.expect_download(timeout=LONG_MS) as sheet:
        page.get_by_role("button", name="Matkatuloste").press("Enter")
    assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF")


def test_an_idea_finds_partners_by_its_link_alone(served_app: str, page: Page, screenshot: Screenshot) -> None:
    """What if somebody had concrete in Kemi; nothing of it is kept, so nothing can be taken up."""
    page.goto(f"{served_app}/partners?lang=fi&what=Betonimurske&side=have&kind=waste&at=240&unit=min")
    settled(page)
    expect(page.get_by_text("Tätä ei ole tallennettu")).to_be_visible()
    expect(page.get_by_role("slider", name="Ajoaika enintään, min")).to_be_visible()
    expect(page.get_by_role("button", name="Ota työn alle")).to_have_count(0)
    screenshot("partners-idea")
