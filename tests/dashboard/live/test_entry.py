from uuid import uuid4

import pytest
from sqlalchemy import text

from data.store import events
from data.viewer import Role, Viewer, viewing
from tests.dashboard.live.conftest import Room, identity

TWICE = {"direction": "want", "company": "Lannoite Oy", "place": "Oulu", "quantity": "5000", "unit": "t"}


def count(room: Room, table: str) -> int:
    """Count the live rows of the event."""
    with room.engine.connect() as connection:
        asked = text(f"SELECT count(*) FROM {table} WHERE event_id = :event AND deleted_at IS NULL")  # noqa: S608 - own names
        return int(connection.scalar(asked, {"event": room.event_id}) or 0)


def test_a_card_reaches_the_screen_with_its_match(room: Room) -> None:
    """A have and a want that answer each other: points, an arc, counters; and the table is told of its partner."""
    room.card(str(identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))))
    second = room.card(str(identity(room.send("Puutuhkaa lannoitteisiin", **TWICE))))
    assert [one["name"] for one in second["partners"]] == ["Nimi piilotettu"]
    frame = room.frame(lambda one: one["newest"])
    frame["figures"].pop("co2e")
    assert frame["figures"] == {
        "companies": "2",
        "resources": "2",
        "matches": "1",
        "cross": "100\u00a0%",
        "tonnes": "1\u00a0200",
    }
    assert frame["newest"]["have"]["place"] == "Kemi"
    assert sorted(point[2:] for point in frame["points"]) == [["have", 1, "Kemi"], ["want", 1, "Oulu"]]
    assert frame["materials"] == [["Puutuhka", 2]]
    assert count(room, "resource") == 2
    assert count(room, "synergy") == 1


def test_the_same_card_twice_is_one(room: Room) -> None:
    """Tapped twice, sent again after a lost answer, and once more when all is done."""
    again = str(uuid4())
    for _ in range(3):
        identity(room.send("Betonimurske", id=again))
    room.card(again)
    identity(room.send("Betonimurske", id=again))
    assert count(room, "resource") == 1
    assert room.frame(lambda one: one["points"])["figures"]["resources"] == "1"


def test_a_table_corrects_what_it_sent(room: Room) -> None:
    """The card keeps its place on the screen."""
    card = str(identity(room.send("Sahanpuru")))
    room.card(card)
    room.send("Sahanpuru, kuiva", id=card)
    frame = room.frame(lambda one: any(item["title"] == "Sahanpuru, kuiva" for item in one["cards"]))
    assert frame["figures"]["resources"] == "1"


@pytest.mark.parametrize(
    "title",
    [
        "<img src=x onerror=alert(1)>",
        "**lihava** _kursiivi_",
        "Rauta 🔥 romu",
        "\u202eetuj\u202c jäte",
        "{{7*7}} {% raw %}",
    ],
)
def test_jokes_are_shown_as_they_are_written(room: Room, title: str) -> None:
    """Markup is text; marks that turn the writing round are left out."""
    room.card(str(identity(room.send(title))))
    frame = room.frame(lambda one: one["cards"])
    assert frame["cards"][0]["title"] == title.replace("\u202e", "").replace("\u202c", "")


@pytest.mark.parametrize("title", ["🙂🙂🙂", "katso www.esimerkki.fi", "puru " * 30])
def test_what_is_no_resource_waits_for_the_facilitator(room: Room, title: str) -> None:
    """It is kept, and not shown before somebody has looked."""
    card = identity(room.send(title))
    assert room.card(str(card))["status"] == "held"
    assert count(room, "resource") == 0
    with viewing(Viewer("Maija", Role.NATIONAL)):
        events.settle(room.engine, "Maija", card, "waiting")
    assert room.frame(lambda one: one["cards"])["cards"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": "x" * 10_000}, "title"),
        ({"title": " "}, "title"),
        ({"title": "Tuhka", "company": ""}, "company"),
        ({"title": "Tuhka", "place": "Atlantis"}, "place"),
        ({"title": "Tuhka", "business_id": "1234567-9"}, "business_id"),
        ({"title": "Tuhka", "quantity": "1,234", "unit": "t"}, "quantity"),
    ],
)
def test_what_is_wrong_is_said_by_field(room: Room, told: dict[str, str], field: str) -> None:
    """With a sentence, and the ways to mend it where there are any."""
    answer = room.send(**told)
    assert answer.status_code == 422
    assert set(answer.json()["faults"]) == {field}
    assert answer.json()["faults"][field]["sentence"]


def test_a_clock_that_is_wrong_by_a_day_changes_nothing(room: Room) -> None:
    """The server's time counts; the telephone's is kept beside it."""
    room.card(str(identity(room.send("Kuona", at="2031-01-01T00:00:00+00:00"))))
    with room.engine.connect() as connection:
        told = text("SELECT told_at, received_at FROM workshop_card WHERE event_id = :event")
        told_at, received_at = connection.execute(told, {"event": room.event_id}).one()
    assert told_at.year == 2031
    assert received_at.year != 2031


def test_a_pause_keeps_cards_until_it_ends(room: Room) -> None:
    """They are taken, and wait."""
    with viewing(Viewer("Maija", Role.NATIONAL)):
        events.set_status(room.engine, "Maija", room.event_id, "paused")
        card = str(identity(room.send("Lasimurska")))
        assert room.ask("GET", f"/entry/cards/{card}").json()["status"] == "waiting"
        events.set_status(room.engine, "Maija", room.event_id, "open")
    assert room.card(card)["status"] == "shown"


def test_interest_becomes_a_synergy_that_somebody_talks_about(room: Room) -> None:
    """In the facilitator's name, since the table has no account."""
    room.card(str(identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))))
    partners = room.card(str(identity(room.send("Puutuhkaa lannoitteisiin", **TWICE))))["partners"]
    told = {"id": str(uuid4()), "table": 4, "match": partners[0]["match"], "yes": True}
    assert room.ask("POST", "/entry/interest", json=told).status_code == 200

    def stage() -> str:
        with room.engine.connect() as connection:
            asked = text("SELECT concat(stage, ' ', owner) FROM synergy WHERE event_id = :event")
            return str(connection.scalar(asked, {"event": room.event_id}))

    room.until(stage, lambda found: found == "discussing Maija")


def test_a_change_of_what_still_waits_is_taken(room: Room) -> None:
    """In a pause a card waits; what its table corrects meanwhile is what comes to the screen."""
    with viewing(Viewer("Maija", Role.NATIONAL)):
        events.set_status(room.engine, "Maija", room.event_id, "paused")
    card = str(identity(room.send("Lasimurska")))
    identity(room.send("Lasimurska, kirkas", id=card))
    with viewing(Viewer("Maija", Role.NATIONAL)):
        events.set_status(room.engine, "Maija", room.event_id, "open")
    frame = room.frame(lambda one: one["cards"])
    assert [one["title"] for one in frame["cards"]] == ["Lasimurska, kirkas"]
