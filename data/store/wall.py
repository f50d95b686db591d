"""Write what stands on a workshop's screen: cards, matches, and what is taken down again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data import store
from data.store.events import append, append_all, hold

DOWN = ("hidden", "merged")  # what has become of a card that a facilitator took off the screen
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


def show(
    engine: Engine,
    event_id: int,
    cards: Mapping[UUID, tuple[int, Mapping[str, object]]],
    claimed: Mapping[UUID, datetime],
    moments: Mapping[UUID, datetime] | None = None,
) -> set[UUID]:
    """Put cards on the screen, each once and in this order, and give those that stand there now.

    `cards` has each card's resource and what is told of it, `claimed` when it was taken into hand: one that somebody
    has corrected since then waits to be worked through anew, and one that was taken down stays down, its resource with
    it. `moments` are the times of cards that another store took in: there they stood on the screen then, and not now.
    """
    with store.connection(engine, "server") as connection:
        hold(connection, event_id)
        asked = text("SELECT id, status, seq, claimed_at FROM workshop_card WHERE id = ANY(:ids) FOR UPDATE")
        found = {row.id: row for row in connection.execute(asked, {"ids": [*cards]})}
        for one in (one for one in cards if one in found and found[one].status in DOWN):
            for statement in _TAKEN_DOWN:
                connection.execute(text(statement), {"resource": cards[one][0]})
        own = [one for one in cards if one in found and found[one].claimed_at == claimed[one]]
        fresh = [one for one in own if found[one].status == "waiting"]
        there = {one for one in own if found[one].status == "shown"}
        if not fresh:
            return there
        lines = [
            ("card", {**cards[one][1], **({"of": found[one].seq} if found[one].seq is not None else {})})
            for one in fresh
        ]
        first = append_all(connection, event_id, lines, [(moments or {}).get(one) for one in fresh])
        put = """
        UPDATE workshop_card SET status = 'shown', resource_id = :resource, seq = coalesce(seq, :seq) WHERE id = :id
        """
        values = [{"id": one, "resource": cards[one][0], "seq": first + at} for at, one in enumerate(fresh)]
        connection.execute(text(put), values)
    return there | {*fresh}


def tell_matches(
    engine: Engine,
    event_id: int,
    told: Sequence[Mapping[str, object]],
    moments: Mapping[object, datetime] | None = None,
) -> int:
    """Put matches on the screen, each pair once; tell how many were new, and tie their synergies to the event.

    `moments` are the times of those of a workshop that was held elsewhere, by synergy.
    """
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
        times = [(moments or {}).get(one["synergy"]) for one in fresh]
        append_all(connection, event_id, [("match", one) for one in fresh], times)
        connection.execute(
            text("UPDATE synergy SET event_id = :event WHERE id = ANY(:ids) AND event_id IS NULL"),
            {"event": event_id, "ids": [one["synergy"] for one in fresh]},
        )
    return len(fresh)
