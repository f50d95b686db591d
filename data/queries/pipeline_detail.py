"""What one synergy is about: both its sides, their people, what it has brought, and everything that happened to it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from data import queries
from data.queries.pipeline import QUIET, WORKED_ON
from data.store import refusals
from data.store.pipeline import EDITED

_SIDE = """
    {r}.id AS {side}_id, {r}.title AS {side}, {r}.type AS {side}_type, {r}.description AS {side}_description,
    {r}.language AS {side}_language, {r}.ewc_code AS {side}_ewc_code, {r}.hazardous AS {side}_hazardous,
    {r}.quantity_low AS {side}_quantity_low, {r}.quantity_high AS {side}_quantity_high, {r}.unit AS {side}_unit,
    {r}.tonnes_low AS {side}_tonnes_low, {r}.tonnes_high AS {side}_tonnes_high,
    {r}.tonnes_basis AS {side}_tonnes_basis, {r}.continuity AS {side}_continuity,
    {r}.expires_on AS {side}_expires_on, {r}.deleted_at IS NOT NULL AS {side}_deleted, {r}.concepts AS {side}_concepts,
    {s}.name AS {side}_site, {s}.organisation_id AS {side}_organisation_id, {o}.name AS {side}_company"""
_SYNERGY = f"""
SELECT y.id, y.version, y.stage, y.lapse_reason, y.road_km, y.road_minutes, y.method, y.tonnes_per_year,
    y.agreed_low, y.agreed_high, y.fitting_tonnes, y.owner, y.next_step, y.next_step_on, y.note, y.active_at,
    y.created_at, y.created_by, y.showcase_consent, y.score, y.reasons, h.type, y.demo OR h.demo OR w.demo AS demo,
    {QUIET} AS quiet, {WORKED_ON} AS worked_on,
    hs.municipality_code AS from_municipality, ws.municipality_code AS to_municipality,
    hs.region_code AS from_region, ws.region_code AS to_region, e.name AS event,
    coalesce((SELECT max(c.changed_at) FROM synergy_history c WHERE c.synergy_id = y.id), y.created_at) AS stage_since,
    NULL::float AS co2e_tonnes, {_SIDE.format(side="have", r="h", s="hs", o="ho")},
    {_SIDE.format(side="want", r="w", s="ws", o="wo")}
FROM shown_synergy y
    JOIN shown_resource h ON h.id = y.have_id JOIN shown_resource w ON w.id = y.want_id
    JOIN shown_site hs ON hs.id = h.site_id JOIN shown_site ws ON ws.id = w.site_id
    LEFT JOIN shown_organisation ho ON ho.id = hs.organisation_id
    LEFT JOIN shown_organisation wo ON wo.id = ws.organisation_id
    LEFT JOIN event e ON e.id = y.event_id
WHERE y.id = :id AND y.deleted_at IS NULL
"""  # noqa: S608 - our own words
# The store notes stages in a history of their own, and every other column with its old and new value; who wrote its
# words anew is told without its words where the change was an erasure.
_HISTORY = """
WITH own AS (SELECT y.id, y.created_at, y.created_by FROM shown_synergy y WHERE y.id = :id),
mine AS (SELECT b.id, b.metric, b.created_at, b.created_by FROM benefit b JOIN own ON b.synergy_id = own.id)
SELECT 'stage' AS kind, h.changed_at AS happened_at, h.changed_by AS happened_by, '' AS metric, 'UPDATE' AS operation,
    jsonb_build_object('stage', h.from_stage) AS old, jsonb_build_object('stage', h.to_stage) AS new, h.id AS position
FROM synergy_history h JOIN own ON h.synergy_id = own.id
UNION ALL
SELECT 'synergy', c.changed_at, c.changed_by, '', c.operation, c.old - '{score,reasons,stage}'::text[],
    c.new - '{score,reasons,stage}'::text[], c.id
FROM change c JOIN own ON c.table_name = 'synergy' AND c.row_id = own.id
WHERE c.old - '{score,reasons,stage,road_km,road_minutes,method,tonnes_per_year}'::text[] <> '{}'
UNION ALL
SELECT 'benefit', m.created_at, m.created_by, m.metric, 'INSERT', NULL, NULL, m.id FROM mine m
UNION ALL
SELECT 'benefit', c.changed_at, c.changed_by, m.metric, c.operation, c.old, c.new, c.id
FROM change c JOIN mine m ON c.table_name = 'benefit' AND c.row_id = m.id
UNION ALL
SELECT 'expert', c.changed_at, c.changed_by, '', c.operation, c.old, c.new, c.id
FROM change c JOIN own ON c.table_name = 'synergy_expert' AND c.row_id = own.id
ORDER BY happened_at DESC, position DESC LIMIT :limit
"""


def synergy(engine: Engine, synergy_id: int) -> Mapping[str, Any] | None:
    """Give all of a synergy with both its sides; None where it is gone or not to be seen."""
    with refusals(), engine.connect() as connection:
        found = connection.execute(text(_SYNERGY), {"id": synergy_id}).mappings().one_or_none()
    return None if found is None else dict(found)


def people(engine: Engine, organisations: tuple[int, ...]) -> pd.DataFrame:
    """List the contacts of companies: organisation_id, name, role, email, phone."""
    statement = """
    SELECT organisation_id, name, role, email, phone FROM contact
    WHERE organisation_id = ANY(:ids) AND deleted_at IS NULL ORDER BY organisation_id, name COLLATE "fi-x-icu", id
    """
    return queries.frame(engine, statement, {"ids": list(organisations)})


def benefits(engine: Engine, synergy_id: int) -> pd.DataFrame:
    """List what a synergy has brought, by metric, the newest first.

    Columns: id, version, metric, amount, basis, year, yearly, attribution_percent, source, demo, created_by.
    """
    statement = """
    SELECT id, version, metric, amount, basis, year::int AS year, yearly, attribution_percent, source, demo, created_by
    FROM benefit WHERE synergy_id = :id AND deleted_at IS NULL ORDER BY metric, yearly DESC, year DESC, id
    """
    return queries.frame(engine, statement, {"id": synergy_id})


def last_change(engine: Engine, synergy_id: int) -> int | None:
    """Give the id of the last change of what people decide on a synergy; None where nothing was changed."""
    statement = """
    SELECT max(id) AS id FROM change WHERE table_name = 'synergy' AND row_id = :id AND operation = 'UPDATE'
        AND old ?| CAST(:columns AS text[])
    """
    found = queries.frame(engine, statement, {"id": synergy_id, "columns": list(EDITED)})["id"]
    return None if found.isna().all() else int(found.iloc[0])


def history(engine: Engine, synergy_id: int, limit: int = 300) -> pd.DataFrame:
    """List what happened to a synergy, its benefits and its experts, newest first.

    Columns: kind (stage, synergy, benefit, expert), happened_at, happened_by, metric, operation, old, new.
    """
    return queries.frame(engine, _HISTORY, {"id": synergy_id, "limit": limit})
