"""Write workshops: open, steer and close one, take in a table's cards, and tell its screen line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Engine, text

from config.errors import StoreProblem
from data import live, store
from data.viewer import Role, Viewer, viewing

CLAIM_S = 20  # a process that died with cards in its hands gives them up after so long, their partners after thrice
BATCH = 25
DONE = "done"  # the kind of the notice that tells of cards that are done with
TABLES_MAX = 99


_LATER = """
UPDATE workshop w SET status = 'paused', opened_at = e.starts_at FROM event e
WHERE e.id = w.event_id AND e.id = :event AND e.starts_at > now()
"""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Say what a workshop is to be."""

    name: str
    region: str | None
    place: str = ""
    language: str = "fi"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    tables: int = 8
    goals: str = ""
    invited: tuple[str, ...] = ()
    practice: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """Hold what a telephone sends: its own id, the table, what is told, and the telephone's own time."""

    id: UUID
    table: int
    told: Mapping[str, object]
    kind: str = "resource"
    status: str = "waiting"
    remark: str = ""
    told_at: datetime | None = None
    received_at: datetime | None = None  # of a card that another store took in; else it is now


def entry(event_id: int, table: int) -> Viewer:
    """Give the viewer that a join code makes of a telephone at a table."""
    return Viewer(f"{table}", Role.ENTRY, event_id=event_id)


def screen(event_id: int) -> Viewer:
    """Give the viewer that a screen's token makes of a screen."""
    return Viewer("screen", Role.SCREEN, event_id=event_id)


def begin(engine: Engine, user: str, plan: Plan) -> int:
    """Add an event with its workshop, open from now on, or prepared and paused where it starts later; give its id."""
    with store.connection(engine, user) as connection:
        event = connection.scalar(
            text(
                "INSERT INTO event (kind, name, region_code, place, language, starts_at, ends_at, demo)"
                " VALUES ('workshop', :name, :region, :place, :language,"
                " coalesce(CAST(:starts_at AS timestamptz), now()), :ends_at, :practice) RETURNING id"
            ),
            {**_plan(plan), "name": plan.name},
        )
        connection.execute(
            text(
                "INSERT INTO workshop (event_id, tables, goals, invited, practice, facilitator)"
                " VALUES (:event, :tables, :goals, :invited, :practice, :user)"
            ),
            {**_plan(plan), "event": event, "user": user},
        )
        append(connection, int(event or 0), "begin", {})
        if connection.execute(text(_LATER), {"event": event}).rowcount:
            append(connection, int(event or 0), "status", {"status": "paused"})
    return int(event or 0)


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "region": plan.region,
        "place": plan.place,
        "language": plan.language,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "practice": plan.practice,
        "tables": min(TABLES_MAX, max(1, plan.tables)),
        "goals": plan.goals,
        "invited": list(plan.invited),
    }


def give_out(engine: Engine, user: str, event_id: int, hashes: tuple[str, str], until: datetime) -> None:
    """Let a join code open the event's form until a time, and a token its screen; what was given out before ends."""
    statement = """
    UPDATE workshop SET code_hash = :code, screen_hash = :screen, code_until = :until WHERE event_id = :event
    """
    _change(engine, user, statement, {"event": event_id, "code": hashes[0], "screen": hashes[1], "until": until})


def revoke(engine: Engine, user: str, event_id: int) -> int:
    """End the join code and the screen's address; give the number of the next round."""
    statement = """
    UPDATE workshop SET code_hash = NULL, screen_hash = NULL, round = round + 1 WHERE event_id = :event RETURNING round
    """
    return _change(engine, user, statement, {"event": event_id})


def set_status(engine: Engine, user: str, event_id: int, status: str) -> None:
    """Open, pause or close a workshop; the screen is told with the same step."""
    values = {"event": event_id, "status": status}
    with store.connection(engine, user) as connection:
        _one(
            connection,
            "UPDATE workshop SET status = :status, closed_at = CASE CAST(:status AS text) WHEN 'closed'"
            " THEN clock_timestamp() END WHERE event_id = :event",
            values,
        )
        if status == "closed":
            ended = "UPDATE event SET ends_at = greatest(now(), starts_at) WHERE id = :event"
            connection.execute(text(ended), values)
        append(connection, event_id, "status", {"status": status})


def steer(engine: Engine, user: str, event_id: int, board: Mapping[str, object]) -> None:
    """Change how the screen shows what it shows; two facilitators at once change different things side by side."""
    with store.connection(engine, user) as connection:
        _one(
            connection,
            "UPDATE workshop SET board = board || CAST(:board AS jsonb) WHERE event_id = :event",
            {"event": event_id, "board": Jsonb(dict(board))},
        )
        append(connection, event_id, "board", board)


def receive(engine: Engine, event_id: int, card: Card) -> bool:
    """Take a card in; tell whether it is new. One that came before is left as it is."""
    with store.connection(engine, f"{card.table}") as connection:
        added = connection.execute(
            text(
                "INSERT INTO workshop_card (id, event_id, table_number, kind, told, told_at, status, remark)"
                " VALUES (:id, :event, :table, :kind, :told, :told_at, :status, :remark) ON CONFLICT (id) DO NOTHING"
            ),
            {
                "id": card.id,
                "event": event_id,
                "table": card.table,
                "kind": card.kind,
                "told": Jsonb(dict(card.told)),
                "told_at": card.told_at,
                "status": card.status,
                "remark": card.remark,
            },
        )
        return added.rowcount > 0


