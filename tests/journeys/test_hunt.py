"""The hunt in the wild: the real app and provider, somebody of each role, and all that comes over the wire."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, text

from config import settings
from config.settings import Settings
from dashboard import routes
from dashboard.app import built
from dashboard.live import gate
from data import cluster, store
from data.queries.scope import Scope
from data.store import events
from data.store.events import Plan
from data.viewer import Role, Viewer, viewing
from tests.journeys import signing_in
from tests.journeys.planting import COORDINATORS, Plot
from tests.journeys.wire import WAIT_MS, Wire

pytestmark = pytest.mark.browser

ENTER = "Kirjaudu sisään"
# Who signs in; the public does not.
PEOPLE = {"national": "maija", "regional": "risto", "planner": "pia", "company": "yrjo", "screen": "seija"}
PARTS = ("communities", "flows", "missing", "whatif", "indicators")
CARD = "Zqkortti0w"
# Plain pages, unsigned layers, streams and signs of life, asked for by hand.
ROUTES = ("/showcase", "/showcase?embed=true", "/screen", "/screen/events", "/entry", "/metrics", "/healthz", "/readyz")
ROUTES += (f"{routes.SITES}?year=2026&direction=&lang=fi", "/_stcore/metrics", "/media/x.csv")
# How many of the planted texts a role's pages tell at least, and how many files they offer.
TOLD = {"national": 60, "regional": 40, "planner": 15, "company": 15, "screen": 15, "public": 4}
QUICK = "planner"  # whose sums could tell most; the others are walked with the benchmarks, for they take minutes
FILES = {"national": 12, "regional": 12, "planner": 8, "company": 8, "screen": 8, "public": 0}


@dataclass
class World:
    """Hold a running app with what was planted in it."""

    url: str
    plot: Plot
    owner: Engine
    wall: str = ""
    layers: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Browser]:
    """Open a second Chromium that draws without a graphics card's emulation: nobody looks at what it draws."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    opened = browser.browser_type.launch(executable_path=path, args=flags)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def world(own_home: Path) -> Iterator[World]:
    """Run the app as an organisation does, and plant."""
    port = signing_in.free_port()
    with (
        signing_in.provider() as issuer,
        signing_in.app(own_home, issuer, port),
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setenv("SYNERGIA_HOME", str(own_home))
        settings.load.cache_clear()
        owner = store.engine(cluster.url(Settings(home=own_home, database_url=None)))
        with owner.begin() as connection:
            plot = Plot(connection)
            plot.all()
        made = World(f"http://localhost:{port}", plot, owner)
        made.wall, made.layers = workshop(made), layers(made)
        owner.dispose()  # so that the database counts at once what was written
        yield made
        owner.dispose()
    settings.load.cache_clear()


def workshop(world: World) -> str:
    """Begin a workshop in the other region, send it a card as a telephone does, and give its screen's token."""
    goals = world.plot.hide("Zqtavoite0w", frozenset({"national"}))
    with viewing(Viewer("Maija", Role.NATIONAL)):
        event = events.begin(world.owner, "Maija", Plan(name="Avoin paja", region="01", goals=goals))
        until = datetime.now(UTC) + timedelta(hours=1)
        events.give_out(world.owner, "Maija", event, gate.hashes(event, 1), until)
    given = gate.given_out(event, 1)
    card = {"id": str(uuid4()), "table": 4, "title": CARD, "direction": "have", "type": "waste", "company": "Kuitu"}
    sent = {"json": {**card, "place": "Helsinki"}, "headers": {"X-Join-Code": given["code"]}}
    assert httpx.post(f"{world.url}/entry/cards", timeout=60, **sent).status_code == 200  # type: ignore[arg-type]
    world.plot.hide(CARD, COORDINATORS)  # from a card a resource is made, which the network may see
    return given["screen"]


def layers(world: World) -> dict[str, str]:
    """Give the address of the sites' layer as a page of each role gives it out."""
    own = {"regional": {"regions": ("11",)}, "company": {"organisation_id": world.plot.companies[32]}}
    made = {}
    for role in PEOPLE:
        with viewing(Viewer("", Role(role), **own.get(role, {}))):  # type: ignore[arg-type]
            made[role] = routes.sites_address("", Scope(2026), "fi", "light")
    return made


def addresses(plot: Plot) -> list[str]:
    """Give every page, the parts of those that have some, and hidden rows by their numbers, of either region."""
    asked = [f"/{entry.address if number else ''}" for number, entry in enumerate(built())]
    asked += [f"/ecosystems?part={part}" for part in PARTS]
    asked += ["/?measure=resources&table=sites", "/ecosystems?region=01&level=municipalities"]
    asked += [f"/companies?organisation={plot.companies[at]}" for at in (15, 31, 32)]
    return [*asked, *(f"/partners?resource={plot.resources[at]}" for at in (15, 31))]


def enter(world: World, context: BrowserContext, role: str) -> Page:
    """Open a window, and sign in as somebody of a role; the public is nobody."""
    page = context.new_page()
    page.goto(world.url)
    if role in PEOPLE:
        page.get_by_role("button", name=ENTER).click(timeout=WAIT_MS)
        page.get_by_role("button", name=PEOPLE[role]).click(timeout=WAIT_MS)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT_MS)
    return page


