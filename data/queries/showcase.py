"""Completed synergies that both parties have agreed to show: what the public is told, and what could be shown."""

import pandas as pd
from sqlalchemy import Engine

from data import queries

# A distance between two exact places would give away a place of which only the municipality may be known.
_CARDS = """
SELECT y.id, h.title AS have_title, w.title AS want_title, h.type,
    CASE WHEN ho.naming_consent THEN ho.name END AS have_company,
    CASE WHEN wo.naming_consent THEN wo.name END AS want_company,
    hs.municipality_code AS from_municipality, ws.municipality_code AS to_municipality,
    hs.region_code AS from_region, ws.region_code AS to_region, y.tonnes_per_year, y.agreed,
    CASE WHEN hs.visibility = 'exact' AND ws.visibility = 'exact' AND y.method <> 'none' THEN y.road_km END AS road_km,
    y.method, (y.demo OR h.demo OR w.demo) AS demo
FROM shown_synergy y
JOIN shown_resource h ON h.id = y.have_id AND h.visibility = 'public' AND h.deleted_at IS NULL
JOIN shown_resource w ON w.id = y.want_id AND w.visibility = 'public' AND w.deleted_at IS NULL
JOIN shown_site hs ON hs.id = h.site_id AND hs.deleted_at IS NULL
JOIN shown_site ws ON ws.id = w.site_id AND ws.deleted_at IS NULL
JOIN shown_organisation ho ON ho.id = hs.organisation_id AND ho.deleted_at IS NULL
JOIN shown_organisation wo ON wo.id = ws.organisation_id AND wo.deleted_at IS NULL
WHERE y.stage = 'completed' AND y.showcase_consent AND y.deleted_at IS NULL
ORDER BY y.tonnes_per_year DESC NULLS LAST, y.id
"""
# A yearly figure stands until a newer one; of two of one year the surer one.
_BENEFITS = """
SELECT DISTINCT ON (b.synergy_id, b.metric, b.yearly) b.synergy_id, b.metric, b.amount, b.basis, b.year::int AS year,
    b.yearly
FROM benefit b
JOIN shown_synergy y ON y.id = b.synergy_id AND y.stage = 'completed' AND y.showcase_consent AND y.deleted_at IS NULL
WHERE b.deleted_at IS NULL
ORDER BY b.synergy_id, b.metric, b.yearly, b.year DESC,
    array_position(ARRAY['verified', 'declared', 'estimated'], b.basis), b.id DESC
"""
_CHOICES = """
SELECT y.id, y.version, y.showcase_consent AS released, h.title AS have_title, w.title AS want_title,
    ho.name AS have_company, wo.name AS want_company, hs.region_code AS region, ws.region_code AS to_region,
    h.visibility = 'public' AND h.deleted_at IS NULL AS have_public,
    w.visibility = 'public' AND w.deleted_at IS NULL AS want_public,
    viewer_in('national') OR (viewer_in('regional') AND works_on(y.id)) AS mine, (y.demo OR h.demo OR w.demo) AS demo
FROM shown_synergy y
JOIN shown_resource h ON h.id = y.have_id
JOIN shown_resource w ON w.id = y.want_id
JOIN shown_site hs ON hs.id = h.site_id
JOIN shown_site ws ON ws.id = w.site_id
JOIN shown_organisation ho ON ho.id = hs.organisation_id
JOIN shown_organisation wo ON wo.id = ws.organisation_id
WHERE y.stage = 'completed' AND y.deleted_at IS NULL
ORDER BY (y.showcase_consent AND h.visibility = 'public' AND w.visibility = 'public') DESC,
    (h.visibility = 'public' AND w.visibility = 'public') DESC, y.showcase_consent DESC, y.updated_at DESC, y.id
"""


def cards(engine: Engine) -> pd.DataFrame:
    """List the released synergies, the largest first, with no more of each party than the public may know."""
    return queries.frame(engine, _CARDS)


def benefits(engine: Engine) -> pd.DataFrame:
    """List what came of the released synergies: one figure a synergy, metric and recurrence, as it was told."""
    return queries.frame(engine, _BENEFITS)


def choices(engine: Engine) -> pd.DataFrame:
    """List the completed synergies that the viewer sees, those shown first; `mine` are the viewer's to release."""
    return queries.frame(engine, _CHOICES)
