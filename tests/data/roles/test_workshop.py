from collections.abc import Mapping
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data.queries import events as queries
from data.store import events
from data.store.events import Card
from data.viewer import Role, Viewer, viewing

PRIVATE = (
    "shown_organisation",
    "shown_site",
    "shown_resource",
    "shown_synergy",
    "contact",
    "contact_log",
    "event",
    "workshop",
    "change",
    "expert",
    "audit",
)


def count(engine: Engine, table: str) -> int:
    """Count the rows of a table that the viewer sees."""
    with engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - own names


def test_a_join_code_adds_to_its_own_event_and_sees_nothing_else(app_engine: Engine, world: Mapping[str, int]) -> None:
    """Neither a company nor the event itself; of another event not even a card."""
    with viewing(events.entry(world["event.own"], 3)):
        assert events.receive(app_engine, world["event.own"], Card(id=uuid4(), table=3, told={"title": "Tuhka"}))
        assert {table: count(app_engine, table) for table in PRIVATE} == dict.fromkeys(PRIVATE, 0)
        assert len(queries.cards(app_engine, world["event.own"])) == 2
        assert not queries.cards(app_engine, world["event.other"])
        assert not queries.lines(app_engine, world["event.own"])
        with pytest.raises(StoreProblem, match="not_allowed"):
            events.receive(app_engine, world["event.other"], Card(id=uuid4(), table=3, told={}))
        with pytest.raises(StoreProblem, match="not_allowed"):
            events.receive(app_engine, world["event.own"], Card(id=uuid4(), table=3, told={}, status="shown"))
        with pytest.raises(StoreProblem, match="not_found"):
            events.set_status(app_engine, "3", world["event.own"], "closed")


def test_a_screen_reads_the_lines_of_its_own_event(app_engine: Engine, world: Mapping[str, int]) -> None:
    """And writes none; nor does it see a card, or how the workshop is set."""
    with viewing(events.screen(world["event.own"])):
        assert len(queries.lines(app_engine, world["event.own"])) == 1
        assert not queries.lines(app_engine, world["event.other"])
        assert not queries.cards(app_engine, world["event.own"])
        assert queries.workshop(app_engine, world["event.own"]) is None
        with pytest.raises(StoreProblem, match="not_allowed"):
            events.line(app_engine, "screen", world["event.own"], "card", {})


@pytest.mark.parametrize("role", [Role.ENTRY, Role.SCREEN])
def test_without_an_event_there_is_nothing(app_engine: Engine, world: Mapping[str, int], role: Role) -> None:
    """A code that opens nothing makes a viewer of nothing."""
    with viewing(Viewer("x", role)):
        assert not queries.lines(app_engine, world["event.own"])
        assert not queries.cards(app_engine, world["event.own"])
