"""Write demo data; what is there already stays, and rows of anybody else are left as they are."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pandas as pd
from psycopg import Cursor
from sqlalchemy import Connection, Engine

from config.settings import Settings
from data import demo, store
from data.store import bulk
from data.store.bulk import Batch, Progress
from data.store.demo_clear import Counts, Row, clear, cursor_of
from geo import regions

# Stands as the author of every row; targets have no mark of their own and are told by it.
USER = demo.DOCUMENT
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
    "agreed_low",
    "agreed_high",
    "created_at",
)
HISTORY = ("from_stage", "to_stage", "changed_at", "changed_by")
CONTACT = ("name", "role", "email", "phone")
TALK = ("channel", "note", "happened_on", "remind_on")
BENEFIT = ("metric", "amount", "basis", "year", "yearly", "attribution_percent", "source")
# Without it the planner takes a full table for an empty one until autovacuum comes by; within a long load, too, where
# each part would take longer than the one before.
_ANALYZE = "ANALYZE organisation, site, resource, synergy, synergy_history, benefit"

__all__ = ["USER", "clear", "load"]


def load(
    engine: Engine, settings: Settings, scale: int = 1, seed: int = demo.SEED, progress: Progress | None = None
) -> Counts:
    """Write the demo data of a scale, all or nothing, and count the rows that were created.

    What is there already stays, together with what people have done to it since.
    """
    places = regions.load(settings.reference)
    total: Counts = {}
    with store.connection(engine, USER) as connection:
        for done, part in enumerate(_ahead(demo.parts(scale, seed, places)), 1):
            for name, rows in _write(connection, part).items():
                total[name] = total.get(name, 0) + rows
            if done < scale and done.bit_count() == 1:  # whenever there is twice as much as the last time
                connection.exec_driver_sql(_ANALYZE)
            if progress:
                progress(done, scale)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(_ANALYZE)
    return total


def _ahead(parts: Iterator[demo.Demo]) -> Iterator[demo.Demo]:
    """Make the next part while the database is busy with the one before."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = maker.submit(next, parts, None)
            yield part


