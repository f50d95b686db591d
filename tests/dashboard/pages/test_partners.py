from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from config.texts import LANGUAGES
from dashboard import source
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site, SiteVisibility
from data.store import edit, synergies
from data.store.synergies import Proposal

Open = Callable[..., AppTest]

KEMI = {"easting_m": 397_100.0, "northing_m": 7_299_500.0}
OULU = {"easting_m": 429_300.0, "northing_m": 7_209_300.0}
NASTY = "<img src=x onerror=alert(1)> **b** $x^2$ {name}"


def add(engine: Engine, name: str, direction: Direction, title: str, place: dict[str, float], **more: object) -> int:
    """Add a company with one resource, and give the resource's id."""
    origin = Origin(demo=bool(more.get("demo")))
    named = bool(more.get("named", True))
    company = edit.add_organisation(engine, "Anna", Organisation(name=name, naming_consent=named, origin=origin))
    visibility = SiteVisibility.MUNICIPALITY if more.get("vague") else SiteVisibility.EXACT
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", visibility=visibility, **place))
    listing = Resource(direction=direction, type=ResourceType.MATERIAL, title=title, tonnes_low=100, tonnes_high=100)
    return edit.add_resource(engine, "Anna", site.id, listing).id


@pytest.fixture(scope="module")
def ash(engine: Engine) -> dict[str, int]:
    """Add an offer in Kemi, and needs in Kemi and Oulu."""
    return {
        "offer": add(engine, "Tuhka Oy", Direction.HAVE, "Puutuhka", KEMI),
        "near": add(engine, "Salainen Oy", Direction.WANT, "Puutuhkaa lannoitteeksi", KEMI, named=False, vague=True),
        "far": add(engine, NASTY, Direction.WANT, "Tuhkaa metsälannoitukseen", OULU, demo=True),
    }


def words(app: AppTest) -> str:
    """Give all that a page says."""
    said = [str(getattr(one.proto, "body", "")) for one in app.get("html")]
    told = "\n".join([*said, *(one.value for one in app.markdown), *(button.label for button in app.button)])
    return told.replace("\u00a0", " ")


def payload(app: AppTest) -> str:
    """Give all that is sent to the browser, the map's data included."""
    return "\n".join(str(getattr(one, "proto", "")) for one in app.main)


def test_an_empty_store_says_how_to_fill_it(engine: Engine, open_page: Open) -> None:
    """Before the first import."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE resource SET deleted_at = now()"))
    app = open_page("partners")
    assert not app.exception
    assert "Täällä ei ole vielä resursseja." in words(app)
    with engine.begin() as connection:
        connection.execute(text("UPDATE resource SET deleted_at = NULL"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_partners_are_ranked_with_reasons_and_haul(ash: dict[str, int], open_page: Open, language: str) -> None:
    """In three languages, both sides of the border counted, the best one open."""
    app = open_page("partners", resource=ash["offer"], lang=language)
    assert not app.exception
    assert app.slider(key="km").value == 300
    shown = words(app)
    assert shown.count('role="img"') == 10
    assert {"fi": "Oma maakunta 1", "sv": "Eget landskap 1", "en": "Own region 1"}[language] in str(app)
    assert {"fi": "Ota työn alle", "sv": "Ta upp", "en": "Take it up"}[language] in shown


def test_a_hidden_name_is_nowhere_on_the_page(ash: dict[str, int], open_page: Open) -> None:
    """Nor is the exact place: its distance is an estimate from the municipality."""
    app = open_page("partners", resource=ash["offer"])
    assert "Nimi piilotettu" in words(app)
    assert "ScatterplotLayer" in payload(app)
    assert "Salainen" not in payload(app)
    assert "(kunta)" in words(app)


def test_a_name_is_shown_and_never_rendered(ash: dict[str, int], open_page: Open) -> None:
    """Tags in a company's name are text."""
    app = open_page("partners", resource=ash["offer"])
    assert "&lt;img src=x" in words(app)
    assert "<img src=x" not in words(app)


def test_an_invented_company_in_sight_marks_the_page(ash: dict[str, int], open_page: Open) -> None:
    """And only then."""
    app = open_page("partners", resource=ash["offer"])
    assert "Esimerkkiaineisto" in words(app)
    app = open_page("partners", resource=ash["offer"], scope="own")
    assert "Esimerkkiaineisto" not in words(app)


