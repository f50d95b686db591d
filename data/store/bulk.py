"""Write many rows at once: every importer and the demo data come in through here."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import cast

import pandas as pd
from psycopg import Connection as DriverConnection
from psycopg import Cursor
from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from data.store import corrected, merged

Progress = Callable[[int, int], None]

_SOURCE = ("channel", "source_document", "source_date", "source_key", "demo")
ORGANISATION = (
    "name",
    "business_id",
    "other_names",
    "industry_code",
    "industry_version",
    "kind",
    "activation",
    "naming_consent",
    *_SOURCE,
)
SITE = ("name", "point", "precision", "visibility", "address", "postal_code", "postal_place", *_SOURCE)
RESOURCE = (
    "direction",
    "type",
    "concepts",
    "title",
    "description",
    "language",
    "ewc_code",
    "hazardous",
    "quantity_low",
    "quantity_high",
    "unit",
    "tonnes_low",
    "tonnes_high",
    "tonnes_basis",
    "continuity",
    "available_from",
    "available_to",
    "season_months",
    "attributes",
    "visibility",
    "expires_on",
    "event_id",
    *_SOURCE,
)
# What a row has when its frame has no such column; anything else is NULL.
DEFAULTS: Mapping[str, object] = {
    "other_names": [],
    "industry_version": "TOL2008",
    "kind": "company",
    "activation": "known",
    "naming_consent": False,
    "precision": "exact",
    "address": "",
    "postal_place": "",
    "concepts": [],
    "description": "",
    "language": "fi",
    "hazardous": False,
    "continuity": "continuous",
    "season_months": [],
    "attributes": {},
    "channel": "other",
    "source_document": "",
    "demo": False,
}
_VISIBILITY = {"site": "exact", "resource": "network"}
# The file a row came in is no part of what the row says: the same listing in next month's file is unchanged.
NOT_CONTENT = frozenset({"source_document", "source_date", "source_key"})


@dataclass(frozen=True)
class Batch:
    """Hold rows to write, tied together by their source keys.

    `organisations`, `sites` (with organisation_key, easting_m, northing_m) and `resources` (with site_key) carry
    a source_key and any of the columns above; `years` has resource_key, year, tonnes, basis.
    """

    organisations: pd.DataFrame
    sites: pd.DataFrame
    resources: pd.DataFrame
    years: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["resource_key", "year", "tonnes", "basis"])
    )


@dataclass(frozen=True)
class Outcome:
    """Tell what became of each row: source key -> created, updated or unchanged."""

    organisations: Mapping[str, str]
    sites: Mapping[str, str]
    resources: Mapping[str, str]
    years_changed: int


def upsert(connection: Connection, batch: Batch, progress: Progress | None = None) -> Outcome:
    """Write a batch inside the caller's transaction: new keys are created, changed content updated, the rest left.

    An organisation is also recognised by its business ID or by a name that only one bears, and a row that was merged
    into another is that one; then it is left as it is, but for a business ID that it had not. Rolling back afterwards
    gives a dry run with the same figures.
    """
    driver = cast("DriverConnection[tuple[object, ...]]", connection.connection.driver_connection)
    steps = _Steps(len(batch.organisations) + len(batch.sites) + len(batch.resources) + len(batch.years), progress)
    with driver.cursor() as cursor:
        # Two imports at once: the second waits, and then finds what the first has created.
        cursor.execute("SELECT pg_advisory_xact_lock(726002)")
        organisations = _write(cursor, "organisation", ORGANISATION, batch.organisations, steps)
        sites = _write(cursor, "site", SITE, batch.sites, steps, parent="organisation")
        resources = _write(cursor, "resource", RESOURCE, batch.resources, steps, parent="site")
        years_changed = _write_years(cursor, batch.years, steps)
    return Outcome(organisations, sites, resources, years_changed)


def content_hashes(frame: pd.DataFrame, table: str) -> Mapping[str, str]:
    """Tell by source key the hash under which `upsert` would remember each row's content."""
    columns = {"organisation": ORGANISATION, "site": SITE, "resource": RESOURCE}[table]
    parent_key = {"site": "organisation_key", "resource": "site_key"}.get(table, "")
    rows = _rows(frame, table, columns, parent_key)
    return {str(row[columns.index("source_key")]): str(row[len(columns)]) for row in rows}


