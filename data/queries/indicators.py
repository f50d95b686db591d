"""How many companies take part, by region and year; the other indicators are sums of the balance and the flows."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.viewer import counting

# The years of a company in a region as bits of a number: reading each resource once is enough, however many years.
_COMPANIES = """
WITH told AS (
    SELECT r.site_id,
        greatest(extract(year FROM coalesce(r.source_date, r.created_at))::int, :first) - :first AS begins,
        least(coalesce(extract(year FROM r.expires_on)::int, :last), :last) - :first AS ends
    FROM shown_resource r WHERE r.deleted_at IS NULL AND r.visibility IN ('public', 'network')
),
years AS (
    SELECT s.region_code AS region, s.organisation_id AS company,
        bit_or(((1::bigint << (t.ends - t.begins + 1)) - 1) << t.begins) AS bits
    FROM told t
    JOIN shown_site s ON s.id = t.site_id AND s.deleted_at IS NULL
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    WHERE t.begins <= t.ends AND t.ends >= 0
    GROUP BY s.region_code, s.organisation_id
),
everywhere AS (
    SELECT region, company, bits FROM years
    UNION ALL SELECT '', company, bit_or(bits) FROM years GROUP BY company
)
SELECT e.region, y.year::int AS year, count(*)::int AS companies
FROM everywhere e JOIN unnest(CAST(:years AS int[])) AS y (year) ON (e.bits >> (y.year - :first)) & 1 = 1
GROUP BY e.region, y.year ORDER BY e.region, y.year
"""


def companies(engine: Engine, years: Sequence[int]) -> pd.DataFrame:
    """Count the companies with a resource at the end of each year, by region; empty: the whole country."""
    told = {"years": list(years), "first": min(years), "last": max(years)}
    with counting():
        return queries.frame(engine, _COMPANIES, told, large=True)
