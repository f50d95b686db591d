"""Reads of the overview: resources by place, sites, search; synergies and benefits have modules of their own.

Counting rules of all three: a resource counts from the year it was told to the year it expires; a synergy belongs to
the region of the resource offered, and lapsed ones are not counted; a yearly benefit counts from the year it was
recorded, one figure a synergy and metric; one-off quantities are never added to yearly ones. Only what every
coordinator may see is counted, so that no sum betrays a private row.
"""

import pandas as pd
from sqlalchemy import Engine

from data import queries, viewer
from data.queries.scope import Scope, containing
from geo import crs

# One row a site first: 500,000 resources become 70,000 rows before the distinct companies are counted.
_RESOURCES = """
WITH told AS MATERIALIZED (
    SELECT r.site_id, count(*) AS resources, bool_or(r.demo) AS demo,
        sum(coalesce(y.tonnes, (r.tonnes_low + r.tonnes_high) / 2))
            FILTER (WHERE r.direction = 'have' AND r.continuity = 'continuous') AS have_tonnes,
        sum(coalesce(y.tonnes, (r.tonnes_low + r.tonnes_high) / 2))
            FILTER (WHERE r.direction = 'want' AND r.continuity = 'continuous') AS want_tonnes
    FROM shown_resource r
    LEFT JOIN (
        SELECT DISTINCT ON (resource_id) resource_id, tonnes FROM resource_year WHERE year <= :year
        ORDER BY resource_id, year DESC
    ) y ON y.resource_id = r.id
    WHERE r.deleted_at IS NULL AND r.visibility IN ('public', 'network')
        AND coalesce(r.source_date, r.created_at::date) <= CAST(:end AS date)
        AND (r.expires_on IS NULL OR r.expires_on >= CAST(:begin AS date))
        AND (:all_types OR r.type = ANY(:types)) AND (:direction = '' OR r.direction = :direction)
    GROUP BY r.site_id
)
SELECT CASE WHEN grouping(s.region_code) = 0 THEN 'region' WHEN grouping(s.municipality_code) = 0 THEN 'municipality'
        ELSE 'country' END AS kind,
    coalesce(s.region_code, s.municipality_code, '') AS code,
    coalesce(sum(t.resources), 0)::int AS resources, count(*)::int AS sites,
    count(DISTINCT s.organisation_id)::int AS companies,
    coalesce(sum(t.have_tonnes), 0) AS have_tonnes, coalesce(sum(t.want_tonnes), 0) AS want_tonnes,
    coalesce(bool_or(t.demo), false) AS demo
FROM told t
JOIN shown_site s ON s.id = t.site_id AND s.deleted_at IS NULL
JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
GROUP BY GROUPING SETS ((), (s.region_code), (s.municipality_code))
"""

_FIRST_YEAR = """
SELECT least(
    (SELECT extract(year FROM min(coalesce(source_date, created_at::date)))::int FROM shown_resource
     WHERE deleted_at IS NULL),
    (SELECT extract(year FROM min(created_at))::int FROM shown_synergy WHERE deleted_at IS NULL)
) AS year
"""

# A company that has not agreed to be named is in the answer without its name.
_SEARCH = """
(SELECT 'municipality' AS kind, m.code AS id, m.code AS municipality, m.region_code AS region, NULL::text AS name
 FROM municipality m WHERE m.fi ILIKE :like OR m.sv ILIKE :like OR m.en ILIKE :like
 ORDER BY least(length(m.fi), length(m.sv)), m.fi LIMIT :most)
UNION ALL
(SELECT 'site', s.id::text, s.municipality_code, s.region_code, o.name
 FROM shown_organisation o JOIN shown_site s ON s.organisation_id = o.id AND s.deleted_at IS NULL
 WHERE o.deleted_at IS NULL AND o.naming_consent AND (o.name ILIKE :like OR o.business_id = :words)
 ORDER BY length(o.name), o.name, s.id LIMIT :most)
"""


_SITES = """
WITH told AS MATERIALIZED (
    SELECT r.site_id, count(*)::int AS resources, mode() WITHIN GROUP (ORDER BY r.type) AS type
    FROM shown_resource r
    WHERE r.deleted_at IS NULL AND r.visibility IN ('public', 'network')
        AND coalesce(r.source_date, r.created_at::date) <= CAST(:end AS date)
        AND (r.expires_on IS NULL OR r.expires_on >= CAST(:begin AS date))
        AND (:all_types OR r.type = ANY(:types)) AND (:direction = '' OR r.direction = :direction)
        AND (:site = 0 OR r.site_id = :site)
    GROUP BY r.site_id
)
SELECT s.id, s.organisation_id AS organisation, CASE WHEN o.naming_consent THEN o.name ELSE '' END AS name,
    s.municipality_code AS municipality, s.region_code AS region, t.type, t.resources,
    (s.visibility = 'municipality' OR s.precision = 'municipality') AS municipality_only, s.demo,
    ST_X(CASE WHEN s.visibility = 'municipality' THEN m.point ELSE s.point END) AS easting_m,
    ST_Y(CASE WHEN s.visibility = 'municipality' THEN m.point ELSE s.point END) AS northing_m
FROM told t
JOIN shown_site s ON s.id = t.site_id AND s.deleted_at IS NULL
JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
JOIN municipality m ON m.code = s.municipality_code
WHERE (:region = '' OR s.region_code = :region) AND (:site = 0 OR s.id = :site)
ORDER BY t.resources DESC, s.id LIMIT :most
"""


def resources(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Count resources, sites, companies and t/a of the country, its regions and municipalities.

    Others than coordinators count what they see; planners are told sums of the rest by the balance alone, for sums by
    type beside sums by material could be subtracted from each other.
    """
    with viewer.counting():
        return queries.frame(engine, _RESOURCES, scope.values(), large=True)


def first_year(engine: Engine) -> int | None:
    """Tell the year of the oldest resource or synergy; None while there are none."""
    found = queries.frame(engine, _FIRST_YEAR)["year"].iloc[0]
    return None if pd.isna(found) else int(found)


def search(engine: Engine, words: str, most: int = 6) -> pd.DataFrame:
    """Find municipalities and named companies by a part of their name, or a company by its business ID."""
    return queries.frame(engine, _SEARCH, {"like": containing(words), "words": words, "most": most})


def sites(engine: Engine, scope: Scope, region: str = "", most: int = 1_000_000, site_id: int = 0) -> pd.DataFrame:
    """List sites with their most common type, those with the most resources first.

    A company that has not agreed to be named has an empty name here, and a site that shows only its municipality has
    the municipality's point: what isn't in the answer can't leak from a page. With `site_id` only that one.
    """
    values = {**scope.values(), "region": region, "most": most, "site": site_id}
    found = queries.frame(engine, _SITES, values, large=True)
    lon, lat = crs.to_wgs84(found.pop("easting_m").astype(float), found.pop("northing_m").astype(float))
    return found.assign(lon=lon.round(5), lat=lat.round(5))


def any_synergy(engine: Engine) -> bool:
    """Tell whether any synergy is not lapsed."""
    statement = "SELECT EXISTS (SELECT FROM shown_synergy WHERE deleted_at IS NULL AND stage <> 'lapsed') AS there"
    return bool(queries.frame(engine, statement)["there"].iloc[0])
