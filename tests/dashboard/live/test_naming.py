import pytest
from sqlalchemy import text

from dashboard.live import gate, suggesting
from dashboard.live.board import Board
from data import model
from data.store import edit, events
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room, identity


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Begin with no guesses counted."""
    gate.forget()


def owners(room: Room) -> list[str]:
    """List the companies of the event as the store has them."""
    asked = (
        "SELECT DISTINCT o.name FROM resource r JOIN site s ON s.id = r.site_id"
        " JOIN organisation o ON o.id = s.organisation_id WHERE r.event_id = :event ORDER BY 1"
    )
    with room.engine.connect() as connection:
        return [*connection.scalars(text(asked), {"event": room.event_id})]


def test_a_company_counts_once_however_its_tables_write_it(room: Room) -> None:
    """With and without its form, in capitals; as the store knows it where it does."""
    with viewing(MAIJA):
        edit.add_organisation(room.engine, "Maija", model.Organisation(name="Oy Kallion Kuitu Ab"))
    for title, company in (("Lasimurskaa", "Hopeaperän Höyläämö Oy"), ("Kumirouhetta", "hopeaperän  höyläämö")):
        room.card(str(identity(room.send(title, company=company))))
    room.card(str(identity(room.send("Tiilimurskaa", company="KALLION KUITU"))))
    assert owners(room) == ["Hopeaperän Höyläämö Oy", "Oy Kallion Kuitu Ab"]
    assert room.frame(lambda one: one["figures"]["resources"] == "3")["figures"]["companies"] == "2"


def test_a_telephone_is_offered_who_lets_itself_be_named_and_no_other(room: Room) -> None:
    """Besides the invited; each once."""
    room.card(str(identity(room.send("Lasimurskaa", company="Näkyvä Lasi Oy", named=True))))
    room.card(str(identity(room.send("Kumirouhetta", company="Piilossa Lasi Oy"))))
    answer = room.ask("GET", "/entry/sign?of=company&like=lasi").json()
    assert [word["value"] for word in answer["words"]] == ["Näkyvä Lasi Oy"]
    board = Board(cards={1: {"named": True, "name": "NÄKYVÄ LASI"}})
    assert suggesting.companies("lasi", suggesting.known(["Näkyvä Lasi Oy"], board)) == ["Näkyvä Lasi Oy"]


def test_an_amount_that_nobody_has_is_asked_about(room: Room) -> None:
    """Once its table confirms it, it is taken; and the facilitator is told where to look."""
    refused = room.send("Sahanpurua", quantity="5 000 000", unit="kg")
    assert refused.status_code == 422
    assert refused.json()["faults"]["quantity"]["sure"] is True
    assert "5 000 000 kg/a" in refused.json()["faults"]["quantity"]["sentence"]
    assert room.send("Sahanpurua", quantity="5 000 000", unit="kg", sure=True).status_code == 200
    assert room.send("Sahanpurua", quantity="5 000", unit="kg").status_code == 200


def test_a_municipality_that_was_mistyped_is_guessed(room: Room) -> None:
    """The sentence asks, and the choices are municipalities."""
    fault = room.send("Sahanpurua", place="Kajani").json()["faults"]["place"]
    assert fault["choices"][0] == "Kajaani"
    assert "Tarkoititko" in fault["sentence"]


def test_who_comes_after_the_end_is_thanked(room: Room) -> None:
    """A whole room asks by the code of a workshop that has ended: it is no guess. A revoked code says nothing."""
    with viewing(MAIJA):
        events.set_status(room.engine, "Maija", room.event_id, "closed")
    told = [room.ask("GET", "/entry/sign?table=1") for _ in range(30)]
    assert {(one.status_code, one.json()["error"]) for one in told} == {(403, "workshop_entry.ended")}
    page = room.ask("GET", f"/entry?t={room.code}&lang=fi").text
    assert "Työpaja on päättynyt, kiitos." in page
    assert "<form" not in page
    with viewing(MAIJA):
        events.revoke(room.engine, "Maija", room.event_id)
    gate.forget()
    assert room.ask("GET", "/entry/sign?table=1").json()["error"] == "workshop_entry.code_wrong"
