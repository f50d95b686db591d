"""What ecosystems, missing processors and what-if views read: exchanges, and who and where their companies are."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import LIVE, POINT, VAGUE


def exchanges(engine: Engine) -> pd.DataFrame:
    """List the synergies that have not lapsed and whose sides can both be seen, by id.

    Columns: id, have_id, want_id, type, stage, year, score (None where it may not be known), tonnes, km, minutes,
    method, material and want_material (what each side is about, empty where nobody has read it), hazardous,
    from_company, from_site, from_region, to_company, to_site, to_region, demo.
    """
    statement = """
    SELECT y.id, y.have_id, y.want_id, h.type, y.stage, extract(year FROM y.created_at)::int AS year, y.score,
        y.tonnes_per_year AS tonnes, y.road_km AS km, y.road_minutes AS minutes, y.method,
        coalesce(t.concept, '') AS material, coalesce(u.concept, '') AS want_material, h.hazardous,
        hs.organisation_id AS from_company, hs.id AS from_site, hs.region_code AS from_region,
        ws.organisation_id AS to_company, ws.id AS to_site, ws.region_code AS to_region,
        y.demo OR h.demo OR w.demo AS demo
    FROM shown_synergy y
    JOIN shown_resource h ON h.id = y.have_id AND h.deleted_at IS NULL
    JOIN shown_resource w ON w.id = y.want_id AND w.deleted_at IS NULL
    JOIN shown_site hs ON hs.id = h.site_id AND hs.deleted_at IS NULL
    JOIN shown_site ws ON ws.id = w.site_id AND ws.deleted_at IS NULL
    LEFT JOIN resource_topic t ON t.resource_id = h.id
    LEFT JOIN resource_topic u ON u.resource_id = w.id
    WHERE y.deleted_at IS NULL AND y.stage <> 'lapsed' AND h.visibility <> 'private' AND w.visibility <> 'private'
    ORDER BY y.id
    """
    return frame(engine, statement, large=True)


def companies(engine: Engine, ids: Sequence[int]) -> pd.DataFrame:
    """Tell of companies what may be shown, by id.

    Columns: id, name (None where it is hidden), industry_code, demo.
    """
    statement = """
    SELECT o.id, CASE WHEN o.naming_consent THEN o.name END AS name, o.industry_code, o.demo
    FROM shown_organisation o WHERE o.deleted_at IS NULL AND o.id = ANY(:ids) ORDER BY o.id
    """
    return frame(engine, statement, {"ids": [int(one) for one in ids]})


def sites(engine: Engine) -> pd.DataFrame:
    """List the sites of resources that can be matched, by id, each where it may be shown.

    Columns: site_id, company, name (of the company, None where it is hidden), municipality, region, vague (only the
    municipality may be known), demo, easting_m, northing_m (EPSG:3067).
    """
    statement = f"""
    SELECT s.id AS site_id, min(s.organisation_id) AS company,
        min(CASE WHEN o.naming_consent THEN o.name END) AS name,
        min(s.municipality_code) AS municipality, min(s.region_code) AS region, bool_or({VAGUE}) AS vague,
        bool_or(o.demo) AS demo, min(point.easting_m) AS easting_m, min(point.northing_m) AS northing_m
    {LIVE.replace("WHERE", f"CROSS JOIN LATERAL (SELECT {POINT}) point WHERE")}
    GROUP BY s.id ORDER BY s.id
    """
    return frame(engine, statement, large=True)


def resources(engine: Engine, ids: Sequence[int]) -> pd.DataFrame:
    """Tell of resources, expired ones too, what a list shows: id, direction, type, title, site_id, tonnes, ewc_code."""
    statement = """
    SELECT r.id, r.direction, r.type, r.title, r.site_id, (r.tonnes_low + r.tonnes_high) / 2 AS tonnes, r.ewc_code
    FROM shown_resource r
    WHERE r.deleted_at IS NULL AND r.visibility <> 'private' AND r.id = ANY(:ids) ORDER BY r.id
    """
    return frame(engine, statement, {"ids": [int(one) for one in ids]})


def topics(engine: Engine) -> pd.DataFrame:
    """Tell of the resources that may be seen what each is about: resource_id, concept."""
    return frame(engine, "SELECT resource_id, concept FROM resource_topic WHERE concept <> ''", large=True)
