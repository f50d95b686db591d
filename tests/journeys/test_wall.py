"""The screen on the wall in a real browser: what it shows, what it leaves out, and how it bears a server that goes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import Engine

from data.store import events
from data.store import wall as taken_down
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, POINT, SECRETS, Room, Serving, begun, identity, plant, serving
from tests.journeys.conftest import LONG_MS, SCREENSHOTS

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
HD, UHD = ViewportSize(width=1920, height=1080), ViewportSize(width=3840, height=2160)
SMALLEST_PX = 28  # 19 mm on a picture two metres wide: a capital is seen under 8 minutes of arc from 8 m
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def server(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve the workshop's own pages, as a room without a network does."""
    with serving(database, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def room(server: Serving, engine: Engine) -> Room:
    """Begin a workshop."""
    return begun(server.address, engine)


@pytest.fixture
def wall(browser: Browser, room: Room) -> Iterator[Open]:
    """Give a function that opens the screen in a window of its own."""
    contexts: list[BrowserContext] = []

    def opened(size: ViewportSize = HD, more: str = "", said: list[str] | None = None) -> Page:
        contexts.append(browser.new_context(viewport=size, reduced_motion="reduce", locale="fi-FI"))
        contexts[-1].set_default_timeout(LONG_MS)
        page = contexts[-1].new_page()
        if said is not None:
            listen(page, said)
        page.goto(f"{room.address}/screen?t={room.token}{more}")
        page.wait_for_selector("#map .land", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()


def listen(page: Page, said: list[str]) -> None:
    """Keep all that a page is sent: pages, files, answers, and each event of its stream."""

    def kept(answer: Any) -> None:  # noqa: ANN401 - a response
        if "event-stream" not in answer.headers.get("content-type", "") and answer.ok:
            said.append(answer.text() if "font" not in answer.headers.get("content-type", "") else "")

    page.on("requestfinished", lambda request: kept(request.response()))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.eventSourceMessageReceived", lambda event: said.append(event["data"]))


def filled(room: Room) -> list[UUID]:
    """Enter a have in the region's north and a want that answers it, far beyond the frame another, and one alone."""
    cards = [
        ("Puukuitutuhkaa lannoitteeksi", "have", "Perämeren Kuitu Oy", "Kuusamo"),
        ("Puutuhkaa lannoiterakeisiin", "want", "Ruskon Rakeistus Oy", "Oulu"),
        ("Puutuhkaa metsälannoitteeksi", "want", "Etelän Rakeistus Oy", "Helsinki"),
        ("Lasimurskaa", "have", "Lasi Oy", "Ylivieska"),
    ]
    sent = []
    for title, direction, company, place in cards:
        told = {"direction": direction, "company": company, "place": place, "quantity": "1200", "unit": "t"}
        sent.append(identity(room.send(title, **told)))
        room.card(str(sent[-1]))
    return sent


def keep(page: Page, name: str) -> None:
    """Keep what the screen shows."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


# Of every text that is seen: how high its letters are, on a picture 1920 px wide.
SIZES = """() => [...document.querySelectorAll('#wall *')]
    .filter((one) => [...one.childNodes].some((text) => text.nodeType === 3 && text.textContent.trim()))
    .filter((one) => one.getClientRects().length && !one.closest('[hidden]'))
    .map((one) => {
        const scale = one.closest('#map') ? one.closest('#map').getScreenCTM().a : 1;
        return [parseFloat(getComputedStyle(one).fontSize) * scale * 1920 / innerWidth, one.textContent];
    })"""
# How many ends of the match that the card tells of lie under it.
COVERED = """() => {
    const card = document.getElementById('notice').getBoundingClientRect();
    return [...document.querySelectorAll('#map circle[r="17"]')].map((one) => one.getBoundingClientRect())
        .filter((at) => at.left < card.right && card.left < at.right && at.top < card.bottom && card.top < at.bottom)
        .length;
}"""
# What is wider than the room it has.
BEYOND = """() => [...document.querySelectorAll('aside *, #notice *, #legend *')]
    .filter((one) => one.getClientRects().length && getComputedStyle(one).display !== 'inline')
    .filter((one) => one.scrollWidth > one.clientWidth + 2 && !one.closest('svg'))
    .map((one) => one.id || one.className || one.tagName)"""


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [HD, UHD], ids=["1080p", "4k"])
def test_the_screen_is_read_from_eight_metres(room: Room, wall: Open, theme: str, size: ViewportSize) -> None:
    """No letter is smaller than SCREENS.md's, the card covers neither end of its match, and axe finds nothing."""
    filled(room)
    page = wall(size, f"&theme={theme}")
    expect(page.locator("#n-resources")).to_have_text("4")
    expect(page.locator("#most")).to_contain_text("Puutuhka")
    expect(page.locator("#map .newest")).to_be_attached()
    keep(page, f"wall-{theme}-{size['width']}")
    sizes = page.evaluate(SIZES)
    assert len(sizes) > 10
    assert [words for pixels, words in sizes if pixels < SMALLEST_PX - 0.1] == []
    assert page.evaluate(COVERED) == 0
    assert page.evaluate(BEYOND) == []
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_what_lies_beyond_the_frame_is_told_at_its_edge(room: Room, wall: Open) -> None:
    """The camera stays on the region; a partner in the south is named where its arc leaves."""
    filled(room)
    page = wall()
    expect(page.locator("#map text", has_text="Helsinki")).to_be_attached()
    expect(page.locator("#map .pointer").first).to_be_attached()


def test_numbers_and_suggestions_have_scenes_of_their_own(room: Room, wall: Open) -> None:
    """The facilitator changes them; the screen follows by itself."""
    filled(room)
    page = wall()
    for scene, inside in (("numbers", "#materials li"), ("suggestions", "#list li"), ("pause", "#pause h2")):
        with viewing(MAIJA):
            events.steer(room.engine, "Maija", room.event_id, {"scene": scene})
        expect(page.locator(inside).first).to_be_visible()
        expect(page.locator("#notice")).to_be_hidden()
        keep(page, f"wall-{scene}")
        assert [words for pixels, words in page.evaluate(SIZES) if pixels < SMALLEST_PX - 0.1] == []


def test_the_screen_bears_a_server_that_goes_and_catches_up(room: Room, wall: Open, server: Serving) -> None:
    """The last state stays and a line says so; what came meanwhile is there when the server is."""
    filled(room)
    page = wall()
    expect(page.locator("#n-resources")).to_have_text("4")
    server.stop()
    expect(page.locator("#away")).to_contain_text("Palvelin ei vastaa")
    expect(page.locator("#n-resources")).to_have_text("4")
    keep(page, "wall-away")
    server.start()
    room.card(str(identity(room.send("Betonimursketta", company="Betoni Oy"))))
    expect(page.locator("#n-resources")).to_have_text("5")
    expect(page.locator("#away")).to_be_hidden()


def test_a_match_that_is_taken_down_leaves_the_card(room: Room, wall: Open) -> None:
    """Nothing stays on the wall that the facilitator has hidden."""
    cards = filled(room)
    page = wall()
    expect(page.locator("#notice")).to_be_visible()
    with viewing(MAIJA):
        taken_down.take_down(room.engine, "Maija", room.event_id, cards[0])
    expect(page.locator("#n-matches")).to_have_text("0")
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#map .newest")).to_have_count(0)


def test_an_address_that_was_revoked_says_so(room: Room, wall: Open, server: Serving) -> None:
    """And the screen asks no further, which would count as guessing."""
    page = wall()
    expect(page.locator("#n-resources")).to_have_text("0")
    with viewing(MAIJA):
        events.revoke(room.engine, "Maija", room.event_id)
    server.stop()
    server.start()
    expect(page.locator("#away")).to_contain_text("ei ole enää voimassa")


def moments(dark: Page, light: Page, table: Page, name: str) -> None:
    """Keep telephone and screens as they look at one moment of an entry."""
    for page, which in ((dark, "dark"), (light, "light"), (table, "phone")):
        keep(page, f"entry-{name}-{which}")


def test_no_body_of_a_whole_session_holds_anything_private(room: Room, wall: Open, browser: Browser) -> None:
    """Pages, files, answers and every event of the stream, as the browsers of a screen and of a telephone got them."""
    plant(room)
    said: list[str] = []
    page, light = wall(said=said), wall(more="&theme=light")
    context = browser.new_context(viewport=ViewportSize(width=390, height=844), has_touch=True, locale="fi-FI")
    context.set_default_timeout(LONG_MS)
    table = context.new_page()
    listen(table, said)
    table.goto(f"{room.address}/entry?t={room.code}&table=4")
    table.fill("#title", "Puutuhkaa lannoitteeksi")
    table.fill("#company", "Salainen Kaivos Oy")
    table.fill("#place", "Kemi")
    moments(page, light, table, "before")
    table.locator("button.primary").click()
    expect(page.locator("#n-resources")).to_have_text("1")
    moments(page, light, table, "at")
    expect(table.locator("#partners article").first).to_be_visible()
    for one in (page, light):
        expect(one.locator("#notice h2")).to_contain_text("Puutuhkaa")
    moments(page, light, table, "after")
    for board in ({"names": True}, {"scene": "suggestions"}, {"scene": "numbers"}, {"scene": "map", "follow": True}):
        with viewing(MAIJA):
            events.steer(room.engine, "Maija", room.event_id, board)
    expect(page.locator("#wall")).to_have_attribute("data-scene", "map")
    room.frame(lambda one: one["control"]["follow"])
    page.wait_for_function("() => Number(document.getElementById('wall').dataset.seq) >= 6")
    context.close()
    heard = "\n".join(said)
    assert '"control"' in heard, "the stream was heard"
    assert "Taululla" in heard, "the form was heard"
    assert {secret for secret in (*SECRETS, *POINT) if secret in heard} == set()