class _Steps:
    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self.progress = 0, total, progress

    def count(self, rows: int) -> None:
        """Add rows to those that are done, and tell whoever waits."""
        self.done += rows
        if self.progress:
            self.progress(self.done, self.total)


def _write(
    cursor: Cursor[tuple[object, ...]],
    table: str,
    columns: Sequence[str],
    frame: pd.DataFrame,
    steps: _Steps,
    parent: str = "",
) -> Mapping[str, str]:
    reference = [f"{parent}_id"] if parent else []
    names = ", ".join([*columns, "content_hash"])
    key = f", NULL::text AS {parent}_key" if parent else ""
    cursor.execute(f"DROP TABLE IF EXISTS incoming_{table}")  # the caller may write several batches in one transaction
    cursor.execute(
        f"CREATE TEMP TABLE incoming_{table} ON COMMIT DROP AS SELECT id, {', '.join([*reference, names])},"
        f" NULL::text AS state, '{{}}'::text[] AS corrected{key} FROM {table} WITH NO DATA"
    )
    copied = [*columns, "content_hash", *([f"{parent}_key"] if parent else [])]
    with cursor.copy(f"COPY incoming_{table} ({', '.join(copied)}) FROM STDIN") as copy:
        for number, row in enumerate(_rows(frame, table, columns, f"{parent}_key" if parent else ""), 1):
            copy.write_row(row)
            if number % 2000 == 0:
                steps.count(2000)
    steps.count(len(frame) % 2000)
    cursor.execute(f"CREATE INDEX ON incoming_{table} (source_key)")
    cursor.execute(f"ANALYZE incoming_{table}")
    if parent:
        cursor.execute(
            f"UPDATE incoming_{table} i SET {parent}_id = p.id FROM incoming_{parent} p"
            f" WHERE p.source_key = i.{parent}_key"
        )
    for statement in _merge(table, [*reference, *columns, "content_hash"]):
        cursor.execute(statement)
    cursor.execute(f"SELECT source_key, state FROM incoming_{table}")
    return dict(cast("list[tuple[str, str]]", cursor.fetchall()))


def _merge(table: str, columns: Sequence[str]) -> Iterator[str]:
    yield (
        f"UPDATE incoming_{table} i SET id = t.id, state = CASE WHEN t.content_hash = i.content_hash"
        f" THEN 'unchanged' ELSE 'updated' END"
        f" FROM {table} t WHERE t.source_key = i.source_key AND t.deleted_at IS NULL"
    )
    yield from merged.into(table)
    if table == "organisation":
        yield (
            "UPDATE incoming_organisation i SET id = o.id, state = 'unchanged' FROM organisation o"
            " WHERE i.id IS NULL AND o.business_id = i.business_id AND o.deleted_at IS NULL"
        )
        yield merged.called()
    yield corrected.noted(table)
    changed = ", ".join(
        f"{name} = CASE WHEN '{name}' = ANY (i.corrected) THEN t.{name} ELSE i.{name} END" for name in columns
    )
    yield (
        f"UPDATE {table} t SET {changed}, version = t.version + 1 FROM incoming_{table} i"
        f" WHERE t.id = i.id AND i.state = 'updated'"
    )
    if table == "organisation":
        yield from _number_the_unnumbered()
    yield (
        f"UPDATE incoming_{table} SET id = nextval(pg_get_serial_sequence('{table}', 'id')), state = 'created'"
        f" WHERE id IS NULL"
    )
    names = ", ".join(columns)
    yield f"INSERT INTO {table} (id, {names}) SELECT id, {names} FROM incoming_{table} WHERE state = 'created'"


