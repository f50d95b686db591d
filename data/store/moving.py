"""Change rows one by one and remember what they held, so that all of it can be put back exactly."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from config.errors import StaleEdit, StoreProblem

# Every table whose rows hang on a row of another, whoever made it: its column, and the columns that name a row.
_HANGING = text("""
SELECT c.conrelid::regclass::text AS name, a.attname AS column,
    ARRAY(SELECT k.attname::text FROM pg_index i
        JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey)
        WHERE i.indrelid = c.conrelid AND i.indisprimary ORDER BY k.attnum) AS key
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.confrelid = CAST(:parent AS regclass) AND cardinality(c.conkey) = 1
    AND c.conrelid <> 'merge'::regclass
ORDER BY 1, 2
""")
_COUNTED = text(
    "SELECT EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'public' AND table_name = :table"
    " AND (column_name, udt_name) = ('version', 'int4'))"
)

Key = Mapping[str, object]


@dataclass(frozen=True)
class Hanging:
    """Name a table whose rows hang on another's by a column, and the columns that name its rows."""

    name: str
    column: str
    key: tuple[str, ...]


@dataclass
class Moves:
    """Hold an open transaction and the steps that were taken in it."""

    connection: Connection
    steps: list[dict[str, Any]] = field(default_factory=list)

    def hanging(self, parent: str) -> list[Hanging]:
        """List what hangs on the rows of a table."""
        found = self.connection.execute(_HANGING, {"parent": parent})
        return [Hanging(one.name, one.column, tuple(one.key)) for one in found]

    def keys(self, table: Hanging, parent_id: int) -> list[Key]:
        """List the rows that hang on one."""
        names = ", ".join(table.key)
        statement = f"SELECT {names} FROM {table.name} WHERE {table.column} = :id ORDER BY {names}"  # noqa: S608 - catalogue
        return [dict(one) for one in self.connection.execute(text(statement), {"id": parent_id}).mappings()]

    def set(self, table: str, key: Key, values: Mapping[str, object]) -> None:
        """Write columns of one row and remember what they held; StoreProblem where the viewer may not."""
        names = list(values)
        old = self._columns(table, key, names)
        told = json.dumps(dict(values), default=str)
        if old is None or _write(self.connection, table, key, names, told, self._counted(table)) != 1:
            raise StoreProblem("doctor.merge_not_allowed")
        new = self._columns(table, {name: values.get(name, value) for name, value in key.items()}, names)
        self.steps.append({"table": table, "key": dict(key), "old": old, "new": new})

    def _columns(self, table: str, key: Key, names: Sequence[str]) -> Any:  # noqa: ANN401 - whatever the columns hold
        picked = ", ".join(f"'{name}', {name}" for name in names)
        where = _where(key, table)
        statement = f"SELECT jsonb_build_object({picked}) FROM {table} WHERE {where}"  # noqa: S608 - catalogue's names
        return self.connection.scalar(text(statement), dict(key))

    def _counted(self, table: str) -> bool:
        return bool(self.connection.scalar(_COUNTED, {"table": table}))


def put_back(connection: Connection, steps: Sequence[Mapping[str, Any]]) -> None:
    """Take steps back, the last first; StaleEdit where a column no longer holds what the step has written."""
    moves = Moves(connection)
    for step in reversed(steps):
        names, table = list(step["old"]), str(step["table"])
        if not _holds(connection, table, step):
            raise StaleEdit("doctor.changed_since")
        counted = moves._counted(table)  # noqa: SLF001 - of the same module
        if _write(connection, table, _now(step), names, json.dumps(step["old"]), counted) != 1:
            raise StoreProblem("doctor.merge_not_allowed")


def _holds(connection: Connection, table: str, step: Mapping[str, Any]) -> bool:
    here, told = (f"ROW({', '.join(f'{row}.{name}' for name in step['new'])})" for row in (table, "told"))
    key = _now(step)
    statement = (
        f"SELECT {here} IS NOT DISTINCT FROM {told}"  # noqa: S608 - the catalogue's names
        f" FROM {table}, jsonb_populate_record(NULL::{table}, CAST(:told AS jsonb)) told WHERE {_where(key, table)}"
    )
    return bool(connection.scalar(text(statement), {**key, "told": json.dumps(step["new"])}))


def _now(step: Mapping[str, Any]) -> Key:
    """Name the row of a step as it is called after it, where a column of its key was written."""
    return {name: step["new"].get(name, value) for name, value in step["key"].items()}


def _write(
    connection: Connection,
    table: str,
    key: Key,
    names: Sequence[str],
    told: str,
    counted: bool,  # noqa: FBT001 - internal
) -> int:
    # Through a record of the table itself, so that times, arrays and figures come back as they were.
    row = f"jsonb_populate_record(NULL::{table}, CAST(:told AS jsonb))"
    columns = ", ".join(f"{name} = told.{name}" for name in names)
    version = f", version = {table}.version + 1" if counted else ""
    statement = f"UPDATE {table} SET {columns}{version} FROM {row} told WHERE {_where(key, table)}"  # noqa: S608 - the catalogue's names
    return connection.execute(text(statement), {**key, "told": told}).rowcount


def _where(key: Key, table: str) -> str:
    return " AND ".join(f"{table}.{name} = :{name}" for name in key)
