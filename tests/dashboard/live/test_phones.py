from uuid import uuid4

from sqlalchemy import Engine

from dashboard.live.phones import HERE_S, KIND, Phones
from dashboard.live.service import running_service
from data.live import Notice
from tests.dashboard.live.conftest import Room


def test_telephones_count_while_they_give_signs(app_engine: Engine) -> None:
    """The same one twice is one; one that is gone counts no more, neither here nor at another process."""
    now = [0.0]
    phones = Phones(app_engine, lambda: now[0])
    first = uuid4()
    for phone in (first, first, uuid4()):
        phones.sign(7, phone)
    phones.hear(Notice(KIND, 7, "another 5"))
    phones.hear(Notice(KIND, 8, "another 3"))
    phones.hear(Notice(KIND, 7, "nonsense"))
    assert (phones.count(7), phones.count(8), phones.count(9)) == (7, 3, 0)
    now[0] = HERE_S - 1
    phones.sign(7, first)
    now[0] = HERE_S + 1
    assert (phones.count(7), phones.count(8)) == (1, 0)


def test_other_processes_hear_of_a_telephone(room: Room) -> None:
    """A sign at this process's form reaches whoever listens at the same store."""
    beside = Phones(running_service().engine)
    beside.sign(room.event_id, uuid4())
    room.ask("GET", f"/entry/sign?table=1&phone={uuid4()}")
    room.until(lambda: running_service().phones.count(room.event_id), lambda count: count == 2)
