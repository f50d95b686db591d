"""Cards that a facilitator changes while the server has them in hand."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, make_url, text

from dashboard.live import intake
from dashboard.live.working import Worker
from data.queries import events as queries
from data.store import bulk, events, steering, wall
from data.store.bulk import Batch
from data.store.events import Card, Plan
from geo import regions
from tests.dashboard.live.conftest import forget

SAID = {"direction": "have", "type": "material", "company": "Kuitu Oy", "place": "Kemi", "quantity": "5", "unit": "t"}
Act = Callable[[Mapping[str, Any]], None]


def read(title: str) -> Mapping[str, Any]:
    """Read what a telephone would send."""
    return intake.read({**SAID, "title": title}, "fi", regions.load()).told


@pytest.fixture
def event(engine: Engine, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Begin a workshop in which a card waits."""
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", url)
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    forget()
    event_id = events.begin(engine, "Maija", Plan(name="Oulun paja", region="17"))
    events.receive(engine, event_id, Card(id=uuid4(), table=1, told=read("Puutuhkaa")))
    yield event_id
    forget()


def worked(engine: Engine, event: int, act: Act, patch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    """Work the card through, somebody acting just before and just after its resource is written; tell its end."""
    write = bulk.upsert

    def between(connection: Connection, batch: Batch) -> object:
        act(queries.cards(engine, event)[0])
        done = write(connection, batch)
        patch.setattr(bulk, "upsert", write)
        return done

    patch.setattr(bulk, "upsert", between)
    Worker(engine).work()
    return queries.cards(engine, event)[0]


def titles(engine: Engine, event: int) -> list[str]:
    """List what is offered and has not been taken away."""
    asked = "SELECT title FROM resource WHERE deleted_at IS NULL AND event_id = :event"
    with engine.connect() as connection:
        return list(connection.scalars(text(asked), {"event": event}))


def on_wall(engine: Engine, event: int) -> list[str]:
    """List what was told to the screen."""
    return [str(line["told"]["title"]) for line in queries.lines(engine, event) if line["kind"] == "card"]


@pytest.mark.parametrize("status", wall.DOWN)
def test_what_is_taken_down_meanwhile_stays_down(
    engine: Engine, event: int, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the wall nor the store has it, though its resource was only written after that."""

    def hides(card: Mapping[str, Any]) -> None:
        wall.take_down(engine, "Maija", event, UUID(str(card["id"])), status)

    assert worked(engine, event, hides, monkeypatch)["status"] == status
    assert not on_wall(engine, event)
    assert not titles(engine, event)


def test_what_is_corrected_meanwhile_is_worked_through_anew(
    engine: Engine, event: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall shows what was corrected, and never ends with the words before."""

    def corrects(card: Mapping[str, Any]) -> None:
        steering.amend(engine, "Maija", event, card, read("Turvetuhkaa"))

    assert worked(engine, event, corrects, monkeypatch)["status"] == "shown"
    assert on_wall(engine, event) == ["Turvetuhkaa"]
    assert titles(engine, event) == ["Turvetuhkaa"]


def test_a_card_that_nobody_touches_is_shown_once(engine: Engine, event: int) -> None:
    """A second round finds nothing to do."""
    for _ in range(2):
        Worker(engine).work()
    assert on_wall(engine, event) == titles(engine, event) == ["Puutuhkaa"]
