"""What the page of experts asks: the pool, who takes part in a synergy, and what the synergy is about."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from data.queries import frame
from data.store import refusals


def pool(engine: Engine) -> pd.DataFrame:
    """List the experts by name.

    Columns: id, version, name, organisation_id, organisation, email, competencies, regions, demo, synergies (in which
    the expert takes part).
    """
    statement = """
    SELECT e.id, e.version, e.name, e.organisation_id, o.name AS organisation, e.email, e.competencies, e.regions,
        e.demo, (SELECT count(*) FROM synergy_expert p WHERE p.expert_id = e.id) AS synergies
    FROM expert e LEFT JOIN shown_organisation o ON o.id = e.organisation_id
    WHERE e.deleted_at IS NULL ORDER BY e.name COLLATE "fi-x-icu", e.id
    """
    return frame(engine, statement)


def involved(engine: Engine, synergy_id: int) -> pd.DataFrame:
    """List who takes part in a synergy: expert_id, name, organisation, email, competencies, note, since, gone."""
    statement = """
    SELECT p.expert_id, e.name, o.name AS organisation, e.email, e.competencies, p.note, p.since,
        e.deleted_at IS NOT NULL AS gone
    FROM synergy_expert p JOIN expert e ON e.id = p.expert_id
    LEFT JOIN shown_organisation o ON o.id = e.organisation_id
    WHERE p.synergy_id = :id ORDER BY p.since, p.expert_id
    """
    return frame(engine, statement, {"id": synergy_id})


def told(engine: Engine, synergy_id: int) -> pd.DataFrame:
    """Tell who came into a synergy and who left, the newest first.

    Columns: changed_at, changed_by, operation (INSERT, UPDATE, DELETE), name; None for somebody who was erased.
    """
    statement = """
    SELECT c.changed_at, c.changed_by, c.operation, e.name
    FROM change c LEFT JOIN expert e ON e.id = (coalesce(c.new, c.old) ->> 'expert_id')::bigint
    WHERE c.table_name = 'synergy_expert' AND c.row_id = :id ORDER BY c.id DESC
    """
    return frame(engine, statement, {"id": synergy_id})


def topic(engine: Engine, synergy_id: int) -> Mapping[str, Any] | None:
    """Tell what a synergy is about and what holds it up; None where there is none that may be seen.

    Keys: stage, lapse_reason, note, next_step, regions (of both sides), and of each side (have_, want_): title,
    description, language, concepts.
    """
    sides = ", ".join(
        f"{one}.{name} AS {side}_{name}"
        for side, one in (("have", "h"), ("want", "w"))
        for name in ("title", "description", "language", "concepts")
    )
    statement = f"""
    SELECT y.stage, y.lapse_reason, y.note, y.next_step, ARRAY[hs.region_code, ws.region_code] AS regions, {sides}
    FROM shown_synergy y
    JOIN shown_resource h ON h.id = y.have_id JOIN shown_site hs ON hs.id = h.site_id
    JOIN shown_resource w ON w.id = y.want_id JOIN shown_site ws ON ws.id = w.site_id
    WHERE y.id = :id AND y.deleted_at IS NULL
    """  # noqa: S608 - our own columns
    with refusals(), engine.connect() as connection:
        found = connection.execute(text(statement), {"id": synergy_id}).mappings().one_or_none()
    return None if found is None else dict(found)


def organisations(engine: Engine, limit: int = 1_000) -> pd.DataFrame:
    """List organisations that an expert may come from, research and public bodies before companies: id, name."""
    statement = """
    SELECT o.id, o.name FROM shown_organisation o WHERE o.deleted_at IS NULL AND o.name IS NOT NULL
    ORDER BY o.kind = 'company', o.name COLLATE "fi-x-icu", o.id LIMIT :limit
    """
    return frame(engine, statement, {"limit": limit})
