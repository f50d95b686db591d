"""Remove demo data for good, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from psycopg import Connection as DriverConnection
from psycopg import Cursor
from sqlalchemy import Connection, Engine

from data import store
from data.demo import DOCUMENT

Row = tuple[object, ...]
Counts = dict[str, int]

# What goes, in this order: first what hangs on demo rows, then the rows themselves. What a user has added to an
# invented company, a real synergy with an invented resource included, can't stand without it and goes with it.
_SITES = "SELECT id FROM site WHERE demo OR organisation_id IN (SELECT id FROM organisation WHERE demo)"
_RESOURCES = "SELECT id FROM resource WHERE demo OR site_id IN (SELECT id FROM going_site)"
_SYNERGIES = (
    "SELECT id FROM synergy WHERE demo OR have_id IN (SELECT id FROM going_resource)"
    " OR want_id IN (SELECT id FROM going_resource)"
)
_OF_DEMO = "organisation_id IN (SELECT id FROM going_organisation)"
GOING = {
    "organisation": "SELECT id FROM organisation WHERE demo",
    "site": _SITES,
    "resource": _RESOURCES,
    "synergy": _SYNERGIES,
    "benefit": "SELECT id FROM benefit WHERE demo OR synergy_id IN (SELECT id FROM going_synergy)",
    "event": "SELECT id FROM event WHERE demo",
    "expert": "SELECT id FROM expert WHERE demo",
    "organiser": f"SELECT id FROM organiser WHERE {_OF_DEMO}",
    "contact": f"SELECT id FROM contact WHERE {_OF_DEMO}",
    "contact_log": f"SELECT id FROM contact_log WHERE {_OF_DEMO}",
    "target": f"SELECT id FROM target WHERE created_by = '{DOCUMENT}'",
}
# Real rows that only mention something invented let go of it: (table, column, what goes).
MENTIONS = (
    ("resource", "event_id", "event"),
    ("synergy", "event_id", "event"),
    ("expert", "organisation_id", "organisation"),
)
ORDER = (
    "benefit",
    "synergy",
    "resource",
    "contact_log",
    "contact",
    "organiser",
    "expert",
    "site",
    "organisation",
    "event",
    "target",
)
ANSWERED = {"organisation": "organisations", "site": "sites", "resource": "resources", "synergy": "synergies"}


def clear(engine: Engine) -> Counts:
    """Remove every demo row and its traces for good, and nothing else; count what went."""
    counts: Counts = {}
    with store.connection(engine, DOCUMENT) as connection, cursor_of(connection) as cursor:
        for table, chosen in GOING.items():
            cursor.execute(f"CREATE TEMP TABLE going_{table} ON COMMIT DROP AS {chosen}")
            cursor.execute(f"ANALYZE going_{table}")
        for table, column, gone in MENTIONS:
            cursor.execute(
                f"UPDATE {table} SET {column} = NULL WHERE {column} IN (SELECT id FROM going_{gone})"
                f" AND id NOT IN (SELECT id FROM going_{table})"
            )
        cursor.execute("DELETE FROM synergy_expert WHERE expert_id IN (SELECT id FROM going_expert)")
        for table in ORDER:
            cursor.execute(f"DELETE FROM {table} t USING going_{table} g WHERE t.id = g.id")
            counts[ANSWERED.get(table, table)] = cursor.rowcount
            cursor.execute(
                f"DELETE FROM change c USING going_{table} g WHERE c.table_name = '{table}' AND c.row_id = g.id"
            )
    return {name: counts[name] for name in (*ANSWERED.values(), "benefit", "event")}


@contextmanager
def cursor_of(connection: Connection) -> Iterator[Cursor[Row]]:
    """Give a driver's cursor inside the transaction of a connection."""
    driver = cast("DriverConnection[Row]", connection.connection.driver_connection)
    with driver.cursor() as cursor:
        yield cursor
