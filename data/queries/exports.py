"""What leaves the store as files: every site with its company, and every resource with both."""

import pandas as pd
from sqlalchemy import Connection, Engine, text

from data.store import refusals

# A site that shows its municipality only leaves as that: its exact point and address stay in the store.
_PLACE = """
    o.name AS organisation, o.business_id, o.naming_consent, o.other_names, o.industry_code,
    o.kind AS organisation_kind,
    o.activation, coalesce(o.source_key, 'app:organisation:' || o.id) AS organisation_key,
    s.name AS site, s.visibility AS site_visibility, s.demo, s.channel,
    CASE WHEN s.visibility = 'exact' THEN s.precision ELSE 'municipality' END AS precision,
    CASE WHEN s.visibility = 'exact' THEN s.address ELSE '' END AS address,
    CASE WHEN s.visibility = 'exact' THEN s.postal_code END AS postal_code,
    s.postal_place, s.municipality_code, s.region_code, coalesce(s.source_key, 'app:site:' || s.id) AS site_key,
    ST_X(CASE WHEN s.visibility = 'exact' THEN s.point ELSE m.point END) AS easting,
    ST_Y(CASE WHEN s.visibility = 'exact' THEN s.point ELSE m.point END) AS northing
"""
_FROM = """
    FROM shown_site s JOIN shown_organisation o ON o.id = s.organisation_id
    JOIN municipality m ON m.code = s.municipality_code
"""
_WHERE = """
    WHERE s.deleted_at IS NULL AND o.deleted_at IS NULL
    AND (CAST(:region AS text) IS NULL OR s.region_code = :region)
"""


def table(engine: Engine, region: str | None = None) -> pd.DataFrame:
    """Give a row for each resource, and one for each site that has none, with the fields of the import template."""
    query = f"""
        SELECT {_PLACE}, r.direction, r.type, r.title, r.description, r.language, r.concepts, r.ewc_code, r.hazardous,
            r.quantity_low, r.quantity_high, r.unit, r.tonnes_low, r.tonnes_high, r.tonnes_basis, r.continuity,
            r.available_from, r.available_to, r.expires_on, r.season_months, r.attributes, r.visibility,
            coalesce(r.channel, s.channel) AS resource_channel, coalesce(r.source_date, s.source_date) AS source_date,
            CASE WHEN r.id IS NOT NULL THEN coalesce(r.source_key, 'app:resource:' || r.id) END AS resource_key
        {_FROM} LEFT JOIN shown_resource r ON r.site_id = s.id AND r.deleted_at IS NULL
        {_WHERE} ORDER BY o.name, s.id, r.id
    """
    with refusals(), engine.connect() as connection:
        return _frame(connection, query, region)


def sites(engine: Engine, region: str | None = None) -> pd.DataFrame:
    """Give a row for each site, with the number of its offers and needs and the tonnes it offers a year."""
    query = f"""
        SELECT {_PLACE}, m.fi AS municipality, coalesce(r.haves, 0) AS haves, coalesce(r.wants, 0) AS wants,
            r.tonnes_per_year
        {_FROM} LEFT JOIN (
            SELECT site_id, count(*) FILTER (WHERE direction = 'have') AS haves,
                count(*) FILTER (WHERE direction = 'want') AS wants,
                sum(tonnes_high) FILTER (WHERE direction = 'have' AND continuity = 'continuous') AS tonnes_per_year
            FROM shown_resource WHERE deleted_at IS NULL GROUP BY site_id
        ) r ON r.site_id = s.id
        {_WHERE} ORDER BY o.name, s.id
    """  # noqa: S608 - our own text
    with refusals(), engine.connect() as connection:
        return _frame(connection, query, region)


def _frame(connection: Connection, query: str, region: str | None) -> pd.DataFrame:
    result = connection.execute(text(query), {"region": region})
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()), dtype=object)
