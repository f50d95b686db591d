"""Write a workshop that was held in another store: its cards all at once, with their own times, and each once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from psycopg.types.json import Jsonb
from sqlalchemy import Engine, text

from data import store
from data.store.events import Card

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(726012)")
_ADD = text("""
INSERT INTO workshop_card (id, event_id, table_number, kind, told, told_at, received_at, status, remark)
VALUES (:id, :event, :table, :kind, :told, :told_at, coalesce(:received_at, clock_timestamp()), :status, :remark)
ON CONFLICT (id) DO NOTHING
""")
_DATE = (
    """
    UPDATE workshop SET opened_at = coalesce(:opened_at, opened_at), closed_at = coalesce(:closed_at, closed_at)
    WHERE event_id = :event
    """,
    """
    UPDATE event SET starts_at = coalesce(:starts_at, starts_at),
        ends_at = greatest(coalesce(:ends_at, ends_at), coalesce(:starts_at, starts_at))
    WHERE id = :event
    """,
)


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Let two merges at once run one after the other: the second finds what the first has written."""
    with store.connection(engine, "server") as connection:
        connection.execute(_ONE_AT_A_TIME)
        yield


def receive(engine: Engine, user: str, event_id: int, cards: Sequence[Card]) -> int:
    """Take cards in, all or none; tell how many were new. Those that came before are left as they are."""
    with store.connection(engine, user) as connection:
        return sum(connection.execute(_ADD, _values(event_id, card)).rowcount for card in cards)


def _values(event_id: int, card: Card) -> dict[str, object]:
    return {
        "id": card.id,
        "event": event_id,
        "table": card.table,
        "kind": card.kind,
        "told": Jsonb(dict(card.told)),
        "told_at": card.told_at,
        "received_at": card.received_at,
        "status": card.status,
        "remark": card.remark,
    }


def date(engine: Engine, user: str, event_id: int, times: Mapping[str, object]) -> None:
    """Give an event the times at which it was held: starts_at, ends_at, opened_at and closed_at."""
    values = {name: times.get(name) for name in ("starts_at", "ends_at", "opened_at", "closed_at")}
    with store.connection(engine, user) as connection:
        for statement in _DATE:
            connection.execute(text(statement), {**values, "event": event_id})
