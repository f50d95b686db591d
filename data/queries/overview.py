"""Reads of the overview: how much there is of what, where, and what flows between regions.

Counting rules: a resource counts from the year it was told to the year it expires; a synergy belongs to the region
of the resource offered, and lapsed ones are not counted; a yearly benefit counts from the year it was recorded, one
figure a synergy and metric; one-off quantities are never added to yearly ones. Only what every coordinator may see
is counted, so that no sum betrays a private row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Engine

from data import queries
from geo import crs


@dataclass(frozen=True)
class Scope:
    """Say what is counted: the situation of a year, of some types (none: all) and perhaps one direction."""

    year: int
    types: tuple[str, ...] = ()
    direction: str = ""

    def values(self) -> Mapping[str, object]:
        """Give the parameters of the statements below."""
        return {
            "year": self.year,
            "begin": f"{self.year}-01-01",
            "end": f"{self.year}-12-31",
            "after": f"{self.year + 1}-01-01",
            "past": self.year < datetime.now(UTC).year,
            "all_types": not self.types,
            "types": list(self.types),
            "direction": self.direction,
        }


# One row a site first: 500,000 resources become 70,000 rows before the distinct companies are counted.
_RESOURCES = """
WITH told AS MATERIALIZED (
    SELECT r.site_id, count(*) AS resources, bool_or(r.demo) AS demo,
        sum(coalesce(y.tonnes, (r.tonnes_low + r.tonnes_high) / 2))
            FILTER (WHERE r.direction = 'have' AND r.continuity = 'continuous') AS have_tonnes,
        sum(coalesce(y.tonnes, (r.tonnes_low + r.tonnes_high) / 2))
            FILTER (WHERE r.direction = 'want' AND r.continuity = 'continuous') AS want_tonnes
    FROM resource r
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
JOIN site s ON s.id = t.site_id AND s.deleted_at IS NULL
JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
GROUP BY GROUPING SETS ((), (s.region_code), (s.municipality_code))
"""

# The joins are made once; regions, municipalities, flows and stages are counted from their result.
# `few`: fewer than three companies. All ids x are the lowest or the highest exactly when the sum of
# (x - lowest)(highest - x) is 0, and that sum needs no sorting, which counting distinct ids would.
_SYNERGIES = """
WITH earlier AS (
    SELECT DISTINCT ON (synergy_id) synergy_id, to_stage FROM synergy_history
    WHERE :past AND changed_at < CAST(:after AS date) ORDER BY synergy_id, changed_at DESC
), staged AS (
    SELECT s.*, coalesce(t.to_stage, s.stage) AS stage_then FROM synergy s LEFT JOIN earlier t ON t.synergy_id = s.id
    WHERE s.deleted_at IS NULL AND s.created_at < CAST(:after AS date)
), told AS MATERIALIZED (
    SELECT s.stage_then AS stage, coalesce(s.tonnes_per_year, 0) AS tonnes, s.road_km AS km, s.method,
        s.demo OR h.demo OR w.demo AS demo,
        hs.region_code AS from_region, hs.municipality_code AS from_municipality, hs.organisation_id AS from_company,
        ws.region_code AS to_region, ws.municipality_code AS to_municipality, ws.organisation_id AS to_company
    FROM staged s
    JOIN resource h ON h.id = s.have_id AND h.visibility IN ('public', 'network')
    JOIN resource w ON w.id = s.want_id AND w.visibility IN ('public', 'network')
    JOIN site hs ON hs.id = h.site_id
    JOIN site ws ON ws.id = w.site_id
    WHERE s.stage_then <> 'lapsed' AND (:all_types OR h.type = ANY(:types))
)
SELECT CASE WHEN grouping(from_region) = 0 THEN 'region' WHEN grouping(from_municipality) = 0 THEN 'municipality'
        ELSE 'country' END AS kind,
    coalesce(from_region, from_municipality, '') AS source, '' AS target, count(*)::int AS synergies,
    count(*) FILTER (WHERE stage = 'identified')::int AS identified,
    count(*) FILTER (WHERE stage NOT IN ('identified', 'completed'))::int AS advanced,
    count(*) FILTER (WHERE stage = 'completed')::int AS completed,
    count(*) FILTER (WHERE from_region <> to_region)::int AS crossing,
    sum(tonnes) AS tonnes,
    coalesce(CASE WHEN grouping(from_municipality) = 0
        THEN sum(tonnes) FILTER (WHERE from_municipality = to_municipality)
        ELSE sum(tonnes) FILTER (WHERE from_region = to_region) END, 0) AS inside_tonnes,
    NULL::float AS identified_tonnes, NULL::float AS advanced_tonnes, NULL::float AS completed_tonnes,
    NULL::float AS km, NULL::float AS estimated_km,
    -sum(from_company * from_company + to_company * to_company)
        + (min(least(from_company, to_company)) + max(greatest(from_company, to_company)))
            * sum(from_company + to_company)
        - 2 * count(*) * min(least(from_company, to_company)) * max(greatest(from_company, to_company)) = 0 AS few,
    bool_or(demo) AS demo
FROM told GROUP BY GROUPING SETS ((), (from_region), (from_municipality)) HAVING count(*) > 0
UNION ALL
SELECT CASE WHEN grouping(to_region) = 0 THEN 'into_region' ELSE 'into_municipality' END,
    coalesce(to_region, to_municipality), '', count(*)::int, 0, 0, 0, 0, sum(tonnes), 0, NULL, NULL, NULL, NULL, NULL,
    false, bool_or(demo)
FROM told WHERE from_municipality <> to_municipality
GROUP BY GROUPING SETS ((to_region, from_region = to_region), (to_municipality))
HAVING grouping(to_region) = 1 OR NOT (from_region = to_region)
UNION ALL
SELECT 'flow', from_region, to_region, count(*)::int, count(*) FILTER (WHERE stage = 'identified')::int,
    count(*) FILTER (WHERE stage NOT IN ('identified', 'completed'))::int,
    count(*) FILTER (WHERE stage = 'completed')::int, count(*)::int, sum(tonnes), 0,
    coalesce(sum(tonnes) FILTER (WHERE stage = 'identified'), 0),
    coalesce(sum(tonnes) FILTER (WHERE stage NOT IN ('identified', 'completed')), 0),
    coalesce(sum(tonnes) FILTER (WHERE stage = 'completed'), 0),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY km) FILTER (WHERE method IN ('road', 'road+ferry')),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY km) FILTER (WHERE method = 'estimate'),
    -sum(from_company * from_company + to_company * to_company)
        + (min(least(from_company, to_company)) + max(greatest(from_company, to_company)))
            * sum(from_company + to_company)
        - 2 * count(*) * min(least(from_company, to_company)) * max(greatest(from_company, to_company)) = 0,
    bool_or(demo)
