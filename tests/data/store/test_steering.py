from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from config.errors import StaleEdit
from data.queries import events as queries
from data.store import events, steering
from data.store.events import Card, Plan


@pytest.fixture
def event(engine: Engine) -> int:
    """Begin a workshop with one card that waits for a look."""
    event_id = events.begin(engine, "Maija", Plan(name="Oulun paja", region="17"))
    events.receive(engine, event_id, Card(id=uuid4(), table=1, told={"title": "Tuhka"}, status="held"))
    return event_id


def card(engine: Engine, event_id: int) -> Mapping[str, Any]:
    """Give the event's card as a facilitator sees it."""
    return queries.cards(engine, event_id)[0]


def test_the_second_facilitator_is_told_who_was_first(engine: Engine, event: int) -> None:
    """Of two who correct the same card the second writes nothing; on the new look it goes."""
    seen = card(engine, event)
    steering.amend(engine, "Maija", event, seen, {"title": "Puutuhka"})
    with pytest.raises(StaleEdit, match=r"workshop_stale\.by") as told:
        steering.amend(engine, "Pekka", event, seen, {"title": "Turvetuhka"})
    assert told.value.values["user"] == "Maija"
    assert card(engine, event)["told"] == {"title": "Puutuhka"}
    steering.amend(engine, "Pekka", event, card(engine, event), {"title": "Turvetuhka"})
    assert card(engine, event)["told"] == {"title": "Turvetuhka"}


def test_who_was_first_without_a_name_is_somebody(engine: Engine, event: int) -> None:
    """Nobody is told of a dash that was first."""
    seen = card(engine, event)
    steering.amend(engine, "", event, seen, {"title": "Puutuhka"})
    with pytest.raises(StaleEdit, match=r"workshop_stale\.unknown"):
        steering.amend(engine, "Pekka", event, seen, {"title": "Turvetuhka"})


def test_what_was_released_is_not_released_again(engine: Engine, event: int) -> None:
    """A table that corrected meanwhile is a change, too, though nobody's name is known."""
    seen = card(engine, event)
    assert events.rewrite(engine, "1", seen["id"], {"title": "Lentotuhka"}, status="held")
    with pytest.raises(StaleEdit, match=r"workshop_stale\.unknown"):
        steering.settle(engine, "Pekka", event, seen, "waiting")
    steering.settle(engine, "Pekka", event, card(engine, event), "waiting")
    assert card(engine, event)["status"] == "waiting"


def test_a_workshop_that_has_ended_stays_ended(engine: Engine, event: int) -> None:
    """Whoever still has the old page can neither pause, open nor steer it, and is told who ended it."""
    steering.set_status(engine, "Maija", event, "open", "closed")
    for act in (
        lambda: steering.set_status(engine, "Pekka", event, "open", "paused"),
        lambda: steering.set_status(engine, "Pekka", event, "paused", "open"),
        lambda: steering.steer(engine, "Pekka", event, {"names": True}),
    ):
        with pytest.raises(StaleEdit) as told:
            act()
        assert told.value.values["user"] == "Maija"
    found = queries.workshop(engine, event)
    assert found is not None
    assert (found["status"], found["closed_at"] is not None) == ("closed", True)


def test_the_page_learns_who_steered_last(engine: Engine, event: int) -> None:
    """A screen's settings keep no names: who steered is in the line alone."""
    steering.steer(engine, "Pekka", event, {"scene": "numbers"})
    last = queries.last_steered(engine, event)
    found = queries.workshop(engine, event)
    assert last is not None
    assert found is not None
    assert (last["by"], found["board"]) == ("Pekka", {"scene": "numbers"})
