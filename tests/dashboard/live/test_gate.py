import httpx
import pytest
from sqlalchemy import text

from dashboard.live import gate, keys
from data.store import events
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Begin with no guesses counted."""
    gate.forget()


def test_a_code_is_read_as_people_type_it(room: Room) -> None:
    """Small letters, spaces, an O for a Q."""
    assert room.ask("GET", "/entry/sign?table=1", code=keys.shown(room.code).lower()).status_code == 200
    assert keys.typed("o1-il") == "QJJJ"


def test_guessing_is_slowed_down_and_noticed(room: Room) -> None:
    """After so many wrong codes an address waits, and the audit tells; a right code is let in all the same."""
    answers = [room.ask("GET", "/entry/sign?table=1", code=f"AAAA{n:02}") for n in range(40)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:20] == [403] * 20
    assert set(statuses[20:]) == {429}
    assert answers[-1].headers["Retry-After"]
    assert room.ask("GET", "/entry/sign?table=1").status_code == 200
    with room.engine.connect() as connection:
        asked = "SELECT count(*) FROM audit WHERE kind = 'refused' AND subject = 'workshop code'"
        assert connection.scalar(text(asked)) == 20


def test_a_revoked_code_opens_nothing_and_the_next_one_does(room: Room) -> None:
    """The same holds for the screen's address."""
    with viewing(MAIJA):
        number = events.revoke(room.engine, "Maija", room.event_id)
    assert room.send("Tuhka").status_code == 403
    assert httpx.get(f"{room.address}/screen/events?t={room.token}").status_code == 403
    assert gate.given_out(room.event_id, number)["code"] != room.code


def test_the_code_ends_with_the_workshop(room: Room) -> None:
    """The screen stays."""
    with viewing(MAIJA):
        events.set_status(room.engine, "Maija", room.event_id, "closed")
    assert room.send("Tuhka").status_code == 403
    assert room.frame()["status"] == "closed"


def test_a_code_says_nothing_of_another_event(room: Room) -> None:
    """A card of another workshop is not found by it."""
    answer = room.ask("GET", "/entry/cards/00000000-0000-0000-0000-000000000001")
    assert answer.status_code == 404
    assert room.ask("GET", "/entry/sign?table=1", code="").status_code == 403


def test_codes_are_not_in_the_store(room: Room) -> None:
    """What a copy of the store holds is a hash under the installation's own key."""
    with room.engine.connect() as connection:
        kept = " ".join(map(str, connection.execute(text("SELECT * FROM workshop")).all()))
    assert room.code not in kept
    assert room.token not in kept