def test_a_limit_removes_exactly_those_above_it(ash: dict[str, int], open_page: Open) -> None:
    """And tells how many lie beyond it, and the nearest."""
    app = open_page("partners", resource=ash["offer"])
    app.slider(key="km").set_value(50).run()
    assert not app.exception
    assert "Rajan takana 1 kumppani. Lähin: Oulu" in words(app)


def test_nothing_within_the_limit_shows_the_way_on(ash: dict[str, int], open_page: Open) -> None:
    """The nearest one, and a button that reaches it."""
    app = open_page("partners", resource=ash["offer"], scope="other")
    app.slider(key="km").set_value(50).run()
    assert "Ei kumppaneita muissa maakunnissa, kun raja on 50 km." in words(app)
    next(button for button in app.button if button.label.startswith("Näytä ")).click().run()
    assert not app.exception
    assert app.slider(key="km").value > 50
    assert "Ota työn alle" in words(app)


def test_a_row_opens_and_its_link_remembers_it(ash: dict[str, int], open_page: Open) -> None:
    """The chosen partner stands in the link."""
    app = open_page("partners", resource=ash["offer"], partner=ash["far"])
    assert not app.exception
    app.button(key=f"open_{ash['near']}").click().run()
    assert app.query_params["partner"] == str(ash["near"])


@pytest.mark.parametrize("resource", ["999999", "x", "99999999999999999999999"])
def test_an_old_link_falls_back(ash: dict[str, int], open_page: Open, resource: str) -> None:
    """To another resource, and the page stands."""
    assert ash
    app = open_page("partners", resource=resource)
    assert not app.exception
    assert "Ota työn alle" in words(app) or "Ei kumppaneita" in words(app)
    assert app.info


def test_what_a_link_asks_for_in_vain_is_said(ash: dict[str, int], open_page: Open) -> None:
    """A limit that the slider has not, a partner and a way that are gone, weights that are none; all fall back."""
    asked = {"km": "7", "partner": "999999", "compare": "x", "together": "c1-2-3", "w": "abc", "scope": "moon"}
    app = open_page("partners", resource=ash["offer"], **asked)
    assert not app.exception
    (told,) = [one.value.replace("\\", "") for one in app.info]
    assert all(f"{key}={value}" in told for key, value in asked.items())
    assert not open_page("partners", resource=ash["offer"], partner=ash["near"], km="120").info


def test_a_partner_becomes_a_synergy_in_a_click(engine: Engine, ash: dict[str, int], open_page: Open) -> None:
    """The stage takes the place of the button."""
    app = open_page("partners", resource=ash["near"], partner=ash["offer"])
    app.button(key="take_up").click().run()
    assert not app.exception
    assert "Vaihe: keskustelussa" in words(app)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT have_id, want_id, stage FROM synergy")).one()
    assert tuple(found) == (ash["offer"], ash["near"], "discussing")


def test_the_distance_sheet_names_both_once_the_pair_is_taken_up(
    engine: Engine, ash: dict[str, int], open_page: Open
) -> None:
    """Before that a hidden name stays hidden; after it the sheet is evidence of somebody's haul."""
    script = """
import streamlit as st
from dashboard import partner_sheet, source
from dashboard import source_partners as partners
from dashboard.views.partner_subject import Subject
decided = partners.decided(source.stamp(), Subject("resource", ({own},)))
st.write(" | ".join(str(one) for one in partner_sheet.names(decided, {own}, {partner})))
"""
    assert open_page  # the page's database
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM synergy"))
    asked = script.format(own=ash["near"], partner=ash["offer"])
    assert AppTest.from_string(asked, default_timeout=120).run().markdown[0].value == "None | None"
    proposal = Proposal(have_id=ash["offer"], want_id=ash["near"], score=0.5)
    synergies.take_up(engine, "Anna", proposal)
    source.refresh()  # as the page does after a taking up
    runner = AppTest.from_string(asked, default_timeout=120).run()
    assert runner.markdown[0].value == "Tuhka Oy | Salainen Oy"