def _write(connection: Connection, part: demo.Demo) -> Counts:
    with cursor_of(connection) as cursor:
        events = _events(cursor, part.events)
    keyed = part.batch.resources
    resources = keyed.assign(event_id=pd.Series([events.get(key) for key in keyed["event_key"]], dtype=object))
    outcome = bulk.upsert(connection, Batch(part.batch.organisations, part.batch.sites, resources, part.batch.years))
    with cursor_of(connection) as cursor:
        synergies = _synergies(cursor, part.synergies.assign(active_at=_calm_since(part)), events)
        _history(cursor, part.history)
        benefits = _benefits(cursor, part.benefits)
        _calm(cursor)
        _people(cursor, part)
        if len(part.contacts):
            _talks(cursor, part)
    states = {"organisations": outcome.organisations, "sites": outcome.sites, "resources": outcome.resources}
    counts = {name: sum(state == "created" for state in rows.values()) for name, rows in states.items()}
    return {**counts, "synergies": synergies, "benefits": benefits}


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
        " note text, showcase_consent boolean, agreed_low float, agreed_high float, created_at timestamptz,"
        " event_id bigint, active_at timestamptz, id bigint",
        frame.assign(id=None),
        ["number", "have_key", "want_key", *SYNERGY, "event_id", "active_at", "id"],
    )
    names = ", ".join(SYNERGY)
    # A pair that is there, from an earlier load or found by the matcher since, is left to those who work with it.
    cursor.execute(
        "UPDATE demo_synergy d SET id = nextval(pg_get_serial_sequence('synergy', 'id'))"
        " FROM incoming_resource h, incoming_resource w WHERE h.source_key = d.have_key AND w.source_key = d.want_key"
        " AND NOT EXISTS (SELECT FROM synergy s WHERE s.have_id = h.id AND s.want_id = w.id)"
    )
    cursor.execute(
        f"INSERT INTO synergy (id, have_id, want_id, event_id, active_at, demo, {names})"
        " SELECT d.id, h.id, w.id, d.event_id, coalesce(d.active_at, now()), true,"
        f" {', '.join('d.' + name for name in SYNERGY)} FROM demo_synergy d"
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


def _calm_since(part: demo.Demo) -> pd.Series:
    """Give when each synergy was last changed; none where benefits will tell it that somebody is busy with it."""
    numbers = part.synergies["number"]
    last = numbers.map(part.history.groupby("number")["changed_at"].max())
    return last.where(~numbers.isin(part.benefits["number"]), None)


def _calm(cursor: Cursor[Row]) -> None:
    # Last of all, and only of those whose benefits have just told them that somebody is busy with them.
    cursor.execute(
        "UPDATE synergy s SET active_at = h.last FROM demo_synergy d JOIN ("
        " SELECT number, max(changed_at) AS last FROM demo_history"
        " WHERE number IN (SELECT number FROM demo_benefit) GROUP BY number"
        ") h USING (number) WHERE s.id = d.id"
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
        f"INSERT INTO benefit (synergy_id, demo, {names})"
        f" SELECT d.id, true, {', '.join('b.' + name for name in BENEFIT)}"
        " FROM demo_benefit b JOIN demo_synergy d USING (number) WHERE d.id IS NOT NULL"
    )
    return cursor.rowcount


def _people(cursor: Cursor[Row], part: demo.Demo) -> None:
    for row in _records(part.experts):
        cursor.execute(
            "INSERT INTO expert (name, competencies, regions, demo)"
            " SELECT %(name)s::text, %(competencies)s, %(regions)s, true"
            " WHERE NOT EXISTS (SELECT FROM expert WHERE demo AND name = %(name)s::text)",
            row,
        )
    for row in _records(part.organisers):
        cursor.execute(
            "INSERT INTO organiser (organisation_id, regions, coordinators, contract_from, contract_to)"
            " SELECT o.id, %(regions)s, %(coordinators)s, %(contract_from)s::date, %(contract_to)s::date"
            " FROM organisation o"
            " WHERE o.source_key = %(organisation_key)s::text AND o.deleted_at IS NULL"
            " AND NOT EXISTS (SELECT FROM organiser r WHERE r.organisation_id = o.id)",
            row,
        )
    for row in _records(part.targets):
        cursor.execute(
            "INSERT INTO target (region_code, year, measure, amount)"
            " VALUES (%(region_code)s, %(year)s, %(measure)s, %(amount)s) ON CONFLICT DO NOTHING",
            row,
        )


def _talks(cursor: Cursor[Row], part: demo.Demo) -> None:
    """Write contact people and talks; a company that has any is left as it is."""
    _stage(
        cursor,
        "demo_contact",
        "organisation_key text, name text, role text, email text, phone text",
        part.contacts,
        ["organisation_key", *CONTACT],
    )
    _stage(
        cursor,
        "demo_talk",
        "organisation_key text, contact text, channel text, note text, happened_on date, remind_on date",
        part.talks,
        ["organisation_key", "contact", *TALK],
    )
    company = "JOIN organisation o ON o.source_key = d.organisation_key AND o.demo AND o.deleted_at IS NULL"
    cursor.execute(
        f"INSERT INTO contact (organisation_id, {', '.join(CONTACT)})"
        f" SELECT o.id, {', '.join('d.' + name for name in CONTACT)} FROM demo_contact d {company}"
        " WHERE NOT EXISTS (SELECT FROM contact c WHERE c.organisation_id = o.id)"
        " AND NOT EXISTS (SELECT FROM contact_log l WHERE l.organisation_id = o.id)"
    )
    cursor.execute(
        f"INSERT INTO contact_log (organisation_id, contact_id, {', '.join(TALK)})"
        f" SELECT o.id, c.id, {', '.join('d.' + name for name in TALK)} FROM demo_talk d {company}"
        " JOIN contact c ON c.organisation_id = o.id AND c.name = d.contact"
        " WHERE NOT EXISTS (SELECT FROM contact_log l WHERE l.organisation_id = o.id)"
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
