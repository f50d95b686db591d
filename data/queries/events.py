"""What workshops ask: which run, what their tables have sent in, and the lines that their screens show."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from data.importers import company_key
from data.queries import frame
from data.store import refusals

Rows = Sequence[Mapping[str, Any]]

_WORKSHOP = """
    SELECT e.id, e.name, e.region_code, e.place, e.language, e.starts_at, e.ends_at, e.demo, w.status, w.tables,
        w.goals, w.invited, w.practice, w.board, w.facilitator, w.round, w.code_hash IS NOT NULL AS given_out,
        w.code_until, w.last_seq, w.opened_at, w.closed_at
    FROM workshop w JOIN event e ON e.id = w.event_id AND e.deleted_at IS NULL
"""


def _rows(engine: Engine, statement: str, values: Mapping[str, object]) -> Rows:
    with refusals(), engine.begin() as connection:
        return [dict(row) for row in connection.execute(text(statement), values).mappings()]


def workshops(engine: Engine) -> Rows:
    """List the workshops that the viewer may steer, the newest first."""
    return _rows(engine, f"{_WORKSHOP} ORDER BY w.status = 'closed', e.id DESC LIMIT 200", {})


def workshop(engine: Engine, event_id: int) -> Mapping[str, Any] | None:
    """Give one workshop; None where there is none or the viewer may not steer it."""
    return next(iter(_rows(engine, f"{_WORKSHOP} WHERE e.id = :id", {"id": event_id})), None)


def event(engine: Engine, event_id: int) -> Mapping[str, Any] | None:
    """Give what whoever has signed in may know of an event."""
    statement = """
    SELECT id, name, region_code, place, language, starts_at, ends_at, demo FROM event
    WHERE id = :id AND deleted_at IS NULL
    """
    return next(iter(_rows(engine, statement, {"id": event_id})), None)


def lines(engine: Engine, event_id: int, after: int = 0) -> Rows:
    """List the lines of a screen that came after a number, in order: seq, at, kind, told."""
    statement = """
    SELECT seq, at, kind, told FROM workshop_line WHERE event_id = :event AND seq > :after ORDER BY seq
    """
    return _rows(engine, statement, {"event": event_id, "after": after})


def card(engine: Engine, event_id: int, card_id: UUID) -> Mapping[str, Any] | None:
    """Give one card by the id that its telephone gave it."""
    statement = """
    SELECT id, event_id, table_number, kind, told, received_at, status, remark, resource_id, seq,
        claimed_at IS NULL AND status <> 'waiting' AS worked
    FROM workshop_card WHERE event_id = :event AND id = :id
    """
    return next(iter(_rows(engine, statement, {"event": event_id, "id": card_id})), None)


def cards(engine: Engine, event_id: int) -> Rows:
    """List the cards of a workshop, the oldest first."""
    statement = """
    SELECT id, table_number, kind, told, told_at, received_at, status, remark, resource_id, seq,
        claimed_at IS NULL AND status <> 'waiting' AS worked
    FROM workshop_card WHERE event_id = :event ORDER BY received_at, id
    """
    return _rows(engine, statement, {"event": event_id})


def written(engine: Engine, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Find live resources by their source keys: id, organisation_id and place of each."""
    statement = """
    SELECT r.source_key, r.id, s.organisation_id, s.municipality_code FROM resource r JOIN site s ON s.id = r.site_id
    WHERE r.source_key = ANY(:keys) AND r.deleted_at IS NULL
    """
    return {row["source_key"]: row for row in _rows(engine, statement, {"keys": list(keys)})}


def companies(engine: Engine, event_id: int) -> list[str]:
    """List the names of the companies of an event, as the store has them, the first that came first."""
    statement = """
    SELECT o.name FROM workshop_card c JOIN resource r ON r.id = c.resource_id JOIN site s ON s.id = r.site_id
    JOIN organisation o ON o.id = s.organisation_id
    WHERE c.event_id = :event AND o.deleted_at IS NULL GROUP BY o.name ORDER BY min(c.seq)
    """
    return [str(row["name"]) for row in _rows(engine, statement, {"event": event_id})]


