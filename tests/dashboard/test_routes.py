from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, make_url
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from config import settings
from dashboard import routes, source
from dashboard.seeing import Seeing
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.queries.scope import Scope
from data.store import edit
from data.viewer import Role, Viewer, viewing

LOCAL = Viewer("", Role.NATIONAL)


@pytest.fixture(scope="module", autouse=True)
def filled(engine: Engine) -> None:
    """Add a named and an unnamed company, each with a resource."""
    for name, named in (("Avoin Oy", True), ("Salainen Oy", False)):
        company = edit.add_organisation(engine, "Anna", Organisation(name=name, naming_consent=named))
        site = edit.add_site(engine, "Anna", company.id, Site(name="T", easting_m=536_400.0, northing_m=7_122_500.0))
        told = Origin(dated=date(2024, 1, 1))
        resource = Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title="Tuhka", origin=told)
        edit.add_resource(engine, "Anna", site.id, resource)


@pytest.fixture
def client(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    """Open the routes alone, on this module's database, to the one person at this machine."""
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", url)
    _forget()
    yield TestClient(Starlette(routes=routes.ROUTES, middleware=[Middleware(Seeing)]))
    _forget()


def address(scope: Scope | None = None, who: Viewer | None = LOCAL) -> str:
    """Give the address that somebody's page would give out."""
    with viewing(who):
        return routes.sites_address("1", scope or Scope(2026), "fi", "light")


def _forget() -> None:
    settings.load.cache_clear()
    st.cache_resource.clear()
    routes._sites.cache_clear()  # noqa: SLF001 - another module's database may have the same stamp


def test_sites_come_without_hidden_names(client: TestClient) -> None:
    """The payload itself is free of what nobody may see."""
    answer = client.get(address())
    assert answer.status_code == 200
    assert sorted(row["name"] for row in answer.json()) == ["Avoin Oy", "Nimi piilotettu"]
    assert "Salainen" not in answer.text


def test_what_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    """The same tag gets 304 and nothing else."""
    asked = address(Scope(2026, ("waste",), "have"))
    tag = client.get(asked).headers["etag"]
    again = client.get(asked, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(asked, headers={"If-None-Match": f"W/{tag}"}).status_code == 304


@pytest.mark.parametrize("scope", [Scope(99999), Scope(2026, ("gold",)), Scope(2026, direction="both")])
def test_nonsense_is_refused(client: TestClient, scope: Scope) -> None:
    """A year, known types and a direction, or 400."""
    assert client.get(address(scope)).status_code == 400


@pytest.mark.parametrize(
    "change", [("year=2026", "year=2025"), ("lang=fi", "lang=sv"), ("key=", "key=0"), ("&key=", "&type=waste&key=")]
)
def test_an_address_that_was_changed_opens_nothing(client: TestClient, change: tuple[str, str]) -> None:
    """What nobody's page gave out is refused, and so is what has no key at all."""
    assert client.get(address().replace(*change)).status_code == 403
    assert client.get(address().partition("&key=")[0]).status_code == 403
    assert client.get(routes.SITES).status_code == 403


@pytest.mark.parametrize(
    "other", [Viewer("", Role.PLANNER), Viewer("", Role.REGIONAL, ("06",)), Viewer("", Role.COMPANY, (), 1), None]
)
def test_an_address_of_somebody_who_sees_something_else_opens_nothing(client: TestClient, other: Viewer | None) -> None:
    """The link of a planner does not open for the coordinator, nor one that was made for nobody."""
    assert client.get(address(who=other)).status_code == 403


def test_an_address_holds_for_a_day_at_most(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """For its half day and the next one, and then no more."""
    asked, now = address(), source.period()
    monkeypatch.setattr(source, "period", lambda: now + 1)
    assert client.get(asked).status_code == 200
    monkeypatch.setattr(source, "period", lambda: now + 2)
    assert client.get(asked).status_code == 403


def test_a_database_that_is_away_is_said_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with the text's id, so that the rest of the page goes on."""
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", "postgresql://localhost:1/nowhere")
    _forget()
    answer = client.get(address())
    assert (answer.status_code, answer.json()) == (503, {"error": "store.away"})
