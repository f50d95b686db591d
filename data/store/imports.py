"""Write what was imported, and keep the log of imports."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, bindparam, insert, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from data.store.bulk import NOT_CONTENT, ORGANISATION, Batch, content_hashes
from data.tables import ImportLog

LOGGED_PROBLEMS = 2_000  # a file that is wrong from end to end need not fill the log

# What a later file that says less must not wipe out: blanks are filled with what the store knows.
_KEPT = {
    "organisation": tuple(name for name in ORGANISATION if name not in NOT_CONTENT),
    "site": ("address", "postal_code", "postal_place", "visibility", "channel", "demo"),
    "resource": ("event_id",),  # the rest of a resource is the file's own
}
_FIRST_WORD = frozenset({"channel", "demo"})  # where a company was first heard of stays so
_EXACTNESS = {"municipality": 0, "postal": 1, "address": 2, "exact": 3}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Describe one import for the log; the five counts are of source rows."""

    importer: str
    file_name: str
    file_sha256: str
    channel: str
    counts: Mapping[str, int]
    problems: Sequence[Mapping[str, object]]


def log(connection: Connection, entry: Entry) -> int:
    """Note an import inside its own transaction, so that the log and the rows stand or fall together."""
    row = {
        "importer": entry.importer,
        "file_name": entry.file_name,
        "file_sha256": entry.file_sha256,
        "channel": entry.channel,
        "problems": list(entry.problems[:LOGGED_PROBLEMS]),
        "finished_at": text("clock_timestamp()"),
        **entry.counts,
    }
    return int(connection.execute(insert(ImportLog).values(**row).returning(ImportLog.id)).scalar_one())


def fill_blanks(connection: Connection, batch: Batch) -> Batch:
    """Keep what the store knows where a later file says less of the same company or site.

    A row whose content is the one it was last imported with is left alone, so that it stays unchanged and nobody's
    edits since then are touched.
    """
    for table, frame in (("organisation", batch.organisations), ("site", batch.sites), ("resource", batch.resources)):
        _adopt(connection, table, frame)
    return Batch(
        organisations=_filled(connection, "organisation", batch.organisations),
        sites=_filled(connection, "site", batch.sites),
        resources=_filled(connection, "resource", batch.resources),
        years=batch.years,
    )


def _adopt(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    """Let rows made by hand bear the key under which an export named them, so that a table of them finds them."""
    prefix = f"app:{table}:"
    keys = [key for key in frame["source_key"] if str(key).startswith(prefix) and str(key)[len(prefix) :].isdecimal()]
    if keys:
        connection.execute(
            text(
                f"UPDATE {table} SET source_key = :prefix || id"  # noqa: S608 - own names
                " WHERE id = ANY(:ids) AND source_key IS NULL AND deleted_at IS NULL"
            ),
            {"prefix": prefix, "ids": [int(str(key)[len(prefix) :]) for key in keys]},
        )


def _filled(connection: Connection, table: str, frame: pd.DataFrame) -> pd.DataFrame:
    point = ", ST_X(point) AS easting_m, ST_Y(point) AS northing_m, precision" if table == "site" else ""
    found = connection.execute(
        text(
            f"SELECT source_key, content_hash, {', '.join(_KEPT[table])}{point} FROM {table}"  # noqa: S608 - own names
            " WHERE source_key = ANY(:keys) AND deleted_at IS NULL"
        ).bindparams(bindparam("keys", type_=ARRAY(Text))),
        {"keys": frame["source_key"].to_list()},
    ).mappings()
    known = {str(row["source_key"]): {str(name): value for name, value in row.items()} for row in found}
    if not known:
        return frame
    hashes = content_hashes(frame, table)
    rows = frame.to_dict("records")
    for row in rows:
        before = known.get(row["source_key"])
        if before is not None and before["content_hash"] != hashes[row["source_key"]]:
            _fill(row, before, _KEPT[table])
    return pd.DataFrame(rows, columns=frame.columns, dtype=object)


def _fill(row: dict[Hashable, object], before: Mapping[str, object], names: Sequence[str]) -> None:
    for name in names:
        if name in _FIRST_WORD or _blank(row.get(name)):
            row[name] = before[name]
    if "name" in before and str(before.get("name", "")).casefold() == str(row["name"]).casefold():
        row["name"] = before.get("name", row["name"])
    stated, kept = str(row.get("precision")), str(before.get("precision"))
    # A place that is only as exact as its municipality says nothing new of where in it.
    if "easting_m" in before and stated != "exact" and _EXACTNESS.get(stated, 0) <= _EXACTNESS.get(kept, 0):
        row.update({name: before[name] for name in ("easting_m", "northing_m", "precision")})


def _blank(value: object) -> bool:
    return value is None or value is pd.NaT or value == [] or str(value) in {"", "nan"}