def claim(engine: Engine, most: int = BATCH) -> Sequence[Mapping[str, Any]]:
    """Take waiting cards into hand, the oldest first, so that no other process does; those in a pause go on waiting."""
    statement = """
    UPDATE workshop_card SET claimed_at = clock_timestamp() WHERE id IN (
        SELECT c.id FROM workshop_card c JOIN workshop w USING (event_id)
        WHERE c.status = 'waiting' AND w.status <> 'paused'
            AND (c.claimed_at IS NULL OR c.claimed_at < clock_timestamp() - make_interval(secs => :claim_s))
            OR c.status = 'shown' AND c.claimed_at < clock_timestamp() - make_interval(secs => 3 * :claim_s)
        ORDER BY c.received_at LIMIT :most FOR UPDATE OF c SKIP LOCKED
    ) RETURNING id, event_id, table_number, kind, told, received_at, claimed_at, resource_id, seq
    """
    with store.connection(engine, "server") as connection:
        rows = connection.execute(text(statement), {"most": most, "claim_s": CLAIM_S}).mappings().all()
    return sorted((dict(row) for row in rows), key=lambda row: row["received_at"])


def release(engine: Engine, event_id: int, cards: Sequence[UUID]) -> None:
    """Let go of cards that are done with, on the screen and with their partners looked for, and say so to who waits."""
    done = {"channel": live.CHANNEL, "told": f"{DONE} {event_id} {','.join(map(str, cards))}"}
    with store.connection(engine, "server") as connection:
        connection.execute(
            text("UPDATE workshop_card SET claimed_at = NULL WHERE id = ANY(:ids)"), {"ids": list(cards)}
        )
        connection.execute(text("SELECT pg_notify(:channel, :told)"), done)


def settle(engine: Engine, user: str, card: UUID, status: str, remark: str = "") -> None:
    """Say what has become of a card without a line on the screen."""
    statement = "UPDATE workshop_card SET status = :status, remark = :remark, claimed_at = NULL WHERE id = :id"
    _change(engine, user, statement, {"id": card, "status": status, "remark": remark})


def amend(
    engine: Engine, user: str, card: UUID, told: Mapping[str, object], *, status: str = "waiting", remark: str = ""
) -> None:
    """Put other words in the place of a card's: it is worked through again and keeps its place on the screen."""
    statement = """
    UPDATE workshop_card SET told = :told, status = :status, remark = :remark, claimed_at = NULL WHERE id = :id
    """
    values = {"id": card, "told": Jsonb(dict(told)), "status": status, "remark": remark}
    _change(engine, user, statement, values)


def rewrite(
    engine: Engine, user: str, card: UUID, told: Mapping[str, object], *, status: str = "waiting", remark: str = ""
) -> bool:
    """Put other words in the place of a card's that nobody has in hand; tell whether that was so."""
    statement = """
    UPDATE workshop_card SET told = :told, status = :status, remark = :remark
    WHERE id = :id AND claimed_at IS NULL
    """
    values = {"id": card, "told": Jsonb(dict(told)), "status": status, "remark": remark}
    with store.connection(engine, user) as connection:
        return connection.execute(text(statement), values).rowcount > 0


def line(engine: Engine, user: str, event_id: int, kind: str, told: Mapping[str, object]) -> int:
    """Tell the screen one thing; give its number."""
    with store.connection(engine, user) as connection:
        return append(connection, event_id, kind, told)


def append(connection: Connection, event_id: int, kind: str, told: Mapping[str, object]) -> int:
    """Add a line to a workshop's screen within a transaction; give its number."""
    return append_all(connection, event_id, [(kind, told)])


def append_all(
    connection: Connection,
    event_id: int,
    lines: Sequence[tuple[str, Mapping[str, object]]],
    moments: Sequence[datetime | None] = (),
) -> int:
    """Add lines, each a kind and what is told, in their order; give the number of the first.

    `moments` are their times where they are of a workshop that was held elsewhere; else it is now.
    """
    if not lines:
        return 0
    # The numbers are drawn by an update of the workshop's row, which stays locked until the lines are committed: they
    # are without gaps, and nobody reads a later one before an earlier one.
    last = connection.scalar(
        text("UPDATE workshop SET last_seq = last_seq + :count WHERE event_id = :event RETURNING last_seq"),
        {"event": event_id, "count": len(lines)},
    )
    if last is None:
        raise StoreProblem("store.not_found")
    first = int(last) - len(lines) + 1
    connection.execute(
        text(
            "INSERT INTO workshop_line (event_id, seq, at, kind, told)"
            " VALUES (:event, :seq, coalesce(:at, clock_timestamp()), :kind, :told)"
        ),
        [
            {"event": event_id, "seq": first + place, "at": at, "kind": kind, "told": Jsonb(dict(told))}
            for place, ((kind, told), at) in enumerate(zip(lines, moments or [None] * len(lines), strict=True))
        ],
    )
    return first


def hold(connection: Connection, event_id: int) -> None:
    """Let nobody else write to a workshop's screen until the transaction ends."""
    connection.execute(text("SELECT FROM workshop WHERE event_id = :event FOR UPDATE"), {"event": event_id})


def _change(engine: Engine, user: str, statement: str, values: Mapping[str, object]) -> int:
    with store.connection(engine, user) as connection:
        return _one(connection, statement, values)


def _one(connection: Connection, statement: str, values: Mapping[str, object]) -> int:
    done = connection.execute(text(statement), values)
    if not done.rowcount:
        raise StoreProblem("store.not_found")
    return int(done.scalar_one()) if done.returns_rows else done.rowcount


def opened(engine: Engine, what: str, digest: str) -> int | None:
    """Tell which event a join code (`code`) or a screen's token (`screen`) opens, by its hash; None: none."""
    with viewing(Viewer("gate", Role.PUBLIC)), store.refusals(), engine.begin() as connection:
        found = connection.scalar(text("SELECT workshop_opened(:what, :digest)"), {"what": what, "digest": digest})
    return None if found is None else int(found)
