"""Benefits: their sums for reports and the board, and for the overview, where they are read once and summed in memory.

What holds for both: a yearly figure stands until a newer one of the same synergy and metric; of two of one year the
surer one stands. They are of completed synergies whose sides all coordinators may see, and belong to the region of the
resource offered. One-off figures belong to their year and are never added to yearly ones.
"""

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.model import Basis, Stage
from data.queries.scope import Scope
from data.queries.synergies import Facts
from data.viewer import counting

SURENESS = "array_position(ARRAY['estimated', 'declared', 'verified'], basis)"
_BENEFITS = f"""
SELECT synergy_id AS id, metric, amount * attribution_percent / 100 AS amount, basis, year::int AS year,
    demo AS told_demo
FROM benefit WHERE deleted_at IS NULL AND yearly ORDER BY year, {SURENESS}, id
"""  # noqa: S608 - our own words
# In exact numbers, so that the sums of the regions add up to the country's to the last digit. Completed synergies are
# joined with their sides once for all years and places. They are few of all, so each looks its sides up (OFFSET 0 keeps
# the planner from reading all resources for them, which took twice as long). Of yearly figures the newest and then the
# surest stands, of one-off ones all of the surest basis.
_COUNTED = "AND r.visibility IN ('public', 'network') OFFSET 0"
_SUMS = f"""
WITH completed AS MATERIALIZED (
    SELECT y.id, y.have_id, y.want_id, y.demo FROM shown_synergy y WHERE y.stage = 'completed' AND y.deleted_at IS NULL
), done AS MATERIALIZED (
    SELECT c.id, hs.region_code, c.demo OR h.demo OR w.demo AS demo
    FROM completed c
    CROSS JOIN LATERAL (SELECT r.site_id, r.demo FROM shown_resource r WHERE r.id = c.have_id {_COUNTED}) h
    CROSS JOIN LATERAL (SELECT r.site_id, r.demo FROM shown_resource r WHERE r.id = c.want_id {_COUNTED}) w
    CROSS JOIN LATERAL (SELECT s.region_code FROM shown_site s WHERE s.id = h.site_id OFFSET 0) hs
    CROSS JOIN LATERAL (SELECT s.id FROM shown_site s WHERE s.id = w.site_id OFFSET 0) ws
), told AS (
    SELECT t.year, b.metric, b.yearly, b.basis, b.amount::numeric AS whole, b.attribution_percent::numeric AS share,
        d.region_code, b.demo OR d.demo AS demo,
        rank() OVER (PARTITION BY t.year, b.synergy_id, b.metric, b.yearly
            ORDER BY b.year DESC, {SURENESS} DESC, CASE WHEN b.yearly THEN b.id END DESC) AS place
    FROM benefit b JOIN done d ON d.id = b.synergy_id CROSS JOIN unnest(CAST(:years AS int[])) t (year)
    WHERE b.deleted_at IS NULL AND (b.yearly AND b.year <= t.year OR NOT b.yearly AND b.year = t.year)
)
SELECT year, CASE WHEN grouping(region_code) = 0 THEN region_code ELSE '' END AS region_code, metric, basis, yearly,
    sum(whole * share / 100)::float AS amount, sum(whole)::float AS whole,
    (sum(whole * share) / nullif(sum(whole), 0))::float AS attribution_percent, count(*)::int AS figures,
    bool_or(demo) AS demo
FROM told WHERE place = 1
GROUP BY GROUPING SETS ((year, metric, basis, yearly), (year, region_code, metric, basis, yearly))
ORDER BY year, 2, metric, basis, yearly
"""  # noqa: S608 - our own words
_PLACES = {"region": "from_region", "municipality": "from_municipality"}
_COLUMNS = ["kind", "code", "metric", "amount", "before", "figures", "verified", "companies", "demo"]


def facts(engine: Engine) -> pd.DataFrame:
    """Read every yearly benefit with the amount that coordination is due; one-off ones are never added to them."""
    return queries.frame(engine, _BENEFITS, large=True)


def benefit_sums(engine: Engine, years: tuple[int, ...]) -> pd.DataFrame:
    """Sum the benefits as they stood in each of some years, of the country and its regions, by metric and basis.

    Columns: year, region_code (empty: the country), metric, basis, yearly, amount (the share that coordination is due),
    whole (as told, before that share), attribution_percent (amount in whole), figures, demo. Rows of another basis or
    recurrence are never to be added up without saying so, one-off and yearly ones not at all.
    """
    with counting():
        return queries.frame(engine, _SUMS, {"years": list(years)}, large=True)


def standing(sums: pd.DataFrame, year: int, region: str = "") -> pd.DataFrame:
    """Give the sums of a year, of a region or (empty) the country."""
    return sums[(sums["year"] == year) & (sums["region_code"] == region)]


def summed(benefits: pd.DataFrame, known: Facts, scope: Scope) -> pd.DataFrame:
    """Sum the benefits of completed synergies by metric as they stood in the year, and the year before.

    A figure stands until a newer one of the same synergy and metric. `kind` is country, region or municipality, of the
    resource offered; `verified` of `figures` are verified; `companies` are those that offer.
    """
    rows = known.rows[known.rows["stage"] == Stage.COMPLETED]
    rows = rows[rows["type"].isin(scope.types)] if scope.types else rows
    told = benefits[benefits["year"] <= scope.year].merge(
        rows[["id", "company", "from_region", "from_municipality", "demo"]], on="id"
    )
    if told.empty:
        return pd.DataFrame(columns=_COLUMNS).astype({"demo": bool})
    told = told.sort_values("year", kind="stable")
    now = told.drop_duplicates(["id", "metric"], keep="last")
    before = told[told["year"] < scope.year].drop_duplicates(["id", "metric"], keep="last")
    parts = [_by(now.assign(code=""), before.assign(code=""), "country")]
    for kind, column in _PLACES.items():
        named = {column: "code"}
        parts.append(_by(now.rename(columns=named), before.rename(columns=named), kind))
    return pd.concat(parts, ignore_index=True)[_COLUMNS]


def _by(now: pd.DataFrame, before: pd.DataFrame, kind: str) -> pd.DataFrame:
    keys = ["code", "metric"]
    groups = now.assign(
        verified=now["basis"] == Basis.VERIFIED, demo=now["demo"].astype(bool) | now["told_demo"].astype(bool)
    ).groupby(keys, observed=True)
    table = pd.DataFrame(
        {
            "amount": groups["amount"].sum(),
            "figures": groups.size(),
            "verified": groups["verified"].sum(),
            "companies": groups["company"].nunique(),
            "demo": groups["demo"].any(),
        }
    )
    table["before"] = before.groupby(keys, observed=True)["amount"].sum()
    listed = table.fillna({"before": 0.0}).reset_index()
    return listed.assign(kind=kind, code=listed["code"].astype(str))