FROM told WHERE from_region <> to_region GROUP BY from_region, to_region
UNION ALL
SELECT 'stage', coalesce(from_region, ''), stage, count(*)::int, 0, 0, 0, 0, sum(tonnes), 0,
    NULL, NULL, NULL, NULL, NULL,
    -sum(from_company * from_company + to_company * to_company)
        + (min(least(from_company, to_company)) + max(greatest(from_company, to_company)))
            * sum(from_company + to_company)
        - 2 * count(*) * min(least(from_company, to_company)) * max(greatest(from_company, to_company)) = 0,
    bool_or(demo)
FROM told GROUP BY GROUPING SETS ((stage), (from_region, stage))
"""

_BENEFITS = """
WITH told AS MATERIALIZED (
    SELECT b.metric, b.basis, b.amount * b.attribution_percent / 100 AS amount, b.demo OR s.demo AS demo,
        site.region_code, site.municipality_code, site.organisation_id, b.year < :year AS before,
        row_number() OVER (PARTITION BY b.synergy_id, b.metric ORDER BY b.year DESC) AS nth,
        row_number() OVER (PARTITION BY b.synergy_id, b.metric, b.year < :year ORDER BY b.year DESC) AS nth_before
    FROM benefit b
    JOIN synergy s ON s.id = b.synergy_id AND s.deleted_at IS NULL AND s.stage = 'completed'
    JOIN resource h ON h.id = s.have_id AND h.visibility IN ('public', 'network')
    JOIN resource w ON w.id = s.want_id AND w.visibility IN ('public', 'network')
    JOIN site ON site.id = h.site_id
    WHERE b.deleted_at IS NULL AND b.yearly AND b.year <= :year AND (:all_types OR h.type = ANY(:types))
)
SELECT CASE WHEN grouping(region_code) = 0 THEN 'region' WHEN grouping(municipality_code) = 0 THEN 'municipality'
        ELSE 'country' END AS kind,
    coalesce(region_code, municipality_code, '') AS code, metric,
    coalesce(sum(amount) FILTER (WHERE nth = 1), 0) AS amount,
    coalesce(sum(amount) FILTER (WHERE before AND nth_before = 1), 0) AS before,
    count(*) FILTER (WHERE nth = 1)::int AS figures,
    count(*) FILTER (WHERE nth = 1 AND basis = 'verified')::int AS verified,
    count(DISTINCT organisation_id)::int AS companies, bool_or(demo) AS demo
