"""Pages in the eyes of those who may see a part: they open, and show nothing of the rest."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, make_url
from streamlit.testing.v1 import AppTest

from config import settings
from dashboard.app import built
from data.model import Direction, Organisation, Resource, ResourceType, Site, SiteVisibility, Visibility
from data.store import edit

SECRETS = ("Salaveto", "Piilokatu", "Kätkö", "Verkkovirta", "98765")
# What coordinators of other regions may not know either: the address, and what is private.
OF_THE_REGION = ("Piilokatu", "Kätkövirta")
SCRIPT = """
from data.viewer import Role, Viewer, viewing
from dashboard.pages.{page} import page
with viewing(Viewer("Minä", Role("{role}"), {regions}, {organisation})):
    page()
"""
REGIONS = {"regional": ("11",)}  # another one than the hidden company's


@pytest.fixture(scope="module")
def planted(engine: Engine) -> Mapping[str, int]:
    """Add an unnamed company that shows its municipality only, with a public, a network and a private resource."""
    hidden = edit.add_organisation(engine, "Anna", Organisation(name="Salaveto Oy", business_id="2077474-0")).id
    vague = SiteVisibility.MUNICIPALITY
    place = Site(name="Kätkö", easting_m=327_911.0, northing_m=6_822_911.0, visibility=vague, address="Piilokatu 1")
    site = edit.add_site(engine, "Anna", hidden, place).id
    ids = {"organisation": hidden}
    for title, shown in (("Avointa haketta", "public"), ("Verkkovirta", "network"), ("Kätkövirta", "private")):
        told = {"direction": Direction.HAVE, "type": ResourceType.MATERIAL, "title": title}
        amount = {"quantity_low": 98765.0, "quantity_high": 98765.0, "unit": "t"} if shown != "public" else {}
        made = Resource(visibility=Visibility(shown), **told, **amount)  # type: ignore[arg-type]
        ids[shown] = edit.add_resource(engine, "Anna", site, made).id
    own = edit.add_organisation(engine, "Anna", Organisation(name="Oma Oy")).id
    home = edit.add_site(engine, "Anna", own, Site(name="Koti", easting_m=385_500.0, northing_m=6_672_300.0)).id
    want = Resource(direction=Direction.WANT, type=ResourceType.MATERIAL, title="Haketta kattilaan")
    return {**ids, "own": own, "want": edit.add_resource(engine, "Anna", home, want).id}


@pytest.fixture
def seen_by(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, planted: Mapping[str, int]
) -> Iterator[Callable[..., AppTest]]:
    """Give a function that opens a page in the eyes of a role."""
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", url)
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    settings.load.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()

    def opened(role: str, page: str, **query: object) -> AppTest:
        organisation = planted["own"] if role == "company" else None
        script = SCRIPT.format(page=page, role=role, regions=REGIONS.get(role, ()), organisation=organisation)
        app = AppTest.from_string(script, default_timeout=120)
        for key, value in query.items():
            app.query_params[key] = str(value)
        return app.run()

    yield opened
    settings.load.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()


def words(app: AppTest) -> str:
    """Give all that a page has sent to the browser."""
    return "\n".join(str(one.proto) for one in app.main) + "\n".join(str(one.proto) for one in app.get("html"))


@pytest.mark.parametrize("role", ["planner", "company"])
def test_pages_open_and_tell_nothing_hidden(
    role: str, seen_by: Callable[..., AppTest], planted: Mapping[str, int]
) -> None:
    """The overview, the companies and the hidden one by its number, its private resource, and a need's partners."""
    for page, query in (
        ("overview", {"measure": "resources", "table": "sites"}),
        ("companies", {}),
        ("companies", {"organisation": planted["organisation"]}),
        ("partners", {"resource": planted["private"]}),
        ("partners", {"resource": planted["want"]}),
    ):
        app = seen_by(role, page, **query)
        assert not app.exception, (page, query, [one.message for one in app.exception])
        assert [secret for secret in SECRETS if secret in str(app) + words(app)] == [], (page, query)


@pytest.mark.parametrize("role", ["regional", "planner", "company", "screen", "public"])
@pytest.mark.parametrize("page", [entry.name for entry in built()])
def test_every_page_keeps_what_is_hidden(role: str, page: str, seen_by: Callable[..., AppTest]) -> None:
    """Each page that there is, also one that a role has no use for, opens or refuses, and tells nothing."""
    app = seen_by(role, page)
    assert [one.message for one in app.exception if "roles." not in one.message] == []
    hidden = OF_THE_REGION if role == "regional" else SECRETS
    assert [secret for secret in hidden if secret in str(app) + words(app)] == []


def test_whoever_may_know_is_told(seen_by: Callable[..., AppTest], planted: Mapping[str, int]) -> None:
    """The same pages tell it to the national coordinator, so that the search above is no blind one."""
    app = seen_by("national", "companies", organisation=planted["organisation"])
    assert {"Salaveto", "Kätkö"} <= {secret for secret in SECRETS if secret in str(app) + words(app)}
