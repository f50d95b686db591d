from collections.abc import Iterator
from datetime import date

import pytest
import streamlit as st
from sqlalchemy import Engine, make_url
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from config import settings
from dashboard import routes
from dashboard.seeing import Seeing
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.queries.scope import Scope
from data.store import edit


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
def client(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Open the routes alone, on this module's database."""
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", url)
    _forget()
    yield TestClient(Starlette(routes=routes.ROUTES, middleware=[Middleware(Seeing)]))
    _forget()


def _forget() -> None:
    settings.load.cache_clear()
    st.cache_resource.clear()
    routes._sites.cache_clear()  # noqa: SLF001 - another module's database may have the same stamp


def test_sites_come_without_hidden_names(client: TestClient) -> None:
    """The payload itself is free of what nobody may see."""
    answer = client.get(routes.sites_address("1", Scope(2026), "fi", "light"))
    assert answer.status_code == 200
    assert sorted(row["name"] for row in answer.json()) == ["Avoin Oy", "Nimi piilotettu"]
    assert "Salainen" not in answer.text


def test_what_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    """The same tag gets 304 and nothing else."""
    address = routes.sites_address("1", Scope(2026, ("waste",), "have"), "sv", "dark")
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": f"W/{tag}"}).status_code == 304


@pytest.mark.parametrize(
    "query", ["", "year=99999", "year=٢٠٢٦", "year=2026&type=gold", "year=2026&direction=both", "year=2026'--"]
)
def test_nonsense_is_refused(client: TestClient, query: str) -> None:
    """A year, known types and a direction, or 400."""
    assert client.get(f"{routes.SITES}?{query}").status_code == 400


def test_a_database_that_is_away_is_said_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with the text's id, so that the rest of the page goes on."""
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", "postgresql://localhost:1/nowhere")
    _forget()
    answer = client.get(f"{routes.SITES}?year=2026")
    assert (answer.status_code, answer.json()) == (503, {"error": "store.away"})
