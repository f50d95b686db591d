import time
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data import store
from data.model import Channel, Direction, Organisation, Resource, ResourceType, Site
from data.queries import activation as queries
from data.queries.activation import Sought
from data.store import contacts, edit
from data.store.contacts import Talk

Open = Callable[..., AppTest]
KAINUU = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
HELSINKI = {"easting_m": 385_700.0, "northing_m": 6_672_400.0}


@pytest.fixture(scope="module")
def companies(engine: Engine) -> dict[str, edit.Row]:
    """Add one company that is silent, and one that has told of a resource."""
    made = {}
    for name, place in (("Hiljainen Oy", KAINUU), ("Puhuva Oy", HELSINKI)):
        made[name] = edit.add_organisation(engine, "Anna", Organisation(name=name))
        site = edit.add_site(engine, "Anna", made[name].id, Site(name="Tehdas", **place))
    listing = Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title="Lentotuhka")
    edit.add_resource(engine, "Anna", site.id, listing)
    contacts.log(
        engine,
        "Anna",
        made["Puhuva Oy"].id,
        Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 2), note="tuhkasta", remind_on=date(2026, 11, 5)),
    )
    return made


def words(app: AppTest) -> str:
    """Give all that a page says."""
    said = [str(getattr(one, "value", "") or getattr(one.proto, "body", "")) for one in app.get("html")]
    return "\n".join([*said, *(button.label for button in app.button)])


@pytest.mark.usefixtures("companies")
def test_companies_stand_by_status_with_their_counts(open_page: Open) -> None:
    """The sentence, the switch with the counts, and the company with the open reminder first."""
    app = open_page("activation")
    assert not app.exception
    assert "<b>2 yritystä</b>" in words(app).replace("\xa0", " ")
    assert "Myöhässä on <b>1 muistutus</b>." in words(app).replace("\xa0", " ")
    switch = next(one for one in app.get("button_group") if one.key == "status")
    assert list(switch.options)[:3] == ["kaikki 2", "tiedossa 1", "kontaktoitu 1"]
    opened = [one.label for one in app.button if str(one.key).startswith("open_")]
    assert opened == ["Puhuva Oy", "Hiljainen Oy"]


def test_a_contact_and_a_talk_are_written_and_a_reminder_seen_to(
    engine: Engine, companies: dict[str, edit.Row], open_page: Open
) -> None:
    """Through the opened row: contact, talk with a reminder, and the list of reminders where it is taken off."""
    company = companies["Hiljainen Oy"].id
    app = open_page("activation", company=company)
    app.button(key="add_contact").click().run()
    app.text_input(key="contact_name").input("Sirpa Pihlaja")
    app.text_input(key="contact_email").input("sirpa@hiljainen.fi")
    next(one for one in app.button if "save_contact" in str(one.key)).click().run()
    assert not app.exception
    assert queries.contacts(engine, company)[["name", "email"]].values.tolist() == [
        ["Sirpa Pihlaja", "sirpa@hiljainen.fi"]
    ]
    app.text_area(key="talk_note").input("Kysyi tuhkan luvista")
    app.date_input(key="talk_remind").set_value(date(2026, 12, 24))
    next(one for one in app.button if "save_talk" in str(one.key)).click().run()
    assert not app.exception
    assert queries.talks(engine, company)["note"].to_list() == ["Kysyi tuhkan luvista"]
    assert "Kysyi tuhkan luvista" in words(app)
    (talk,) = queries.talks(engine, company)["id"].to_list()
    app.button(key=f"correct_talk_{talk}").click().run()
    assert app.text_area(key="talk_note").value == "Kysyi tuhkan luvista"
    app.text_area(key="talk_note").input("Kysyi kuonan luvista")
    app.selectbox(key="talk_channel").set_value("other")
    next(one for one in app.button if "save_talk" in str(one.key)).click().run()
    assert not app.exception
    assert queries.talks(engine, company)[["note", "channel"]].to_numpy().tolist() == [
        ["Kysyi kuonan luvista", "other"]
    ]
    assert "puhelu, sähköposti tai muu" in words(app)
    assert app.text_area(key="talk_note").value == ""  # the form is one for new talks again
    open_page("activation", part="reminders")
    app = open_page("activation", part="reminders")
    told = queries.reminders(engine, Sought())
    mine = told[told["organisation_id"] == company]["id"].to_list()
    app.button(key=f"settle_{mine[0]}").click().run()
    assert company not in queries.reminders(engine, Sought())["organisation_id"].to_list()


def test_an_erasure_asks_first(engine: Engine, companies: dict[str, edit.Row], open_page: Open) -> None:
    """The first press tells what goes and nothing goes; the second erases."""
    company = companies["Puhuva Oy"].id
    row = contacts.add(engine, "Anna", company, contacts.Contact(name="Kalle Kaukonen", email="kalle@puhuva.fi"))
    app = open_page("activation", company=company)
    app.button(key=f"erase_{row.id}").click().run()
    assert "Poistetaanko kaikki, mitä henkilöstä tiedetään: Kalle Kaukonen?" in words(app)
    assert len(queries.contacts(engine, company)) == 1
    app.button(key="erase_now").click().run()
    assert not app.exception
    assert queries.contacts(engine, company).empty


@pytest.mark.usefixtures("companies")
def test_silent_municipalities_equal_the_map(open_page: Open) -> None:
    """Kajaani, where a company is and no resource; not Helsinki. Its companies are one choice away."""
    app = open_page("activation", part="silent")
    assert not app.exception
    table = app.dataframe[0].value
    assert table["Kunta"].to_list() == ["Kajaani"]
    app = open_page("activation", municipality="205")
    assert [one.label for one in app.button if str(one.key).startswith("open_")] == ["Hiljainen Oy"]
    assert "Kunta: Kajaani" in words(app)


def test_a_company_s_profile_has_its_people_and_talks(
    engine: Engine, companies: dict[str, edit.Row], open_page: Open
) -> None:
    """The same part, one choice away from its resources."""
    company = companies["Puhuva Oy"].id
    contacts.add(engine, "Anna", company, contacts.Contact(name="Liisa Lehto", role="tuotanto"))
    app = open_page("companies", organisation=company, tab="contacts")
    assert not app.exception
    assert "Liisa Lehto" in words(app)
    assert "tuhkasta" in words(app)


def test_what_was_typed_outlives_a_database_that_is_away(
    engine: Engine, companies: dict[str, edit.Row], open_page: Open
) -> None:
    """Refused with a sentence while it is away; when it is back, the form holds the note, and it is saved."""
    company = companies["Hiljainen Oy"].id
    app = open_page("activation", company=company)
    app.text_area(key="talk_note").input("Kolme kuormaa viikossa")
    name = engine.url.database
    beside = store.engine(engine.url.set(database="postgres").render_as_string(hide_password=False))
    with beside.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(f"{others} AND pid <> pg_backend_pid()"), {"name": name})
        app.button(key="save_talk").click().run()
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    app.run()
    assert app.text_area(key="talk_note").value == "Kolme kuormaa viikossa"
    app.button(key="save_talk").click().run()
    assert not app.exception
    assert "Kolme kuormaa viikossa" in queries.talks(engine, company)["note"].to_list()


def test_a_talk_of_today_can_be_noted_wherever_the_server_stands(
    companies: dict[str, edit.Row], open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is Finland's: where the server's own has not begun yet, the form is drawn all the same."""
    monkeypatch.setenv("TZ", "Etc/GMT+12")
    time.tzset()
    try:
        assert not open_page("activation", company=companies["Hiljainen Oy"].id).exception
    finally:
        monkeypatch.undo()
        time.tzset()
