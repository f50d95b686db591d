"""Nothing private leaves through the workshop's doors: a whole session's answers, searched for planted strings."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from data.store import events
from data.viewer import Role, viewing
from tests.dashboard.live.conftest import MAIJA, POINT, SECRETS, Room, identity, plant


@pytest.fixture
def planted(room: Room) -> None:
    """Add private things beside a public one."""
    plant(room)


@pytest.mark.usefixtures("planted")
def test_a_whole_session_holds_nothing_private(room: Room) -> None:
    """Cards, partners, signs of life, frames in every scene, with names allowed and not."""
    hidden = {"company": "Salainen Kaivos Oy", "named": False, "quantity": "900", "unit": "t"}
    card = str(identity(room.send("Puutuhkaa lannoitteeksi", **hidden)))
    partners = room.card(card)["partners"]
    assert partners, "the public one answers"
    identity(room.send("Puutuhkaa lannoitteeksi", company="Avoin Oy", named=True, place="Oulu"))
    room.ask("GET", "/entry/sign?table=4")
    room.ask("GET", "/entry/sign?like=tuhka")
    room.ask(
        "POST", "/entry/interest", json={"id": str(uuid4()), "table": 4, "match": partners[0]["match"], "yes": True}
    )
    for board in ({"names": True}, {"scene": "suggestions"}, {"scene": "numbers"}, {"spot": partners[0]["match"]}):
        with viewing(MAIJA):
            events.steer(room.engine, "Maija", room.event_id, board)
        name, value = next(iter(board.items()))
        room.frame(lambda one, name=name, value=value: one["control"][name] == value)
    room.frame(lambda one: len(one["cards"]) == 2)
    said = "\n".join(room.sent)
    assert "Avoin Oy" in said, "a name that was agreed to is shown once the facilitator lets it"
    assert {secret for secret in SECRETS if secret in said} == set()
    assert not any(part in said for part in POINT)


@pytest.mark.usefixtures("planted")
def test_a_screen_reads_no_private_row_from_the_database(room: Room) -> None:
    """Its lines hold what its tables sent to the screen, and nothing of the store but what is public."""
    room.card(str(identity(room.send("Puutuhkaa lannoitteeksi", company="Salainen Kaivos Oy"))))
    with room.engine.connect() as connection:
        lines = connection.scalars(
            text("SELECT told::text FROM workshop_line WHERE event_id = :event"), {"event": room.event_id}
        ).all()
    assert {secret for secret in SECRETS if any(secret in line for line in lines)} == set()
    assert Role.SCREEN is events.screen(room.event_id).role
