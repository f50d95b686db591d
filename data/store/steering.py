"""Write what facilitators do, each on what they have seen: of two at once the second is told who was first."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Engine, text

from config.errors import StaleEdit
from data import store
from data.store.events import append

FINLAND = ZoneInfo("Europe/Helsinki")
ACT = "act"  # the kind of a line that history alone tells of: which card, and who
Seen = Mapping[str, Any]


def settle(engine: Engine, user: str, event_id: int, seen: Seen, status: str, remark: str = "") -> None:
    """Say what is to become of a card; raise StaleEdit where it is no longer as it was seen."""
    _write(engine, user, event_id, seen, {"status": status, "remark": remark, "told": seen["told"]})


def amend(engine: Engine, user: str, event_id: int, seen: Seen, told: Mapping[str, object]) -> None:
    """Put other words in the place of a card's: it is worked through again and keeps its place on the screen."""
    _write(engine, user, event_id, seen, {"status": "waiting", "remark": "", "told": told})


def _write(engine: Engine, user: str, event_id: int, seen: Seen, values: Mapping[str, Any]) -> None:
    statement = """
    UPDATE workshop_card SET told = :told, status = :status, remark = :remark, claimed_at = NULL
    WHERE id = :id AND event_id = :event AND told = :seen_told AND status = :seen_status
    """
    known = {"id": seen["id"], "event": event_id, "seen_status": seen["status"], "seen_told": Jsonb(dict(seen["told"]))}
    with store.connection(engine, user) as connection:
        done = connection.execute(text(statement), {**values, **known, "told": Jsonb(dict(values["told"]))})
        if not done.rowcount:
            raise _stale(connection, event_id, ACT, str(seen["id"]))
        append(connection, event_id, ACT, {"card": str(seen["id"]), "by": user})


def note(engine: Engine, user: str, event_id: int, card: UUID) -> None:
    """Note who took a card down."""
    with store.connection(engine, user) as connection:
        append(connection, event_id, ACT, {"card": str(card), "by": user})


def steer(engine: Engine, user: str, event_id: int, board: Mapping[str, object]) -> None:
    """Change how the screen shows what it shows; two facilitators change different things side by side."""
    statement = """
    UPDATE workshop SET board = board || CAST(:board AS jsonb) WHERE event_id = :event AND status <> 'closed'
    """
    with store.connection(engine, user) as connection:
        done = connection.execute(text(statement), {"event": event_id, "board": Jsonb(dict(board))})
        if not done.rowcount:
            raise _stale(connection, event_id, "status")
        append(connection, event_id, "board", {**board, "by": user})


def set_status(engine: Engine, user: str, event_id: int, seen: str, status: str) -> None:
    """Pause a workshop, go on or end it; raise StaleEdit where it is no longer in the state that was seen."""
    statement = """
    UPDATE workshop SET status = :status,
        opened_at = CASE CAST(:status AS text) WHEN 'open' THEN least(opened_at, clock_timestamp()) ELSE opened_at END,
        closed_at = CASE CAST(:status AS text) WHEN 'closed' THEN clock_timestamp() END
    WHERE event_id = :event AND status = :seen
    """
    times = {  # what was prepared begins when its facilitator says so
        "open": "UPDATE event SET starts_at = least(starts_at, now()) WHERE id = :event",
        "closed": "UPDATE event SET ends_at = greatest(now(), starts_at) WHERE id = :event",
    }
    with store.connection(engine, user) as connection:
        done = connection.execute(text(statement), {"event": event_id, "status": status, "seen": seen})
        if not done.rowcount:
            raise _stale(connection, event_id, "status")
        if status in times:
            connection.execute(text(times[status]), {"event": event_id})
        append(connection, event_id, "status", {"status": status, "by": user})


def _stale(connection: Connection, event_id: int, kind: str, card: str = "") -> StaleEdit:
    """Say who was first, and when."""
    statement = """
    SELECT told ->> 'by' AS by, at FROM workshop_line
    WHERE event_id = :event AND kind = :kind AND told ->> 'by' IS NOT NULL AND (:card = '' OR told ->> 'card' = :card)
    ORDER BY seq DESC LIMIT 1
    """
    values = {"event": event_id, "kind": kind, "card": card}
    found = connection.execute(text(statement), values).one_or_none()
    if found is None or not found.by:  # nobody has told this machine their name
        return StaleEdit("workshop_stale.unknown")
    return StaleEdit("workshop_stale.by", user=found.by, time=found.at.astimezone(FINLAND))
