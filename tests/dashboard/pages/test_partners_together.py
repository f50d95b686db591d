"""Exchanges in two steps, and loads filled together, on the page of nearby partners."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.model import Continuity, Direction, Organisation, Resource, ResourceType, Site
from data.store import edit

Open = Callable[..., AppTest]

KEMI = {"easting_m": 388_500.0, "northing_m": 7_293_000.0}
OULU = {"easting_m": 429_300.0, "northing_m": 7_209_300.0}
LIMINKA = {"easting_m": 425_000.0, "northing_m": 7_188_000.0}


def add(engine: Engine, direction: Direction, title: str, place: dict[str, float], **more: object) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name=f"{title} Oy", naming_consent=True))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place))
    told = {"type": ResourceType.MATERIAL, **more}
    listing = Resource(direction=direction, title=title, **told)  # type: ignore[arg-type]
    return edit.add_resource(engine, "Anna", site.id, listing).id


@pytest.fixture(scope="module")
def listed(engine: Engine) -> dict[str, int]:
    """Add residues, somebody who chips them and a plant that burns chips; and three small lots of scrap for one."""
    have, want = Direction.HAVE, Direction.WANT
    scrap = {"tonnes_low": 13.0, "tonnes_high": 13.0, "continuity": Continuity.ONE_OFF}
    return {
        "residues": add(engine, have, "Hakkuutähteitä tienvarressa", OULU),
        "chipper": add(engine, have, "Haketuspalvelu", LIMINKA, type=ResourceType.SERVICE),
        "plant": add(engine, want, "Ostetaan haketta lämpölaitokselle", KEMI),
        "foundry": add(engine, want, "Kuparia sulatukseen", KEMI),
        "lot": add(engine, have, "Kuparia, erä 1", OULU, **scrap),
        **{f"lot{at}": add(engine, have, f"Kuparia, erä {at}", LIMINKA, **scrap) for at in (2, 3)},
    }


def words(app: AppTest) -> str:
    """Give all that our own HTML says."""
    return "\n".join(str(one.proto.body) for one in app.get("html")).replace("\u00a0", " ")


@pytest.mark.parametrize("end", ["residues", "plant"])
def test_a_chain_stands_below_the_list(open_page: Open, listed: dict[str, int], end: str) -> None:
    """From either end, with who treats it and both ways."""
    app = open_page("partners", resource=str(listed[end]))
    assert "Kahdessa vaiheessa" in [one.value for one in app.subheader]
    assert "Haketuspalvelu Oy" in words(app)
    assert "kaukolämpö: Ostetaan haketta lämpölaitokselle Oy" in words(app)


def test_a_round_stands_below_the_list(open_page: Open, listed: dict[str, int]) -> None:
    """With its stops, and marked as an estimate."""
    app = open_page("partners", resource=str(listed["foundry"]))
    assert [one.value for one in app.subheader] == ["Yhteiskuorma"]
    assert "Kuparia, erä 2 Oy 13,0 t" in words(app)
    assert any("Arvio" in one.value for one in app.caption) or "Arvio" in words(app)


def test_a_company_and_an_idea_have_them_too(engine: Engine, open_page: Open, listed: dict[str, int]) -> None:
    """A company by all its resources, with which of them it is; an idea by itself, and nothing of it is kept."""
    asked = "SELECT s.organisation_id FROM resource r JOIN site s ON s.id = r.site_id WHERE r.id = :id"
    with engine.connect() as connection:
        company = connection.scalar(text(asked), {"id": listed["foundry"]})
        kept = connection.scalar(text("SELECT count(*) FROM resource"))
    app = open_page("partners", organisation=company)
    assert [one.value for one in app.subheader] == ["Yhteiskuorma"]
    idea = {"what": "Hakkuutähteitä tienvarressa", "side": "have", "kind": "material", "at": "564"}
    app = open_page("partners", **idea)
    assert not app.exception
    assert "Kahdessa vaiheessa" in [one.value for one in app.subheader]
    assert "Haketuspalvelu Oy" in words(app)
    key = f"c-1-{listed['chipper']}-{listed['plant']}"
    app.button(key=f"together_{key}").click().run()
    assert "together_way" in str(app.get("deck_gl_json_chart")[0].proto.json)
    scrap = {"what": "Kuparia sulatukseen", "side": "want", "kind": "material", "at": "240"}
    app = open_page("partners", **scrap)
    assert "Yhteiskuorma" in [one.value for one in app.subheader]
    assert "Kuparia sulatukseen" in words(app)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM resource")) == kept


def test_choosing_a_line_puts_it_into_the_link_and_onto_the_map(open_page: Open, listed: dict[str, int]) -> None:
    """And choosing it again takes it off."""
    app = open_page("partners", resource=str(listed["residues"]))
    assert "together_way" not in str(app.get("deck_gl_json_chart")[0].proto.json)
    key = f"c{listed['residues']}-{listed['chipper']}-{listed['plant']}"
    app.button(key=f"together_{key}").click().run()
    assert app.query_params["together"] in (key, [key])
    assert "together_way" in str(app.get("deck_gl_json_chart")[0].proto.json)
    app.button(key=f"together_{key}").click().run()
    assert "together" not in app.query_params


def test_where_there_is_nothing_there_is_no_heading(open_page: Open, listed: dict[str, int]) -> None:
    """Of a service nobody asks what it can be made into."""
    app = open_page("partners", resource=str(listed["chipper"]))
    assert not app.exception
    assert [one.value for one in app.subheader] == []