FROM told GROUP BY GROUPING SETS ((metric), (region_code, metric), (municipality_code, metric))
"""

_FIRST_YEAR = """
SELECT least(
    (SELECT extract(year FROM min(coalesce(source_date, created_at::date)))::int FROM resource
     WHERE deleted_at IS NULL),
    (SELECT extract(year FROM min(created_at))::int FROM synergy WHERE deleted_at IS NULL)
) AS year
"""

# A company that has not agreed to be named is in the answer without its name.
_SEARCH = """
(SELECT 'municipality' AS kind, m.code AS id, m.code AS municipality, m.region_code AS region, NULL::text AS name
 FROM municipality m WHERE m.fi ILIKE :like OR m.sv ILIKE :like OR m.en ILIKE :like
 ORDER BY least(length(m.fi), length(m.sv)), m.fi LIMIT :most)
UNION ALL
(SELECT 'site', s.id::text, s.municipality_code, s.region_code, o.name
 FROM organisation o JOIN site s ON s.organisation_id = o.id AND s.deleted_at IS NULL
 WHERE o.deleted_at IS NULL AND o.naming_consent AND (o.name ILIKE :like OR o.business_id = :words)
 ORDER BY length(o.name), o.name, s.id LIMIT :most)
"""


_SITES = """
WITH told AS MATERIALIZED (
    SELECT r.site_id, count(*)::int AS resources, mode() WITHIN GROUP (ORDER BY r.type) AS type
    FROM resource r
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
JOIN site s ON s.id = t.site_id AND s.deleted_at IS NULL
JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
JOIN municipality m ON m.code = s.municipality_code
WHERE (:region = '' OR s.region_code = :region) AND (:site = 0 OR s.id = :site)
ORDER BY t.resources DESC, s.id LIMIT :most
"""


def resources(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Count resources, sites, companies and t/a of the country, its regions and municipalities."""
    return queries.frame(engine, _RESOURCES, scope.values(), large=True)


def synergies(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Count synergies of the country, its regions and municipalities, of the flows between regions, and by stage.

    `kind` tells what a row is: country, region, municipality (`source` offers), into_region, into_municipality
    (what comes in from elsewhere), flow (from `source` to `target`), stage (`target`, of the country or a region).
    """
    return queries.frame(engine, _SYNERGIES, scope.values(), large=True)


def benefits(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Sum the yearly benefits by metric as they stand in the year, and as they stood the year before."""
    return queries.frame(engine, _BENEFITS, scope.values(), large=True)


def first_year(engine: Engine) -> int | None:
    """Tell the year of the oldest resource or synergy; None while there are none."""
    found = queries.frame(engine, _FIRST_YEAR)["year"].iloc[0]
    return None if pd.isna(found) else int(found)


def search(engine: Engine, words: str, most: int = 6) -> pd.DataFrame:
    """Find municipalities and named companies by a part of their name, or a company by its business ID."""
    safe = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return queries.frame(engine, _SEARCH, {"like": f"%{safe}%", "words": words, "most": most})


def sites(engine: Engine, scope: Scope, region: str = "", most: int = 1_000_000, site_id: int = 0) -> pd.DataFrame:
    """List sites with their most common type, those with the most resources first.

    A company that has not agreed to be named has an empty name here, and a site that shows only its municipality has the
    municipality's point: what isn't in the answer can't leak from a page. With `site_id` only that one.
    """
    values = {**scope.values(), "region": region, "most": most, "site": site_id}
    found = queries.frame(engine, _SITES, values, large=True)
    lon, lat = crs.to_wgs84(found.pop("easting_m").astype(float), found.pop("northing_m").astype(float))
    return found.assign(lon=lon.round(5), lat=lat.round(5))


def any_synergy(engine: Engine) -> bool:
    """Tell whether any synergy is not lapsed."""
    statement = "SELECT EXISTS (SELECT FROM synergy WHERE deleted_at IS NULL AND stage <> 'lapsed') AS there"
    return bool(queries.frame(engine, statement)["there"].iloc[0])
