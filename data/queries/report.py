"""Reads of the yearly report that no other page asks: resources by channel, companies by status, occasions.

Resources and companies are counted as `overview.resources` counts them; what is new was first told in the year.
"""

import pandas as pd
from sqlalchemy import Engine

from data import queries, viewer
from data.queries.benefits import SURENESS
from data.queries.scope import Scope

_CHANNELS = """
WITH told AS MATERIALIZED (
    SELECT r.id, r.site_id, r.channel, r.demo, coalesce(r.source_date, r.created_at::date) AS told_on,
        r.expires_on IS NULL OR r.expires_on >= CAST(:begin AS date) AS stands
    FROM shown_resource r
    WHERE r.deleted_at IS NULL AND r.visibility IN ('public', 'network')
        AND coalesce(r.source_date, r.created_at::date) <= CAST(:end AS date)
), placed AS (
    SELECT t.*, s.region_code AS region, s.organisation_id AS company, t.told_on >= CAST(:begin AS date) AS new,
        min(t.told_on) OVER (PARTITION BY s.organisation_id) >= CAST(:begin AS date) AS new_company
    FROM told t
    JOIN shown_site s ON s.id = t.site_id AND s.deleted_at IS NULL
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
)
SELECT CASE WHEN grouping(region) = 0 THEN 'region' ELSE 'country' END AS kind, coalesce(region, '') AS code,
    coalesce(channel, '') AS channel, (count(*) FILTER (WHERE stands))::int AS resources,
    (count(*) FILTER (WHERE new))::int AS new_resources,
    (count(DISTINCT company) FILTER (WHERE stands))::int AS companies,
    (count(DISTINCT company) FILTER (WHERE new_company))::int AS new_companies,
    bool_or(demo) AS demo
FROM placed
GROUP BY GROUPING SETS ((), (channel), (region), (region, channel))
"""

# Somebody has said how far a company has come, as it stands today; others than coordinators see no status.
_ACTIVATION = """
SELECT CASE WHEN grouping(s.region_code) = 0 THEN 'region' ELSE 'country' END AS kind,
    coalesce(s.region_code, '') AS code, o.activation, count(DISTINCT o.id)::int AS companies
FROM shown_organisation o
LEFT JOIN shown_site s ON s.organisation_id = o.id AND s.deleted_at IS NULL
WHERE o.deleted_at IS NULL AND o.activation IS NOT NULL
GROUP BY GROUPING SETS ((o.activation), (s.region_code, o.activation))
HAVING grouping(s.region_code) = 1 OR s.region_code IS NOT NULL
"""

_EVENTS = """
SELECT kind, name, region_code AS code, place, (starts_at AT TIME ZONE 'Europe/Helsinki')::date AS held_on, demo
FROM event
WHERE deleted_at IS NULL AND (starts_at AT TIME ZONE 'Europe/Helsinki')::date
    BETWEEN CAST(:begin AS date) AND CAST(:end AS date)
ORDER BY starts_at, name, id
"""

# What the board shows its viewer and no sum of all coordinators counts: a side that not all of them may see.
_APART = """
SELECT coalesce(hs.region_code, '') AS code, count(*)::int AS synergies
FROM shown_synergy y
JOIN shown_resource h ON h.id = y.have_id
JOIN shown_resource w ON w.id = y.want_id
JOIN shown_site hs ON hs.id = h.site_id
WHERE y.deleted_at IS NULL AND y.stage <> 'lapsed'
    AND NOT (h.visibility IN ('public', 'network') AND w.visibility IN ('public', 'network'))
GROUP BY GROUPING SETS ((), (hs.region_code))
"""

# A report travels: a company is named by its own consent, also where the reader knows more.
_NAMED = """
WITH listed AS MATERIALIZED (SELECT * FROM unnest(CAST(:ids AS bigint[])) WITH ORDINALITY one (id, place))
SELECT y.id, h.title AS have, w.title AS want, CASE WHEN ho.naming_consent THEN ho.name END AS have_company,
    CASE WHEN wo.naming_consent THEN wo.name END AS want_company, hs.municipality_code AS from_municipality,
    ws.municipality_code AS to_municipality, y.tonnes_per_year AS tonnes, y.agreed,
    (SELECT (max(t.changed_at) AT TIME ZONE 'Europe/Helsinki')::date FROM synergy_history t
        WHERE t.synergy_id = y.id AND t.changed_at < CAST(:after AS date)) AS since,
    y.demo OR h.demo OR w.demo AS demo
FROM listed
JOIN shown_synergy y ON y.id = listed.id
JOIN shown_resource h ON h.id = y.have_id
JOIN shown_resource w ON w.id = y.want_id
JOIN shown_site hs ON hs.id = h.site_id
JOIN shown_site ws ON ws.id = w.site_id
LEFT JOIN shown_organisation ho ON ho.id = hs.organisation_id
LEFT JOIN shown_organisation wo ON wo.id = ws.organisation_id
ORDER BY listed.place
"""
_BROUGHT = f"""
WITH told AS (
    SELECT b.synergy_id, b.metric, b.basis, b.yearly, b.amount::numeric * b.attribution_percent::numeric / 100 AS due,
        rank() OVER (PARTITION BY b.synergy_id, b.metric, b.yearly
            ORDER BY b.year DESC, {SURENESS} DESC, CASE WHEN b.yearly THEN b.id END DESC) AS place
    FROM benefit b
    WHERE b.synergy_id = ANY(:ids) AND b.deleted_at IS NULL
        AND (b.yearly AND b.year <= :year OR NOT b.yearly AND b.year = :year)
)
SELECT synergy_id AS id, metric, basis, yearly, sum(due)::float AS amount FROM told WHERE place = 1
GROUP BY synergy_id, metric, basis, yearly ORDER BY synergy_id, yearly DESC, metric
"""  # noqa: S608 - our own words


def resources(engine: Engine, year: int) -> pd.DataFrame:
    """Count resources and companies of the country and its regions by channel; an empty channel is all of them."""
    with viewer.counting():
        return queries.frame(engine, _CHANNELS, Scope(year).values(), large=True)


def activation(engine: Engine) -> pd.DataFrame:
    """Count companies by how far they have come into the network, of the country and its regions."""
    return queries.frame(engine, _ACTIVATION)


def events(engine: Engine, year: int) -> pd.DataFrame:
    """List the workshops, visits and surveys that began in a year."""
    return queries.frame(engine, _EVENTS, {"begin": f"{year}-01-01", "end": f"{year}-12-31"})


def apart(engine: Engine) -> pd.DataFrame:
    """Count the synergies of today that the viewer sees on the board and no report counts, by region (empty: all)."""
    return queries.frame(engine, _APART)


def named(engine: Engine, ids: tuple[int, ...], year: int) -> pd.DataFrame:
    """Tell what synergies are, in the order given, as far as the viewer may know; names by consent alone.

    Columns: id, have, want, have_company, want_company, from_municipality, to_municipality, tonnes, agreed, since (the
    day on which the stage of the year's end was reached, where the viewer may see the history), demo.
    """
    return queries.frame(engine, _NAMED, {"ids": list(ids), "after": f"{year + 1}-01-01"}, large=True)


def brought(engine: Engine, ids: tuple[int, ...], year: int) -> pd.DataFrame:
    """List what synergies have brought as it stood in a year, by the rules of the sums, as far as the viewer may know.

    Columns: id, metric, basis, yearly, amount (the share that coordination is due).
    """
    return queries.frame(engine, _BROUGHT, {"ids": list(ids), "year": year}, large=True)
