"""What a deletion takes along, and what was deleted and can still be taken back."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from data.queries import frame
from data.store import refusals

_RESOURCES = {
    "organisation": "SELECT r.id FROM resource r JOIN site s ON s.id = r.site_id WHERE s.organisation_id = :id",
    "site": "SELECT r.id FROM resource r WHERE r.site_id = :id",
    "resource": "SELECT r.id FROM resource r WHERE r.id = :id",
}
_SITES = {
    "organisation": "SELECT count(*) FROM site s WHERE s.organisation_id = :id AND s.deleted_at IS NULL",
    "site": "SELECT 0",
    "resource": "SELECT 0",
}


@dataclass(frozen=True)
class Below:
    """Count what goes with a row, and name the synergies that keep it from going."""

    sites: int
    resources: int
    lapsed: int
    open: int
    synergies: tuple[str, ...]


def below(engine: Engine, kind: str, row_id: int) -> Below:
    """Tell what the deletion of a company, site or resource would take along; `open` counts hidden synergies too."""
    statement = f"""
    WITH mine AS MATERIALIZED ({_RESOURCES[kind]} AND r.deleted_at IS NULL), seen AS (
        SELECT y.stage, h.title AS have, w.title AS want FROM synergy y
        LEFT JOIN resource h ON h.id = y.have_id LEFT JOIN resource w ON w.id = y.want_id
        WHERE y.deleted_at IS NULL AND (y.have_id IN (SELECT id FROM mine) OR y.want_id IN (SELECT id FROM mine))
    )
    SELECT ({_SITES[kind]}) AS sites, (SELECT count(*) FROM mine)
        - CAST(:own AS int) AS resources, (SELECT count(*) FROM seen WHERE stage = 'lapsed') AS lapsed,
        synergies_held(ARRAY(SELECT id FROM mine)) AS open,
        ARRAY(SELECT coalesce(have, '–') || ' → ' || coalesce(want, '–') FROM seen
            WHERE stage <> 'lapsed' ORDER BY have, want LIMIT 5) AS synergies
    """  # noqa: S608 - our own texts
    with refusals(), engine.connect() as connection:
        own = int(kind == "resource")
        found: Any = connection.execute(text(statement), {"id": row_id, "own": own}).one()
    return Below(found.sites, found.resources, found.lapsed, found.open, tuple(found.synergies))


def rows(engine: Engine, days: int, limit: int = 500) -> pd.DataFrame:
    """List what was deleted within `days` days and can be taken back, the newest first; what went along is counted.

    Columns: kind, id, name, company, deleted_at, deleted_by, days_left, sites, resources.
    """
    statement = """
    WITH gone AS (
        SELECT 'organisation' AS kind, o.id, o.name, o.name AS company, o.deleted_at,
            (SELECT count(*) FROM site s WHERE s.organisation_id = o.id AND s.deleted_at = o.deleted_at) AS sites,
            (SELECT count(*) FROM resource r JOIN site s ON s.id = r.site_id
                WHERE s.organisation_id = o.id AND r.deleted_at = o.deleted_at) AS resources
        FROM organisation o WHERE o.deleted_at > now() - make_interval(days => :days)
        UNION ALL
        SELECT 'site', s.id, s.name, o.name, s.deleted_at, 0,
            (SELECT count(*) FROM resource r WHERE r.site_id = s.id AND r.deleted_at = s.deleted_at)
        FROM site s JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
        WHERE s.deleted_at > now() - make_interval(days => :days)
        UNION ALL
        SELECT 'resource', r.id, r.title, o.name, r.deleted_at, 0, 0
        FROM resource r JOIN site s ON s.id = r.site_id AND s.deleted_at IS NULL
        JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
        WHERE r.deleted_at > now() - make_interval(days => :days)
        UNION ALL
        SELECT 'concept_term', t.id, t.word, '', t.deleted_at, 0, 0
        FROM concept_term t WHERE t.deleted_at > now() - make_interval(days => :days)
    )
    SELECT g.kind, g.id, g.name, g.company, g.deleted_at, coalesce((
            SELECT c.changed_by FROM change c
            WHERE c.table_name = g.kind AND c.row_id = g.id AND c.new ? 'deleted_at' ORDER BY c.id DESC LIMIT 1
        ), '') AS deleted_by,
        greatest(0, :days - extract(day FROM now() - g.deleted_at))::int AS days_left, g.sites, g.resources
    FROM gone g ORDER BY g.deleted_at DESC, g.kind, g.id LIMIT :limit
    """
    return frame(engine, statement, {"days": days, "limit": limit})