def walk(world: World, browser: Browser, role: str, asked: list[str]) -> Wire:
    """Open every address as somebody of a role, take every file, and ask for every route and layer by hand."""
    context = browser.new_context(locale="fi-FI", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")  # maps are sent, and not drawn
    wire = Wire(context)
    page = enter(world, context, role)
    for address in asked:
        wire.visit(page, world.url + address)
        wire.take_files(page)
    for route in ROUTES:
        wire.ask(context, world.url + route)
    # What a page has given out is good for those alone who see the same.
    given = {whose: wire.ask(context, world.url + address) for whose, address in world.layers.items()}
    assert given == {whose: 200 if whose == role else 403 for whose in PEOPLE}
    context.close()
    return wire


def leaks(world: World, wire: Wire, role: str) -> dict[str, set[str]]:
    """Find what came that this role may not read, and where."""
    hidden = [words for words, may in world.plot.secrets.items() if role not in may]
    return {words: at for words in hidden if (at := wire.finds(words))}


def told(world: World, wire: Wire, role: str) -> set[str]:
    """Find what came that this role may read."""
    return {words for words, may in world.plot.secrets.items() if role in may and wire.finds(words)}


@pytest.mark.parametrize("role", [one if one == QUICK else pytest.param(one, marks=pytest.mark.slow) for one in TOLD])
def test_nothing_hidden_comes_over_the_wire(role: str, world: World, plain: Browser) -> None:
    """Every page, part, file, layer and route of the running app: not one text too many, and what may be told is."""
    wire = walk(world, plain, role, addresses(world.plot))
    assert leaks(world, wire, role) == {}
    found = told(world, wire, role)
    assert len(found) >= TOLD[role], len(found)
    assert wire.files >= FILES[role], wire.files
    assert wire.frames > len(built())


def test_a_screen_with_a_token_hears_its_tables_and_nothing_hidden(world: World, plain: Browser) -> None:
    """The event's page and stream tell the card that was sent, whoever holds the token, and no more than a screen."""
    context = plain.new_context()
    wire = Wire(context)
    assert wire.ask(context, f"{world.url}/screen?t={world.wall}") == 200
    with httpx.stream("GET", f"{world.url}/screen/events?t={world.wall}", timeout=60) as stream:
        for line in stream.iter_lines():
            wire.keep(line.encode())
            if CARD in line:
                break
    assert set(leaks(world, wire, "screen")) == {CARD}
    context.close()


def test_a_broken_policy_is_found(world: World, plain: Browser) -> None:
    """One policy too many and one view without its condition: the planner's pages tell it, and the hunt sees."""
    with world.owner.begin() as connection:
        definition = str(connection.scalar(text("SELECT pg_get_viewdef('shown_resource')")))
        whole = definition.partition("WHERE")[0]
        connection.execute(text(f"CREATE OR REPLACE VIEW shown_resource AS {whole}"))
        connection.execute(text("CREATE POLICY broken ON resource FOR SELECT TO synergia_screen USING (true)"))
    try:
        company = world.plot.companies[14]
        wire = walk(world, plain, "planner", [f"/companies?organisation={company}"])
        assert "Zqvirta14w" in leaks(world, wire, "planner")
    finally:
        with world.owner.begin() as connection:
            connection.execute(text("DROP POLICY broken ON resource"))
            connection.execute(text(f"CREATE OR REPLACE VIEW shown_resource AS {definition}"))
