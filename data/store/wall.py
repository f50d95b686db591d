"""Write what stands on a workshop's screen: cards, matches, and what is taken down again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data import store
from data.store.events import append, hold

_TAKEN_DOWN = (
    (
        "UPDATE synergy SET deleted_at = now(), version = version + 1 WHERE deleted_at IS NULL"
        " AND stage = 'identified' AND :resource IN (have_id, want_id)"
    ),
    "UPDATE resource SET deleted_at = now(), version = version + 1 WHERE id = :resource AND deleted_at IS NULL",
)


def take_down(engine: Engine, user: str, event_id: int, card: UUID, status: str = "hidden") -> None:
    """Take a card off the screen (`hidden`, or `merged` into another), with its resource and what was only proposed."""
    with store.connection(engine, user) as connection:
        hold(connection, event_id)
        found = connection.execute(
            text("SELECT resource_id, seq FROM workshop_card WHERE id = :id AND event_id = :event FOR UPDATE"),
            {"id": card, "event": event_id},
        ).one_or_none()
        if found is None:
            raise StoreProblem("store.not_found")
        values = {"id": card, "status": status, "resource": found.resource_id}
        connection.execute(text("UPDATE workshop_card SET status = :status WHERE id = :id"), values)
        for statement in _TAKEN_DOWN:
            connection.execute(text(statement), values)
        if found.seq is not None:
            append(connection, event_id, "hide", {"of": found.seq})


def show(engine: Engine, event_id: int, card: UUID, resource_id: int, told: Mapping[str, object]) -> int:
    """Put a card on the screen, once; give the number of its line."""
    with store.connection(engine, "server") as connection:
        hold(connection, event_id)
        found = connection.execute(
            text("SELECT status, seq FROM workshop_card WHERE id = :id FOR UPDATE"), {"id": card}
        ).one()
        if found.status == "shown":
            return int(found.seq)
        before = {"of": found.seq} if found.seq is not None else {}
        seq = append(connection, event_id, "card", {**told, **before})
        statement = """
        UPDATE workshop_card SET status = 'shown', resource_id = :resource, seq = coalesce(seq, :seq) WHERE id = :id
        """
        connection.execute(text(statement), {"id": card, "resource": resource_id, "seq": seq})
    return int(found.seq or seq)


def tell_matches(engine: Engine, event_id: int, told: Sequence[Mapping[str, object]]) -> int:
    """Put matches on the screen, each pair once; tell how many were new, and tie their synergies to the event."""
    with store.connection(engine, "server") as connection:
        hold(connection, event_id)
        known = set(
            connection.scalars(
                text(
                    "SELECT told ->> 'synergy' FROM workshop_line WHERE event_id = :event AND kind = 'match'"
                    " AND told ->> 'synergy' = ANY(:ids)"
                ),
                {"event": event_id, "ids": [str(one["synergy"]) for one in told]},
            )
        )
        fresh = [one for one in told if str(one["synergy"]) not in known]
        for one in fresh:
            append(connection, event_id, "match", one)
        connection.execute(
            text("UPDATE synergy SET event_id = :event WHERE id = ANY(:ids) AND event_id IS NULL"),
            {"event": event_id, "ids": [one["synergy"] for one in fresh]},
        )
    return len(fresh)
