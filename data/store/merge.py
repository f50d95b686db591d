"""Merge two rows that are one company or one resource, in one transaction; and take a merge back.

The row that goes is deleted softly. All that hangs on it moves to the one that stays, which takes over what it lacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Engine, text

from config.errors import StaleEdit, StoreProblem
from data import store
from data.model import Stage
from data.store.edit import Row
from data.store.moving import Hanging, Moves, put_back

APART: list[dict[str, object]] = [{"apart": True}]  # the steps of a pair that is not the same
_FURTHER = {stage.value: place for place, stage in enumerate(Stage)} | {Stage.LAPSED.value: -1}
_AMOUNT = ("quantity_low", "quantity_high", "unit", "tonnes_low", "tonnes_high", "tonnes_basis")
_SYNERGIES = text("""
SELECT g.id AS gone, g.stage AS gone_stage, k.id AS kept, k.stage AS kept_stage,
    EXISTS (SELECT FROM benefit b WHERE b.synergy_id = g.id AND b.deleted_at IS NULL) AS gone_told,
    EXISTS (SELECT FROM benefit b WHERE b.synergy_id = k.id AND b.deleted_at IS NULL) AS kept_told
FROM synergy g JOIN synergy k ON k.deleted_at IS NULL AND (
    g.have_id = :gone AND k.have_id = :kept AND g.want_id = k.want_id
    OR g.want_id = :gone AND k.want_id = :kept AND g.have_id = k.have_id)
