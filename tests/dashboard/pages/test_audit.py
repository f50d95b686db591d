from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.store import audit, edit, synergies
from data.store.synergies import Proposal

Open = Callable[..., AppTest]
KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


@pytest.fixture
def company(engine: Engine) -> edit.Row:
    """Add a company that was changed, and an export."""
    row = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    audit.record(engine, audit.Kind.EXPORTED, audit.Event(person="Ville", subject="taulukko.csv", rows=12))
    return edit.change(engine, "Anna", row, {"name": "Tuhka ja Multa Oy"}).row


def told(app: AppTest) -> str:
    """Give what the page says in our own HTML."""
    return " ".join(str(one.proto.body) for one in app.get("html"))


def test_events_and_changes_stand_in_one_list(company: edit.Row, open_page: Open) -> None:
    """Who took what out beside who changed what; a filter by person leaves that person's."""
    app = open_page("audit")
    assert not app.exception
    shown = app.dataframe[0].value
    rows = [tuple(row[1:]) for row in shown.itertuples(index=False)]
    assert ("Ville", "vei tiedostoon", "taulukko.csv", 12) in rows
    assert any(row[0] == "Anna" and row[2] == "Yritys: Tuhka ja Multa Oy (Nimi)" for row in rows)
    app.text_input(key="person").input("vill").run()
    assert set(app.dataframe[0].value["Kuka"]) == {"Ville"}
    app.selectbox(key="kind").set_value("signed_in").run()
    assert "Tällaisia tapahtumia ei ole." in told(app)
    assert app.query_params["kind"] == "signed_in"
    assert company.version == 2


def test_a_person_is_found_and_erased_after_a_question(engine: Engine, open_page: Open) -> None:
    """The question says how many rows; after it nothing is found any more."""
    edit.add_organisation(
        engine, "Kaino Koskimies", Organisation(name="Koski Oy", other_names=("Tmi Kaino Koskimies",))
    )
    app = open_page("audit", part="people")
    app.text_input(key="person_name").input("kaino koskimies")
    app.button(key="FormSubmitter:person-Etsi").click().run()
    assert "Henkilö mainitaan" in told(app)
    app.button(key="person_erase").click().run()
    assert any("Poistetaanko henkilö kaikkialta?" in one.value for one in app.markdown)
    app.button(key="person_erase_now").click().run()
    assert not app.exception
    assert any("poistettiin" in one.value for one in app.success)
    with engine.connect() as connection:
        left = connection.scalar(text("SELECT count(*) FROM organisation WHERE created_by LIKE 'Kaino%'"))
    assert left == 0


def test_a_deletion_says_what_goes_along_and_is_taken_back_from_the_list(engine: Engine, open_page: Open) -> None:
    """A company with its site and resource goes after the question, and comes back whole."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Poistuva Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
    listing = Resource(direction=Direction.HAVE, type=ResourceType.MATERIAL, title="Kuori")
    resource = edit.add_resource(engine, "Anna", site.id, listing)
    app = open_page("companies", organisation=company.id)
    app.button(key="edit_organisation").click().run()
    app.button(key="ask_delete").click().run()
    assert "Poistetaanko: Poistuva Oy? Mukana poistuvat: 1\xa0toimipaikka, 1\xa0resurssi." in told(app)
    app.button(key="delete_sheet").click().run()
    app = open_page("companies", deleted=1)
    assert "Poistuva Oy" in told(app)
    app.button(key=f"restore_organisation_{company.id}").click().run()
    assert not app.exception
    assert "Palautettiin: Poistuva Oy" in told(app)
    with engine.connect() as connection:
        gone = connection.scalar(text("SELECT deleted_at FROM resource WHERE id = :id"), {"id": resource.id})
    assert gone is None


def test_a_company_with_synergies_is_not_deleted_and_they_are_named(engine: Engine, open_page: Open) -> None:
    """There is no button to go on; the list says which synergies hold it."""
    rows = []
    for name, direction in (("Eka Oy", Direction.HAVE), ("Toka Oy", Direction.WANT)):
        company = edit.add_organisation(engine, "Anna", Organisation(name=name))
        site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
        listing = Resource(direction=direction, type=ResourceType.MATERIAL, title=f"Tuhka {name}")
        rows.append((company, edit.add_resource(engine, "Anna", site.id, listing)))
    synergies.take_up(engine, "Anna", Proposal(have_id=rows[0][1].id, want_id=rows[1][1].id, score=0.5))
    app = open_page("companies", organisation=rows[0][0].id)
    app.button(key="edit_organisation").click().run()
    app.button(key="ask_delete").click().run()
    assert "liittyy synergioita: 1" in told(app)
    assert "Tuhka Eka Oy → Tuhka Toka Oy" in told(app)
    assert "delete_sheet" not in [button.key for button in app.button]
