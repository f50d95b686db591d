from datetime import timedelta

from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import Open


def button(app: AppTest, label: str) -> None:
    """Press the button of a label."""
    next(one for one in app.button if one.label == label).click().run()


def test_a_facilitator_begins_and_ends_a_workshop(open_page: Open) -> None:
    """The form, the page of the workshop that runs, and the files when it has ended."""
    app = open_page("workshop")
    assert not app.exception
    next(one for one in app.text_input if one.label == "Nimi").input("Kainuun paja")
    button(app, "Aloita työpaja")
    assert not app.exception
    assert "Kainuun paja" in " ".join(one.body for one in app.get("html") if hasattr(one, "body"))
    next(one for one in app.toggle if one.key == "names").set_value(True).run()
    assert next(one for one in app.toggle if one.key == "names").value
    next(one for one in app.toggle if one.key == "paused").set_value(True).run()
    button(app, "Lakkauta koodi ja näytön osoite")
    assert "Anna uusi koodi" in [one.label for one in app.button]
    button(app, "Päätä ja tee kooste")
    button(app, "Päätä työpaja")
    assert not app.exception
    assert sum(one.key.startswith("report_") for one in app.get("download_button")) == 6
    assert "Vie työpaja tiedostoon" in [one.label for one in app.get("download_button")]


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
    next(one for one in app.toggle if one.key == "paused").set_value(False).run()
    assert not app.exception
    assert "Käynnissä" in " ".join(one.value for one in app.markdown)
