"""The hunt in the wild: the real app and provider, a planner, and all that comes over the wire."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine, text

from config.settings import Settings
from data import cluster, store
from tests.journeys import signing_in
from tests.journeys.planting import Plot
from tests.journeys.wire import WAIT_MS, Wire

pytestmark = pytest.mark.browser

ENTER = "Kirjaudu sisään"
ROLES = {"national": "maija", "regional": "risto", "planner": "pia", "company": "yrjo", "screen": "seija"}
ROLES["public"] = "outi"
# Plain pages, layers, streams and signs of life, asked for by hand.
ROUTES = ("/showcase", "/showcase?embed=true", "/screen", "/screen/events", "/screen/state", "/entry", "/metrics")
ROUTES += ("/layers/sites.json?year=2026&direction=&lang=fi", "/healthz", "/readyz", "/_stcore/metrics", "/media/x.csv")


@dataclass
class World:
    """Hold a running app with what was planted in it."""

    url: str
    plot: Plot
    owner: Engine


@pytest.fixture(scope="module")
def world(own_home: Path) -> Iterator[World]:
    """Run the app as an organisation does, and plant."""
    port = signing_in.free_port()
    with signing_in.provider() as issuer, signing_in.app(own_home, issuer, port):
        owner = store.engine(cluster.url(Settings(home=own_home, database_url=None)))
        with owner.begin() as connection:
            plot = Plot(connection)
            plot.all()
        yield World(f"http://localhost:{port}", plot, owner)
        owner.dispose()


def addresses(plot: Plot) -> list[str]:
    """Give the lists that rows stand in, and hidden rows by their numbers, of either region."""
    asked = ["/companies", "/overview?measure=resources&table=sites", f"/partners?resource={plot.resources[31]}"]
    return [*asked, *(f"/companies?organisation={plot.companies[at]}" for at in (15, 31))]


def walk(world: World, browser: Browser, role: str, asked: list[str], *, files: bool = True) -> Wire:
    """Sign in as somebody of a role, open every address, take every file, and ask for every route by hand."""
    context = browser.new_context(locale="fi-FI", viewport={"width": 1440, "height": 900})
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")  # maps are sent, and not drawn
    wire = Wire(context)
    page = context.new_page()
    page.goto(world.url)
    page.get_by_role("button", name=ENTER).click(timeout=WAIT_MS)
    page.get_by_role("button", name=ROLES[role]).click(timeout=WAIT_MS)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT_MS)
    for address in asked:
        wire.visit(page, world.url + address)
        if files:
            wire.take_files(page)
    for route in ROUTES:
        wire.ask(context, world.url + route)
    context.close()
    return wire


def leaks(world: World, wire: Wire, role: str) -> dict[str, set[str]]:
    """Find what came that this role may not read, and where."""
    hidden = [words for words, may in world.plot.secrets.items() if role not in may]
    return {words: at for words in hidden if (at := wire.finds(words))}


@pytest.mark.parametrize("role", ["planner"])
def test_nothing_hidden_comes_over_the_wire(role: str, world: World, browser: Browser) -> None:
    """Lists, rows by number and routes of the running app: answers and frames hold not one string too many."""
    wire = walk(world, browser, role, addresses(world.plot))
    assert leaks(world, wire, role) == {}
    assert wire.frames > 0
    # What the role may read is there, so that the hunt is no blind one; nobody knows the public.
    told = {words for words, may in world.plot.secrets.items() if role in may and wire.finds(words)}
    assert len(told) >= {"public": 0}.get(role, 3)


def test_a_broken_policy_is_found(world: World, browser: Browser) -> None:
    """One policy too many and one view without its condition: the planner's pages tell it, and the hunt sees."""
    with world.owner.begin() as connection:
        definition = str(connection.scalar(text("SELECT pg_get_viewdef('shown_resource')")))
        whole = definition.partition("WHERE")[0]
        connection.execute(text(f"CREATE OR REPLACE VIEW shown_resource AS {whole}"))
        connection.execute(text("CREATE POLICY broken ON resource FOR SELECT TO synergia_screen USING (true)"))
    try:
        company = world.plot.companies[14]
        wire = walk(world, browser, "planner", [f"/companies?organisation={company}"], files=False)
        assert "Zqvirta14w" in leaks(world, wire, "planner")
    finally:
        with world.owner.begin() as connection:
            connection.execute(text("DROP POLICY broken ON resource"))
            connection.execute(text(f"CREATE OR REPLACE VIEW shown_resource AS {definition}"))
