"""What goes, or could go, from region to region: synergies by way, stage, material and type, summed up in SQL.

A synergy is told of by its stage at the end of the year, under the leading concept of what is offered. EUR and CO2e are
its yearly benefits as they stood then, with the share that coordination is due; a way has none where none is recorded,
and one-off benefits are never added to yearly ones.
"""

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.model import Metric
from data.queries.balance import STAGE_THEN, values
from data.viewer import counting

MONEY = (Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES)
# Companies are told apart by number, of which sums and squares say whether a sum has more than two; as remainders, so
# that no sum overflows: two companies of the same remainder look like one, which hides more and tells no more.
_REMAINDER = 1_000_003
_WAY = """
    JOIN shown_resource h ON h.id = p.have_id AND h.visibility IN ('public', 'network')
    JOIN shown_resource w ON w.id = p.want_id AND w.visibility IN ('public', 'network')
    JOIN shown_site hs ON hs.id = h.site_id
    JOIN shown_site ws ON ws.id = w.site_id
"""
_ATOMS = f"""
WITH pair AS MATERIALIZED ({STAGE_THEN}),
gained AS (
    SELECT synergy_id, sum(amount) FILTER (WHERE metric = ANY(:money)) AS eur,
        sum(amount) FILTER (WHERE metric = :co2e) AS co2e_tonnes
    FROM (
        SELECT DISTINCT ON (synergy_id, metric) synergy_id, metric, amount * attribution_percent / 100 AS amount
        FROM benefit WHERE deleted_at IS NULL AND yearly AND year <= :year ORDER BY synergy_id, metric, year DESC
    ) newest GROUP BY synergy_id
),
way AS (
    SELECT hs.region_code COLLATE "C" AS source, ws.region_code COLLATE "C" AS target, p.stage COLLATE "C" AS stage,
        h.type COLLATE "C" AS type, coalesce(t.concept, '') COLLATE "C" AS concept,
        p.tonnes, g.eur, g.co2e_tonnes, h.demo OR w.demo AS demo, hs.organisation_id % {_REMAINDER} AS one,
        ws.organisation_id % {_REMAINDER} AS other
    FROM pair p {_WAY}
    LEFT JOIN resource_topic t ON t.resource_id = h.id
    LEFT JOIN gained g ON g.synergy_id = p.id
    WHERE p.stage <> 'lapsed'
)
SELECT source, target, stage, type, concept, count(*)::int AS synergies, sum(tonnes) AS tonnes,
    coalesce(sum(eur), 0) AS eur, coalesce(sum(co2e_tonnes), 0) AS co2e_tonnes, bool_or(demo) AS demo,
    min(least(one, other))::bigint AS lowest, max(greatest(one, other))::bigint AS highest,
    sum(one + other)::bigint AS total, sum(one * one + other * other)::bigint AS squares
FROM way GROUP BY source, target, stage, type, concept ORDER BY source, target, stage, type, concept
"""  # noqa: S608 - our own text
_PAIRS = f"""
WITH p AS MATERIALIZED ({STAGE_THEN})
SELECT p.id, p.stage, p.tonnes, y.road_km AS km, y.method, h.title AS have, w.title AS want, h.type,
    ho.name AS giver, wo.name AS taker, hs.municipality_code AS from_municipality,
    ws.municipality_code AS to_municipality, coalesce(t.concept, '') AS concept
FROM p {_WAY}
JOIN shown_synergy y ON y.id = p.id
JOIN shown_organisation ho ON ho.id = hs.organisation_id
JOIN shown_organisation wo ON wo.id = ws.organisation_id
LEFT JOIN resource_topic t ON t.resource_id = h.id
WHERE p.stage <> 'lapsed' AND hs.region_code = :source AND ws.region_code = :target
ORDER BY p.tonnes DESC, p.id
"""  # noqa: S608 - our own text


def atoms(engine: Engine, year: int) -> pd.DataFrame:
    """Sum up synergies by the regions they lead from and to, stage, type and concept; inside a region too."""
    asked = {**values(year), "money": [str(one) for one in MONEY], "co2e": str(Metric.CO2E_REDUCED)}
    with counting():
        return queries.frame(engine, _ATOMS, asked, large=True)


def pairs(engine: Engine, year: int, source: str, target: str) -> pd.DataFrame:
    """List the synergies from one region to another, the largest first, with what the one who asks may know of each.

    A company that may not be named has no name here; what it offers and wants is told, for it is public to that eye.
    """
    return queries.frame(engine, _PAIRS, {**values(year), "source": source, "target": target})