def companies_like(engine: Engine, keys: Sequence[str], *, demo: bool) -> list[str]:
    """List the names of the live companies that one alone bears, of those that some keys (company_key) stand for."""
    key = company_key.SQL.format(name="name")
    statement = f"""
    SELECT min(name) AS name FROM organisation
    WHERE deleted_at IS NULL AND demo = :demo AND name ILIKE ANY(:begun) AND {key} = ANY(:keys)
    GROUP BY {key} HAVING count(*) = 1
    """  # noqa: S608 - our own expression
    begun = [f"%{one.split(' ')[0]}%" for one in keys]  # by the index first: a register has many thousands
    return [str(row["name"]) for row in _rows(engine, statement, {"keys": list(keys), "begun": begun, "demo": demo})]


def demo_resources(engine: Engine, ids: Sequence[int]) -> set[int]:
    """Tell which of some resources are invented ones."""
    statement = "SELECT id FROM resource WHERE id = ANY(:ids) AND demo"
    return {int(row["id"]) for row in _rows(engine, statement, {"ids": list(ids)})}


def resource_ids(engine: Engine, event_id: int) -> list[int]:
    """List the live resources of an event."""
    statement = "SELECT id FROM resource WHERE event_id = :event AND deleted_at IS NULL ORDER BY id"
    return [int(one) for one in frame(engine, statement, {"event": event_id})["id"]]


def pairs(engine: Engine, have_ids: Sequence[int], want_ids: Sequence[int]) -> Mapping[tuple[int, int], int]:
    """Give the synergies between some haves and some wants, by pair."""
    statement = """
    SELECT id, have_id, want_id FROM synergy
    WHERE have_id = ANY(:haves) AND want_id = ANY(:wants) AND deleted_at IS NULL
    """
    found = _rows(engine, statement, {"haves": list(have_ids), "wants": list(want_ids)})
    return {(row["have_id"], row["want_id"]): row["id"] for row in found}


def steps(engine: Engine, event_id: int) -> Rows:
    """List the synergies of an event that somebody has taken up, by owner: id, owner, stage, next_step, have, want."""
    statement = """
    SELECT y.id, y.owner, y.stage, y.next_step, y.next_step_on, h.title AS have, w.title AS want
    FROM shown_synergy y JOIN shown_resource h ON h.id = y.have_id JOIN shown_resource w ON w.id = y.want_id
    WHERE y.event_id = :event AND y.deleted_at IS NULL AND y.stage NOT IN ('identified', 'lapsed')
    ORDER BY y.owner, y.id
    """
    return _rows(engine, statement, {"event": event_id})


def taken_up(engine: Engine, event_id: int) -> Rows:
    """List the synergies of an event with what was agreed on them: id, stage, owner, next_step, next_step_on."""
    return [one for one in event_synergies(engine, event_id) if one["stage"] not in {"identified", "lapsed"}]


def event_synergies(engine: Engine, event_id: int) -> Rows:
    """List the live synergies of an event: the pair, its version, and what was agreed."""
    statement = """
    SELECT id, have_id, want_id, version, stage, owner, next_step, next_step_on FROM synergy
    WHERE event_id = :event AND deleted_at IS NULL ORDER BY id
    """
    return _rows(engine, statement, {"event": event_id})


def last_steered(engine: Engine, event_id: int) -> Mapping[str, Any] | None:
    """Tell who changed last what the screen shows, and when: by, at."""
    statement = """
    SELECT told ->> 'by' AS by, at FROM workshop_line WHERE event_id = :event AND kind IN ('board', 'status')
    ORDER BY seq DESC LIMIT 1
    """
    return next(iter(_rows(engine, statement, {"event": event_id})), None)


def origins(engine: Engine, origin: str) -> Rows:
    """Find the workshop that a file of another store has become here."""
    return _rows(engine, f"{_WORKSHOP} WHERE w.board ->> 'origin' = :origin", {"origin": origin})


def cards_known(engine: Engine, ids: Sequence[UUID]) -> set[UUID]:
    """Tell which of these cards the store has already."""
    statement = "SELECT id FROM workshop_card WHERE id = ANY(:ids)"
    return {row["id"] for row in _rows(engine, statement, {"ids": list(ids)})}
