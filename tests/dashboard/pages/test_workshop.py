from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Toggle

from data.store import events, steering
from data.store.events import Card, Plan
from tests.dashboard.conftest import Open


def button(app: AppTest, label: str) -> None:
    """Press the button of a label."""
    next(one for one in app.button if one.label == label).click().run()


def toggle(app: AppTest, name: str) -> Toggle:
    """Find a toggle, whatever turn its key is at."""
    return next(one for one in app.toggle if str(one.key).startswith(f"{name}_"))


def test_a_facilitator_begins_and_ends_a_workshop(open_page: Open) -> None:
    """The form, the page of the workshop that runs, and the files when it has ended."""
    app = open_page("workshop")
    assert not app.exception
    next(one for one in app.text_input if one.label == "Nimi").input("Kainuun paja")
    button(app, "Aloita työpaja")
    assert not app.exception
    assert "Kainuun paja" in " ".join(one.body for one in app.get("html") if hasattr(one, "body"))
    toggle(app, "names").set_value(True).run()
    assert toggle(app, "names").value
    toggle(app, "paused").set_value(True).run()
    button(app, "Lakkauta koodi ja näytön osoite")
    assert "Anna uusi koodi" in [one.label for one in app.button]
    button(app, "Päätä ja tee kooste")
    button(app, "Päätä työpaja")
    assert not app.exception
    assert sum(one.key.startswith("report_") for one in app.get("download_button")) == 6
    assert "Vie työpaja tiedostoon" in [one.label for one in app.get("download_button")]


def test_what_another_facilitator_changes_is_not_undone_by_a_page_that_has_not_heard_of_it(
    engine: Engine, open_page: Open
) -> None:
    """A page keeps its control after a press of its own; after another's it draws a new one, deaf to the old one."""
    app = open_page("workshop")
    next(one for one in app.text_input if one.label == "Nimi").input("Kahden paja")
    button(app, "Aloita työpaja")
    first = toggle(app, "names")
    first.set_value(True).run()
    assert (toggle(app, "names").key, toggle(app, "names").value) == (first.key, True)
    steering.steer(engine, "Toinen", int(app.query_params["event"][0]), {"names": False})
    app.run()
    assert toggle(app, "names").key != first.key
    assert not toggle(app, "names").value


def test_a_workshop_without_a_name_is_not_begun(open_page: Open) -> None:
    """The page says what is missing."""
    app = open_page("workshop")
    button(app, "Aloita työpaja")
    assert "Nimi puuttuu" in app.error[0].value


def test_a_link_to_no_workshop_says_so(open_page: Open) -> None:
    """Also where the number is none."""
    for number in ("999999", "x", "9" * 30):
        app = open_page("workshop", event=number)
        assert not app.exception
        assert app.warning


def test_a_card_may_have_two_things_to_check(open_page: Open, engine: Engine) -> None:
    """Twice the same, and waste without a code: both are listed, with buttons of their own."""
    event_id = events.begin(engine, "Maija", Plan(name="Kuhmon paja", region="18"))
    told = {"title": "Betonimurske", "direction": "have", "type": "waste", "company": "Kuhmon Betoni", "place": "290"}
    told |= {"quantity": "900", "unit": "t"}
    for table in (1, 2):
        events.receive(engine, event_id, Card(id=uuid4(), table=table, told=told, status="shown"))
    app = open_page("workshop", event=str(event_id))
    assert not app.exception
    assert sum(one.label == "Piilota" for one in app.button) == 3


def test_a_workshop_of_a_later_day_is_prepared_and_begins_when_the_pause_ends(open_page: Open) -> None:
    """Its code is there at once, its page says that it is prepared, and its start is when the facilitator goes on."""
    app = open_page("workshop")
    next(one for one in app.text_input if one.label == "Nimi").input("Ensi viikon paja")
    day = next(one for one in app.date_input if one.label == "Päivä")
    day.set_value(day.value + timedelta(days=7))
    button(app, "Aloita työpaja")
    assert not app.exception
    assert "Valmisteltu" in " ".join(one.value for one in app.markdown)
    assert "Lakkauta koodi ja näytön osoite" in [one.label for one in app.button]
    toggle(app, "paused").set_value(False).run()
    assert not app.exception
    assert "Käynnissä" in " ".join(one.value for one in app.markdown)
