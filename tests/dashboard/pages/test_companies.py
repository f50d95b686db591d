import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data import store
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.store import edit

Open = Callable[..., AppTest]

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
NASTY = "<img src=x onerror=alert(1)> **b** $x^2$ {name} :tada: [l](http://e.fi)"


@pytest.fixture
def company(engine: Engine) -> edit.Row:
    """Add a company with a site and two resources; take it away after."""
    return edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy", naming_consent=True))


@pytest.fixture
def site(engine: Engine, company: edit.Row) -> edit.Row:
    """Add its site."""
    return edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))


@pytest.fixture
def ash(engine: Engine, site: edit.Row) -> edit.Row:
    """Add what it offers."""
    listing = Resource(
        direction=Direction.HAVE, type=ResourceType.WASTE, title="Lentotuhka", quantity_low=5, quantity_high=5, unit="t"
    )
    return edit.add_resource(engine, "Anna", site.id, listing)


def words(app: AppTest) -> str:
    """Give all that a page says."""
    kinds = [*app.get("html"), *app.markdown, *app.caption, *app.error, *app.warning]
    said = [str(getattr(one, "value", "") or getattr(one.proto, "body", "")) for one in kinds]
    return "\n".join([*said, *(button.label for button in app.button)])


def scalar(engine: Engine, statement: str, **values: object) -> object:
    """Ask the database one thing."""
    with engine.connect() as connection:
        return connection.execute(text(statement), values).scalar()


def test_without_companies_the_page_says_how_to_get_some(open_page: Open) -> None:
    """No help paragraph and no empty table: a sentence and a button."""
    app = open_page("companies")
    assert not app.exception
    assert "Täällä ei ole vielä yrityksiä." in words(app)
    assert app.button(key="add_organisation").label == "Lisää yritys"


def test_the_list_finds_and_opens_a_company(engine: Engine, company: edit.Row, ash: edit.Row, open_page: Open) -> None:
    """By a resource's title; the button leads to the company and into the link."""
    assert ash
    for number in range(20):
        edit.add_organisation(engine, "Anna", Organisation(name=f"Muu {number} Oy", origin=Origin(demo=True)))
    app = open_page("companies")
    assert not app.exception
    assert sum(str(button.key).startswith("open_") for button in app.button) == 15
    app.text_input(key="q").input("lentotuhka").run()
    assert f"open_{company.id}" in {button.key for button in app.button}
    app.button(key=f"open_{company.id}").click().run()
    assert app.query_params["organisation"] == str(company.id)
    assert '<h1 class="name">Tuhka Oy</h1>' in words(app)
    app.button(key="back").click().run()
    assert "organisation" not in app.query_params


def test_a_search_that_finds_nothing_tells_what_there_is(company: edit.Row, open_page: Open) -> None:
    """And offers the way back."""
    assert company
    app = open_page("companies", q="zzzzz")
    assert "Yhtään yritystä ei löytynyt näillä ehdoilla." in words(app)
    assert "Tyhjennä suodattimet" in words(app)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "Lisää resurssi"), ("sv", "Lägg till resurs"), ("en", "Add resource")],
)
def test_a_link_to_a_resource_opens_its_company(ash: edit.Row, open_page: Open, language: str, said: str) -> None:
    """The row is open, its buttons are there, in all three languages and every part of the page."""
    app = open_page("companies", resource=ash.id, lang=language)
    assert not app.exception
    assert said in words(app)
    assert app.button(key="find_partners")
    for tab in ("sites", "facts", "history"):
        assert not open_page("companies", resource=ash.id, lang=language, tab=tab).exception


@pytest.mark.parametrize(
    "link", [{"organisation": 10**9}, {"resource": 10**9}, {"site": 7**9}, {"organisation": "x' OR 1"}]
)
def test_a_link_to_what_is_gone_says_so(open_page: Open, link: dict[str, object]) -> None:
    """And the list is there to go on from."""
    app = open_page("companies", **link)
    assert not app.exception
    assert [warning.value for warning in app.warning] == ["Tätä yritystä ei ole: se on poistettu tai linkki on vanha."]


