from datetime import UTC, datetime, timedelta

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


def test_a_code_that_is_in_use_ends_when_it_is_revoked(room: Room) -> None:
    """What was let in a moment ago is asked anew."""
    assert room.send("Tuhka").status_code == 200
    with viewing(MAIJA):
        events.revoke(room.engine, "Maija", room.event_id)
    assert Room.until(lambda: room.send("Tuhka").status_code, lambda status: status != 200) == 403


def test_a_code_ends_at_its_hour(room: Room) -> None:
    """Also while the workshop goes on."""
    with viewing(MAIJA):
        past = datetime.now(UTC) - timedelta(minutes=1)
        events.give_out(room.engine, "Maija", room.event_id, gate.hashes(room.event_id, 1), past)
    assert room.send("Tuhka").status_code == 403
    assert httpx.get(f"{room.address}/entry?t={room.code}").status_code == 403


def test_all_codes_take_longer_to_try_than_anybody_has() -> None:
    """Ten years, also from any number of addresses; what is wrong is never remembered."""
    minutes = len(keys.ALPHABET) ** keys.LENGTH / gate.GUESSES_IN_ALL.amount
    assert minutes / 60 / 24 / 365 > 10


def test_wrong_codes_leave_nothing_in_the_memory(room: Room) -> None:
    """A guesser can't fill it."""
    room.ask("GET", "/entry/sign?table=1")
    for number in range(5):
        room.ask("GET", "/entry/sign?table=1", code=f"BBBB{number:02}")
    assert len(gate._open) == 1  # noqa: SLF001 - what is kept is nobody else's to see