def _number_the_unnumbered() -> Iterator[str]:
    """Let a row that brings a business ID join the one company of its name, if that has none yet, and give it its ID.

    Two that share the name are told apart by a person; and the company keeps all else, as others that are recognised.
    """
    yield (
        "UPDATE incoming_organisation i SET id = o.id, state = 'updated' FROM ("
        " SELECT min(id) AS id, lower(name) AS name, demo FROM organisation WHERE deleted_at IS NULL"
        " GROUP BY lower(name), demo HAVING count(*) = 1 AND count(business_id) = 0) o, ("
        " SELECT lower(name) AS name, demo FROM incoming_organisation WHERE business_id IS NOT NULL"
        " GROUP BY lower(name), demo HAVING count(*) = 1) alone"
        " WHERE i.id IS NULL AND i.business_id IS NOT NULL AND o.name = lower(i.name) AND o.demo = i.demo"
        " AND (alone.name, alone.demo) = (o.name, o.demo)"
    )
    yield (
        "UPDATE organisation o SET business_id = i.business_id, version = o.version + 1 FROM incoming_organisation i"
        " WHERE o.id = i.id AND i.state = 'updated' AND o.business_id IS NULL AND i.business_id IS NOT NULL"
    )


def _rows(frame: pd.DataFrame, table: str, columns: Sequence[str], parent_key: str) -> Iterator[list[object]]:
    present = {name: frame[name].to_list() for name in frame.columns}
    points = zip(present["easting_m"], present["northing_m"], strict=True) if table == "site" else None
    for index in range(len(frame)):
        row: list[object] = []
        for name in columns:
            if name == "point" and points is not None:
                row.append("SRID=3067;POINT({:.3f} {:.3f})".format(*next(points)))
            else:
                row.append(_value(name, table, present[name][index] if name in present else None))
        parent = [present[parent_key][index]] if parent_key else []
        yield [*row, _content_hash(columns, row, parent), *parent]


def _value(name: str, table: str, value: object) -> object:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN is the one value unequal to itself
        default = DEFAULTS.get(name)
        value = _VISIBILITY[table] if name == "visibility" else default
    return Jsonb(value) if name == "attributes" else value


def _content_hash(columns: Sequence[str], row: Sequence[object], parent: Sequence[object]) -> str:
    told = [
        # Keys in order: what an export gives back stands in the order that the database keeps.
        f"{name}={json.dumps(value.obj, sort_keys=True, default=str) if isinstance(value, Jsonb) else value}"
        for name, value in zip(columns, row, strict=True)
        if name not in NOT_CONTENT
    ]
    return blake2b("\x1f".join([*told, *map(str, parent)]).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _write_years(cursor: Cursor[tuple[object, ...]], years: pd.DataFrame, steps: _Steps) -> int:
    if years.empty:
        return 0
    cursor.execute("DROP TABLE IF EXISTS incoming_year")
    cursor.execute(
        "CREATE TEMP TABLE incoming_year (resource_key text, year int, tonnes float, basis text) ON COMMIT DROP"
    )
    with cursor.copy("COPY incoming_year FROM STDIN") as copy:
        for row in years[["resource_key", "year", "tonnes", "basis"]].itertuples(index=False):
            copy.write_row(tuple(row))
    cursor.execute(
        "INSERT INTO resource_year AS y (resource_id, year, tonnes, basis)"
        # Of two that were merged the one that stayed tells of a year; the other one fills in what it lacks.
        " SELECT DISTINCT ON (r.id, i.year) r.id, i.year, i.tonnes, i.basis FROM incoming_year i"
        " JOIN incoming_resource r ON r.source_key = i.resource_key JOIN resource t ON t.id = r.id"
        " ORDER BY r.id, i.year, (t.source_key = r.source_key) DESC"
        " ON CONFLICT (resource_id, year) DO UPDATE SET tonnes = EXCLUDED.tonnes, basis = EXCLUDED.basis"
        " WHERE (y.tonnes, y.basis) IS DISTINCT FROM (EXCLUDED.tonnes, EXCLUDED.basis)"
    )
    steps.count(len(years))
    return cursor.rowcount