WHERE g.deleted_at IS NULL ORDER BY g.id
""")
_NEW = text("""
INSERT INTO merge (kind, organisation_id, kept_id, gone_id, steps)
VALUES (:kind, :organisation, :kept, :gone, :steps) RETURNING id
""")
_OPEN = text("SELECT steps FROM merge WHERE id = :id AND undone_at IS NULL FOR UPDATE")
_AGAIN = text("UPDATE merge SET steps = '[]' WHERE id = :id AND steps = :apart")
_UNDONE = text("UPDATE merge SET undone_at = now(), undone_by = :user WHERE id = :id")


@dataclass(frozen=True)
class Merged:
    """Name a merge, by which it is taken back, and count the rows that moved by table."""

    id: int
    moved: Mapping[str, int]


def organisations(engine: Engine, user: str, kept: Row, gone: Row) -> Merged:
    """Merge a company into another: its sites, resources, contacts and talks move, its name stays as another name.

    StaleEdit where one of them was changed since; StoreProblem where they have two business IDs, one is invented and
    the other not, or something of it may not be moved.
    """
    with store.connection(engine, user) as connection:
        moves = Moves(connection)
        one, other = _held(connection, "organisation", kept, gone)
        if one["business_id"] and other["business_id"] and one["business_id"] != other["business_id"]:
            raise StoreProblem("doctor.two_business_ids", one=one["business_id"], other=other["business_id"])
        names = [other["name"], *other["other_names"]]
        told: dict[str, object] = {
            "other_names": list(dict.fromkeys([*one["other_names"], *(name for name in names if name != one["name"])]))
        }
        told |= {name: other[name] for name in ("business_id", "industry_code") if not one[name] and other[name]}
        _end(moves, gone)  # first: among the living no two have the same business ID
        moves.set("organisation", {"id": kept.id}, told)
        _move_all(moves, "organisation", kept.id, gone.id)
        return _kept(moves, "organisation", (kept.id, kept.id, gone.id))


def resources(engine: Engine, user: str, kept: Row, gone: Row) -> Merged:
    """Merge a resource into another: its synergies and its yearly series move.

    Of two synergies with the same partner the one that is further stays, with the benefits and experts of both;
    StoreProblem where both have benefits, which would be counted twice.
    """
    with store.connection(engine, user) as connection:
        moves = Moves(connection)
        one, other = _held(connection, "resource", kept, gone)
        if one["direction"] != other["direction"]:
            raise StoreProblem("doctor.two_directions")
        company = text("SELECT organisation_id FROM shown_site WHERE id = :id")
        owner = int(connection.scalar(company, {"id": one["site_id"]}) or 0)
        lacks = {name: other[name] for name in ("ewc_code", "description") if not one[name] and other[name]}
        if one["quantity_low"] is None and other["quantity_low"] is not None:
            lacks |= {name: other[name] for name in _AMOUNT}
        if lacks:
            moves.set("resource", {"id": kept.id}, lacks)
        _synergies(moves, kept.id, gone.id)
        _move_all(moves, "resource", kept.id, gone.id)
        held = text("SELECT synergies_held(ARRAY[CAST(:id AS bigint)])")
        if connection.scalar(held, {"id": gone.id}):  # one that only others see hangs on it still
            raise StoreProblem("doctor.merge_not_allowed")
        _end(moves, gone)
        return _kept(moves, "resource", (owner, kept.id, gone.id))


def undo(engine: Engine, user: str, merge_id: int) -> None:
    """Take a merge back: every row holds again what it held; StaleEdit where one of them was changed since."""
    with store.connection(engine, user) as connection:
        steps = connection.scalar(_OPEN, {"id": merge_id})
        if steps is None:
            raise StoreProblem("store.not_found")
        put_back(connection, steps)
        connection.execute(_UNDONE, {"id": merge_id, "user": user})


def keep_apart(engine: Engine, user: str, owner_id: int, one: Row, other: Row) -> int:
    """Remember that two rows that look alike are not the same, so that nobody is asked again; give its id.

    It is kept as a merge that never was: without steps, and taken back from the beginning.
    """
    told = {"kind": one.kind, "organisation": owner_id, "kept": one.id, "gone": other.id, "steps": Jsonb(APART)}
    with store.connection(engine, user) as connection:
        row_id = int(connection.scalar(_NEW, told) or 0)
        connection.execute(_UNDONE, {"id": row_id, "user": user})
        return row_id


def ask_again(engine: Engine, user: str, row_id: int) -> None:
    """Forget that two rows were told to be different; StoreProblem where there is no such thing."""
    with store.connection(engine, user) as connection:
        if connection.execute(_AGAIN, {"id": row_id, "apart": Jsonb(APART)}).rowcount == 0:
            raise StoreProblem("store.not_found")


def _held(connection: Connection, table: str, kept: Row, gone: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    if kept.id == gone.id:
        raise StoreProblem("store.not_found")
    # In the order of their ids, so that two merges at once wait for each other in one order.
    statement = f"SELECT * FROM {table} WHERE id = ANY(:ids) AND deleted_at IS NULL ORDER BY id FOR UPDATE"  # noqa: S608 - ours
    asked = connection.execute(text(statement), {"ids": [kept.id, gone.id]})
    found = {int(one["id"]): dict(one) for one in asked.mappings()}
    if len(found) < 2:  # noqa: PLR2004 - the one that stays and the one that goes
        raise StoreProblem("store.not_found")
    if any(found[row.id]["version"] != row.version for row in (kept, gone)):
        raise StaleEdit("store.changed_meanwhile_unknown")
    if found[kept.id]["demo"] != found[gone.id]["demo"]:
        raise StoreProblem("doctor.one_invented")
    return found[kept.id], found[gone.id]


def _end(moves: Moves, row: Row) -> None:
    moves.set(row.kind, {"id": row.id}, {"deleted_at": moves.connection.scalar(text("SELECT now()::text"))})


def _synergies(moves: Moves, kept: int, gone: int) -> None:
    """End one of two synergies with the same partner, so that the other may have it alone."""
    for both in moves.connection.execute(_SYNERGIES, {"kept": kept, "gone": gone}).all():
        if both.gone_told and both.kept_told:
            raise StoreProblem("doctor.two_benefits")
        further = _FURTHER[both.gone_stage] > _FURTHER[both.kept_stage]
        stays, goes = (both.gone, both.kept) if further else (both.kept, both.gone)
        moves.set("synergy", {"id": goes}, {"deleted_at": moves.connection.scalar(text("SELECT now()::text"))})
        for key in moves.keys(Hanging("benefit", "synergy_id", ("id",)), goes):
            moves.set("benefit", key, {"synergy_id": stays})


def _move_all(moves: Moves, parent: str, kept: int, gone: int) -> None:
    for table in moves.hanging(parent):
        for key in moves.keys(table, gone):
            if table.name == "resource_year" and _year_told(moves, kept, key):
                continue
            moves.set(table.name, key, {table.column: kept})


def _year_told(moves: Moves, kept: int, key: Mapping[str, object]) -> bool:
    statement = text("SELECT EXISTS (SELECT FROM resource_year WHERE resource_id = :kept AND year = :year)")
    return bool(moves.connection.scalar(statement, {"kept": kept, "year": key["year"]}))


def _kept(moves: Moves, kind: str, whose: tuple[int, int, int]) -> Merged:
    owner, kept, gone = whose
    told = {"kind": kind, "organisation": owner, "kept": kept, "gone": gone, "steps": Jsonb(moves.steps)}
    merge_id = int(moves.connection.scalar(_NEW, told) or 0)
    tables = [str(step["table"]) for step in moves.steps if step["table"] != kind]
    return Merged(merge_id, {name: tables.count(name) for name in dict.fromkeys(tables)})
