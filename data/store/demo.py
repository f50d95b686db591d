"""Write and remove demo data; rows of anybody else are left as they are."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import pandas as pd
from psycopg import Connection as DriverConnection
from psycopg import Cursor
from sqlalchemy import Connection, Engine

from config.settings import Settings
from data import demo, store
from data.store import bulk
from data.store.bulk import Batch, Progress
from geo import regions

# Stands as the author of every row; targets have no mark of their own and are told by it.
USER = "Esimerkkiaineisto"
SEED = 2026
EVENT = ("kind", "name", "region_code", "place", "language", "starts_at", "ends_at")
SYNERGY = (
    "score",
    "road_km",
    "road_minutes",
    "method",
    "tonnes_per_year",
    "stage",
    "lapse_reason",
    "owner",
    "next_step",
    "next_step_on",
    "note",
    "showcase_consent",
    "created_at",
)
HISTORY = ("from_stage", "to_stage", "changed_at", "changed_by")
BENEFIT = ("metric", "amount", "basis", "year", "yearly", "attribution_percent", "source")
PARTS_A_TURN = 4  # parts written in one go: more would hold more memory, fewer would look for old rows more often

Row = tuple[object, ...]
Counts = dict[str, int]


def load(
    engine: Engine, settings: Settings, scale: int = 1, seed: int = SEED, progress: Progress | None = None
) -> Counts:
    """Write the demo data of a scale, all or nothing, and count the rows that were created.

    What is there already stays, together with what people have done to it since.
    """
    places = regions.load(settings.reference)
    total: Counts = {}
    with store.connection(engine, USER) as connection:
        for done, part in enumerate(demo.parts(scale, seed, places), 1):
            for name, rows in _write(connection, part).items():
                total[name] = total.get(name, 0) + rows
            if progress:
                progress(done, scale)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Without it the planner takes a full table for an empty one until autovacuum comes by.
        connection.exec_driver_sql("ANALYZE")
    return total


def _write(connection: Connection, part: demo.Demo) -> Counts:
    with _cursor(connection) as cursor:
        events = _events(cursor, part.events)
    keyed = part.batch.resources
    resources = keyed.assign(event_id=pd.Series([events.get(key) for key in keyed["event_key"]], dtype=object))
    outcome = bulk.upsert(connection, Batch(part.batch.organisations, part.batch.sites, resources, part.batch.years))
    with _cursor(connection) as cursor:
        synergies = _synergies(cursor, part.synergies, events)
        _history(cursor, part.history)
        benefits = _benefits(cursor, part.benefits)
        _people(cursor, part)
    states = {"organisations": outcome.organisations, "sites": outcome.sites, "resources": outcome.resources}
    counts = {name: sum(state == "created" for state in rows.values()) for name, rows in states.items()}
    return {**counts, "synergies": synergies, "benefits": benefits}


@contextmanager
def _cursor(connection: Connection) -> Iterator[Cursor[Row]]:
    driver = cast("DriverConnection[Row]", connection.connection.driver_connection)
    with driver.cursor() as cursor:
        yield cursor


def _stage(cursor: Cursor[Row], name: str, columns: str, frame: pd.DataFrame, order: Sequence[str]) -> None:
    """Copy a frame into a temporary table of the columns given."""
    cursor.execute(f"DROP TABLE IF EXISTS {name}")
    cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")
    values = [frame[column].astype(object).where(frame[column].notna(), None).to_list() for column in order]
    with cursor.copy(f"COPY {name} FROM STDIN") as copy:
        for row in zip(*values, strict=True):
            copy.write_row(row)


def _events(cursor: Cursor[Row], events: pd.DataFrame) -> dict[Any, int]:
    _stage(
        cursor,
        "demo_event",
        "key text, kind text, name text, region_code text, place text, language text, starts_at timestamptz,"
        " ends_at timestamptz",
        events,
        ["key", *EVENT],
    )
    same = "e.demo AND e.deleted_at IS NULL AND e.name = d.name AND e.kind = d.kind"
    names = ", ".join(EVENT)
    cursor.execute(
        f"INSERT INTO event ({names}, demo) SELECT DISTINCT ON (kind, name) {names}, true FROM demo_event d"
        f" WHERE NOT EXISTS (SELECT FROM event e WHERE {same}) ORDER BY kind, name"
    )
    cursor.execute(f"SELECT d.key, min(e.id) FROM demo_event d JOIN event e ON {same} GROUP BY d.key")
    return dict(cast("list[tuple[str, int]]", cursor.fetchall()))


def _synergies(cursor: Cursor[Row], synergies: pd.DataFrame, events: dict[Any, int]) -> int:
    frame = synergies.assign(event_id=pd.Series([events.get(key) for key in synergies["event_key"]], dtype=object))
    _stage(
        cursor,
        "demo_synergy",
        "number int, have_key text, want_key text, score float, road_km float, road_minutes float, method text,"
        " tonnes_per_year float, stage text, lapse_reason text, owner text, next_step text, next_step_on date,"
        " note text, showcase_consent boolean, created_at timestamptz, event_id bigint, id bigint",
        frame.assign(id=None),
        ["number", "have_key", "want_key", *SYNERGY, "event_id", "id"],
    )
    names = ", ".join(SYNERGY)
    # A pair that is there, from an earlier load or found by the matcher since, is left to those who work with it.
    cursor.execute(
        "UPDATE demo_synergy d SET id = nextval(pg_get_serial_sequence('synergy', 'id'))"
        " FROM incoming_resource h, incoming_resource w WHERE h.source_key = d.have_key AND w.source_key = d.want_key"
        " AND NOT EXISTS (SELECT FROM synergy s WHERE s.have_id = h.id AND s.want_id = w.id)"
    )
    cursor.execute(
        f"INSERT INTO synergy (id, have_id, want_id, event_id, demo, {names})"
        f" SELECT d.id, h.id, w.id, d.event_id, true, {', '.join('d.' + name for name in SYNERGY)} FROM demo_synergy d"
        " JOIN incoming_resource h ON h.source_key = d.have_key JOIN incoming_resource w ON w.source_key = d.want_key"
        " WHERE d.id IS NOT NULL"
    )
    return cursor.rowcount


def _history(cursor: Cursor[Row], history: pd.DataFrame) -> None:
    _stage(
        cursor,
        "demo_history",
        "number int, from_stage text, to_stage text, changed_at timestamptz, changed_by text",
        history,
        ["number", *HISTORY],
    )
    # The trigger has noted that each came to be just now, at its last stage; its course over the years goes in instead.
    cursor.execute("DELETE FROM synergy_history h USING demo_synergy d WHERE h.synergy_id = d.id")
    names = ", ".join(HISTORY)
    cursor.execute(
        f"INSERT INTO synergy_history (synergy_id, {names}) SELECT d.id, {', '.join('h.' + name for name in HISTORY)}"
        " FROM demo_history h JOIN demo_synergy d USING (number) WHERE d.id IS NOT NULL ORDER BY d.id, h.changed_at"
    )


def _benefits(cursor: Cursor[Row], benefits: pd.DataFrame) -> int:
    _stage(
        cursor,
        "demo_benefit",
        "number int, metric text, amount float, basis text, year int, yearly boolean, attribution_percent float,"
        " source text",
        benefits,
        ["number", *BENEFIT],
    )
    names = ", ".join(BENEFIT)
    cursor.execute(
        f"INSERT INTO benefit (synergy_id, demo, {names}) SELECT d.id, true, {', '.join('b.' + name for name in BENEFIT)}"
        " FROM demo_benefit b JOIN demo_synergy d USING (number) WHERE d.id IS NOT NULL"
    )
    return cursor.rowcount


def _people(cursor: Cursor[Row], part: demo.Demo) -> None:
    for row in part.experts.to_dict("records"):
        cursor.execute(
            "INSERT INTO expert (name, competencies, regions, demo) SELECT %(name)s::text, %(competencies)s, %(regions)s, true"
            " WHERE NOT EXISTS (SELECT FROM expert WHERE demo AND name = %(name)s::text)",
            row,
        )
    for row in part.organisers.to_dict("records"):
        cursor.execute(
            "INSERT INTO organiser (organisation_id, regions, coordinators, contract_from, contract_to)"
            " SELECT o.id, %(regions)s, %(coordinators)s, %(contract_from)s::date, %(contract_to)s::date FROM organisation o"
            " WHERE o.source_key = %(organisation_key)s::text AND o.deleted_at IS NULL"
            " AND NOT EXISTS (SELECT FROM organiser r WHERE r.organisation_id = o.id)",
            row,
        )
    for row in part.targets.to_dict("records"):
        cursor.execute(
            "INSERT INTO target (region_code, year, measure, amount)"
            " VALUES (%(region_code)s, %(year)s, %(measure)s, %(amount)s) ON CONFLICT DO NOTHING",
            row,
        )


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
    "target": f"SELECT id FROM target WHERE created_by = '{USER}'",
}
LET_GO = (
    "UPDATE resource SET event_id = NULL WHERE event_id IN (SELECT id FROM going_event)"
    " AND id NOT IN (SELECT id FROM going_resource)",
    "UPDATE synergy SET event_id = NULL WHERE event_id IN (SELECT id FROM going_event)"
    " AND id NOT IN (SELECT id FROM going_synergy)",
    "UPDATE expert SET organisation_id = NULL WHERE organisation_id IN (SELECT id FROM going_organisation)"
    " AND id NOT IN (SELECT id FROM going_expert)",
    "DELETE FROM synergy_expert WHERE expert_id IN (SELECT id FROM going_expert)",
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
    with store.connection(engine, USER) as connection, _cursor(connection) as cursor:
        for table, chosen in GOING.items():
            cursor.execute(f"CREATE TEMP TABLE going_{table} ON COMMIT DROP AS {chosen}")
            cursor.execute(f"ANALYZE going_{table}")
        for statement in LET_GO:
            cursor.execute(statement.encode())
        for table in ORDER:
            cursor.execute(f"DELETE FROM {table} t USING going_{table} g WHERE t.id = g.id")
            counts[ANSWERED.get(table, table)] = cursor.rowcount
            cursor.execute(
                f"DELETE FROM change c USING going_{table} g WHERE c.table_name = '{table}' AND c.row_id = g.id"
            )
    return {name: counts[name] for name in (*ANSWERED.values(), "benefit", "event")}