def test_hostile_text_is_shown_letter_by_letter(engine: Engine, open_page: Open) -> None:
    """As a name, a title, a description and another name: escaped in HTML, taken apart in labels."""
    nasty = edit.add_organisation(engine, NASTY, Organisation(name=NASTY, other_names=(NASTY,)))
    site = edit.add_site(engine, "Anna", nasty.id, Site(name=NASTY, address=NASTY, **KAJAANI))
    listing = Resource(direction=Direction.WANT, type=ResourceType.SERVICE, title=NASTY, description=NASTY)
    resource = edit.add_resource(engine, "Anna", site.id, listing)
    edit.change(engine, NASTY, nasty, {"other_names": [NASTY, "x"]})
    for link in (
        {},
        {"resource": resource.id},
        *({"organisation": nasty.id, "tab": tab} for tab in ("sites", "facts", "history")),
    ):
        app = open_page("companies", **link)
        assert not app.exception
        said = words(app)
        assert not re.search(r"(?<!\\)<img", said)
        assert "alert" in said
        assert not [button.label for button in app.button if "**b**" in button.label or ":tada:" in button.label]


def test_a_company_is_renamed_and_the_change_is_taken_back(engine: Engine, company: edit.Row, open_page: Open) -> None:
    """The notice names what was saved; its button writes the old name back under the user's name."""
    app = open_page("companies", organisation=company.id)
    app.button(key="edit_organisation").click().run()
    app.text_input(key="sheet_name").input("Uusi Tuhka Oy").run()
    app.text_input(key="sheet_asked_user").input("Bertta").run()
    app.button(key="save_sheet").click().run()
    assert not app.exception
    name = "SELECT name FROM organisation WHERE id = :id"
    assert scalar(engine, name, id=company.id) == "Uusi Tuhka Oy"
    app.button(key="undo_last").click().run()
    assert scalar(engine, name, id=company.id) == "Tuhka Oy"
    who = "SELECT array_agg(DISTINCT changed_by) FROM change WHERE table_name = 'organisation' AND row_id = :id"
    assert scalar(engine, who, id=company.id) == ["Bertta"]


def test_a_company_with_a_synergy_is_not_deleted(
    engine: Engine, company: edit.Row, site: edit.Row, ash: edit.Row, open_page: Open
) -> None:
    """The dialog stays, and says how many and what to do."""
    listing = Resource(direction=Direction.WANT, type=ResourceType.WASTE, title="Tuhkaa")
    want = edit.add_resource(engine, "Anna", site.id, listing)
    with store.connection(engine, "Anna") as connection:
        statement = text("INSERT INTO synergy (have_id, want_id) VALUES (:have, :want)")
        connection.execute(statement, {"have": ash.id, "want": want.id})
    app = open_page("companies", organisation=company.id)
    app.button(key="edit_organisation").click().run()
    app.button(key="ask_delete").click().run()
    assert not app.exception
    assert "Tätä ei voi poistaa" in words(app)
    assert "delete_sheet" not in [button.key for button in app.button]
    assert scalar(engine, "SELECT deleted_at FROM organisation WHERE id = :id", id=company.id) is None


def test_a_resource_is_deleted_and_restored(engine: Engine, ash: edit.Row, open_page: Open) -> None:
    """The notice of the deletion takes it back."""
    app = open_page("companies", resource=ash.id)
    company = scalar(
        engine, "SELECT organisation_id FROM site s JOIN resource r ON r.site_id = s.id WHERE r.id = :id", id=ash.id
    )
    app = open_page("companies", organisation=company, resource=ash.id)
    app.button(key="edit_resource").click().run()
    app.button(key="ask_delete").click().run()
    app.button(key="delete_sheet").click().run()
    deleted = "SELECT deleted_at IS NOT NULL FROM resource WHERE id = :id"
    assert scalar(engine, deleted, id=ash.id) is True
    app.button(key="undo_last").click().run()
    assert not app.exception
    assert scalar(engine, deleted, id=ash.id) is False
