"""What the page of nearby partners asks: which resource, who the partners are, what has come of them already."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import LIVE, POINT, VAGUE, containing
from data.store import lifecycle

_AMOUNT = "r.quantity_low, r.quantity_high, r.unit, r.tonnes_low, r.tonnes_high, r.tonnes_basis, r.continuity"


def choices(engine: Engine, search: str, limit: int) -> pd.DataFrame:
    """List resources to choose from, offers first, by title; those in whose title or place all words are found.

    Columns: id, direction, title, the amount's columns, municipality_code.
    """
    statement = f"""
    SELECT r.id, r.direction, r.title, {_AMOUNT}, s.municipality_code
    {LIVE} AND concat_ws(' ', r.title, m.fi, m.sv) ILIKE ALL(CAST(:patterns AS text[]))
    ORDER BY r.direction, r.title COLLATE "fi-x-icu", r.id LIMIT :limit
    """
    return frame(engine, statement, {"patterns": [containing(word) for word in search.split()], "limit": limit})


def companies(engine: Engine, search: str, limit: int) -> pd.DataFrame:
    """List companies that have or need what can be matched, by name: id, name, haves, wants.

    Those whose name is not to be told are left out.
    """
    statement = f"""
    SELECT o.id, o.name, count(*) FILTER (WHERE r.direction = 'have') AS haves,
        count(*) FILTER (WHERE r.direction = 'want') AS wants
    {LIVE} AND o.naming_consent AND o.name IS NOT NULL AND o.name ILIKE ALL(CAST(:patterns AS text[]))
    GROUP BY o.id, o.name ORDER BY o.name COLLATE "fi-x-icu", o.id LIMIT :limit
    """
    return frame(engine, statement, {"patterns": [containing(word) for word in search.split()], "limit": limit})


def resources_of(engine: Engine, organisation_id: int) -> list[int]:
    """List what a company has and needs that can be matched, by id; nothing of one whose name may not be known.

    What belongs together would tell of a hidden company more than any of its resources does.
    """
    statement = f"SELECT r.id {LIVE} AND o.id = :id AND o.name IS NOT NULL ORDER BY r.id"
    return [int(one) for one in frame(engine, statement, {"id": organisation_id})["id"]]


def facts(engine: Engine, ids: Sequence[int]) -> pd.DataFrame:
    """Tell of some resources what a partner list shows, as it may be shown: no name without consent, no hidden point.

    Columns: id, direction, type, title, the amount's columns, ewc_code, hazardous, demo, organisation (None where the
    name is hidden), site_id, municipality_code, region_code, vague (only the municipality may be known), easting_m,
    northing_m (EPSG:3067).
    """
    statement = f"""
    SELECT r.id, r.direction, r.type, r.title, {_AMOUNT}, r.ewc_code, r.hazardous, r.demo OR o.demo AS demo,
        CASE WHEN o.naming_consent THEN o.name END AS organisation, r.site_id, s.municipality_code, s.region_code,
        {VAGUE} AS vague,
        {POINT}
    {LIVE} AND r.id = ANY(:ids)
    ORDER BY r.id
    """
    return frame(engine, statement, {"ids": [int(one) for one in ids]})


def synergies(engine: Engine, resource_id: int) -> pd.DataFrame:
    """Tell which pairs of a resource somebody has decided on: partner_id, synergy_id, stage, owner, lapse_reason.

    What the program itself has let lapse nobody has decided.
    """
    statement = """
    SELECT CASE WHEN y.have_id = :id THEN y.want_id ELSE y.have_id END AS partner_id, y.id AS synergy_id,
        y.stage, y.owner, y.lapse_reason
    FROM shown_synergy y
    WHERE y.deleted_at IS NULL AND y.stage <> 'identified' AND (y.have_id = :id OR y.want_id = :id) AND NOT (
        y.stage = 'lapsed' AND coalesce((
            SELECT h.changed_by FROM synergy_history h WHERE h.synergy_id = y.id ORDER BY h.id DESC LIMIT 1
        ) = ANY(:automatic), false)
    )
    ORDER BY partner_id
    """
    return frame(engine, statement, {"id": resource_id, "automatic": lifecycle.automatic()})


def completed(engine: Engine) -> pd.DataFrame:
    """List the pairs whose synergy is completed: have_id, want_id."""
    statement = """
    SELECT have_id, want_id FROM shown_synergy WHERE deleted_at IS NULL AND stage = 'completed' ORDER BY id
    """
    return frame(engine, statement)
