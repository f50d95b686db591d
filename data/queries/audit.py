"""Who did what: what left the store, who came and was refused, what was imported and what was changed, as one list."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame

# Beside what the audit itself keeps.
CHANGES = ("changed", "deleted", "brought_back", "deleted_for_good", "imported")


@dataclass(frozen=True)
class Sought:
    """Say which events are looked for: of whom (a part of the name), of which kind, in which days; empty: all."""

    person: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


# Each arm by itself from its newest end, so that none is read further than the list goes.
_EVENTS = """
WITH told AS (
    SELECT happened_at, kind, person, role, subject, rows, details, ''::text AS thing, NULL::bigint AS thing_id, id AS n
    FROM audit
), changed AS (
    SELECT changed_at AS happened_at, CASE
            WHEN operation = 'DELETE' THEN 'deleted_for_good'
            WHEN new ? 'deleted_at' THEN CASE WHEN new ->> 'deleted_at' IS NULL THEN 'brought_back' ELSE 'deleted' END
            ELSE 'changed' END AS kind,
        coalesce(changed_by, '') AS person, ''::text AS role,
        array_to_string(ARRAY(SELECT jsonb_object_keys(old)), ' ') AS subject, NULL::int AS rows,
        '{}'::jsonb AS details,
        table_name::text AS thing, row_id AS thing_id, id AS n
    FROM change
), imported AS (
    SELECT started_at AS happened_at, 'imported'::text AS kind, coalesce(imported_by, '') AS person, ''::text AS role,
        file_name::text AS subject, read AS rows, '{}'::jsonb AS details, ''::text AS thing,
        NULL::bigint AS thing_id, id AS n
    FROM import_log
)
"""
_WHERE = """
    WHERE (:person = '' OR person ILIKE '%' || :person || '%') AND (:kind = '' OR kind = :kind)
    AND (CAST(:since AS date) IS NULL OR happened_at >= CAST(:since AS date))
    AND (CAST(:until AS date) IS NULL OR happened_at < CAST(:until AS date) + 1)
    ORDER BY n DESC LIMIT :limit
"""
_NAMED = """
SELECT e.happened_at, e.kind, e.person, e.role, e.subject, e.rows, e.details, e.thing, e.thing_id,
    coalesce(o.name, s.name, r.title, c.word, '') AS title
FROM (
    (SELECT * FROM told {where}) UNION ALL (SELECT * FROM changed {where}) UNION ALL (SELECT * FROM imported {where})
) e
LEFT JOIN organisation o ON e.thing = 'organisation' AND o.id = e.thing_id
LEFT JOIN site s ON e.thing = 'site' AND s.id = e.thing_id
LEFT JOIN resource r ON e.thing = 'resource' AND r.id = e.thing_id
LEFT JOIN concept_term c ON e.thing = 'concept_term' AND c.id = e.thing_id
ORDER BY e.happened_at DESC, e.n DESC LIMIT :limit
"""


def events(engine: Engine, sought: Sought, limit: int) -> pd.DataFrame:
    """List events, the newest first; the rows that the viewer may read.

    Columns: happened_at, kind, person, role, subject (of a change: the columns), rows, details, thing and thing_id
    (the row that was changed), title.
    """
    values = {
        "person": sought.person.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_"),
        "kind": sought.kind,
        "since": sought.since,
        "until": sought.until,
        "limit": limit,
    }
    return frame(engine, _EVENTS + _NAMED.format(where=_WHERE), values)
