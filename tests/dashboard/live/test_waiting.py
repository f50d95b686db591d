import asyncio
from uuid import uuid4

from dashboard.live.waiting import Waiting, over
from tests.dashboard.live.conftest import Room, identity

WANT = {"direction": "want", "company": "Lannoite Oy", "place": "Oulu", "quantity": "5000", "unit": "t"}


def test_one_question_is_answered_when_the_partners_are_there(room: Room) -> None:
    """The telephone need not ask again and again: the server puts its answer off."""
    first = identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))
    second = identity(room.send("Puutuhkaa lannoitteisiin", **WANT))
    answers = [room.ask("GET", f"/entry/cards/{one}?wait=8").json() for one in (first, second)]
    assert [one["worked"] for one in answers] == [True, True]
    assert answers[1]["partners"]


def test_who_waits_is_woken_for_its_own_card_alone() -> None:
    """And nothing is kept of those who have gone."""
    mine, other = uuid4(), uuid4()
    waiting = Waiting()

    async def run() -> tuple[bool, bool, int]:
        with waiting.beside(mine) as woken, waiting.beside(other) as asleep:
            waiting.hear(f"no-id,{mine}")
            await over(woken, 1)
            await over(asleep, 0.01)
            return woken.is_set(), asleep.is_set(), len(waiting)

    assert asyncio.run(run()) == (True, False, 2)
    assert len(waiting) == 0
