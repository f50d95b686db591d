"""What is offered and wanted by material and municipality, and how much of it synergies cover; summed up in SQL.

The counting rules are the overview's (see data/queries/overview.py): a resource counts from the year it was told to the
year it expires, tonnes are yearly ones, and only what all coordinators may see is counted. Each resource counts once,
under its leading concept. What its synergies cover is never more than the resource itself: completed ones first, then
active ones, then what is only proposed.

An atom is a direction, type, concept and municipality. Any sum that a page shows is a sum of atoms, so that materials
add up to all of them and the 19 regions to the country.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.model import ROLLUP, Rollup
from data.queries import grouped, protected
from data.queries.protected import Paths, Within
from data.queries.scope import Scope
from data.viewer import SYSTEM, counting, viewing

# What a synergy was at the end of a year is the stage it left by its first change after it.
STAGE_THEN = """
    SELECT s.id, s.have_id, s.want_id, coalesce(s.tonnes_per_year, 0) AS tonnes, coalesce(l.stage, s.stage) AS stage
    FROM shown_synergy s
    LEFT JOIN (
        SELECT DISTINCT ON (synergy_id) synergy_id, from_stage AS stage FROM synergy_history
        WHERE changed_at >= CAST(:after AS date) AND from_stage IS NOT NULL ORDER BY synergy_id, changed_at, id
    ) l ON l.synergy_id = s.id
    WHERE s.deleted_at IS NULL AND s.created_at < CAST(:after AS date)
"""
TOLD = """
    SELECT r.id, r.site_id, r.direction, r.type, coalesce(t.concept, '') AS concept, r.demo,
        -- 0 and not unknown, of which least() would make all that synergies cover.
        CASE WHEN r.continuity = 'continuous' THEN coalesce(y.tonnes, (r.tonnes_low + r.tonnes_high) / 2, 0) ELSE 0 END
            AS tonnes
    FROM shown_resource r
    LEFT JOIN resource_topic t ON t.resource_id = r.id
    LEFT JOIN (
        SELECT DISTINCT ON (resource_id) resource_id, tonnes FROM resource_year WHERE year <= :year
        ORDER BY resource_id, year DESC
    ) y ON y.resource_id = r.id
    WHERE r.deleted_at IS NULL AND r.visibility IN ('public', 'network') AND r.type = ANY(:types)
        AND coalesce(r.source_date, r.created_at::date) <= CAST(:end AS date)
        AND (r.expires_on IS NULL OR r.expires_on >= CAST(:begin AS date))
"""
# First by company: then the companies of an atom are its rows, and counting them apart needs no sort. Codes are sorted
# by their bytes, as they would be anyway, for that takes the database half the time.
_ATOMS = f"""
WITH told AS MATERIALIZED ({TOLD}),
pair AS MATERIALIZED (
    SELECT have_id, want_id, tonnes, CASE WHEN stage = ANY(:completed) THEN 3 WHEN stage = ANY(:advanced) THEN 2
        WHEN stage = ANY(:identified) THEN 1 END AS step
    FROM ({STAGE_THEN}
        AND (CAST(:all_synergies AS boolean) OR s.id IN (SELECT showcase()))
        AND s.tonnes_per_year > 0 -- most exchanges are of no weight, and cover nothing
    ) staged
),
side AS (
    SELECT id, sum(tonnes) FILTER (WHERE step = 3) AS completed, sum(tonnes) FILTER (WHERE step = 2) AS active,
        sum(tonnes) FILTER (WHERE step = 1) AS proposed
    FROM (SELECT have_id AS id, tonnes, step FROM pair UNION ALL SELECT want_id, tonnes, step FROM pair) both_sides
    GROUP BY id
),
covered AS (
    SELECT told.id, told.direction COLLATE "C" AS direction, told.type COLLATE "C" AS type,
        told.concept COLLATE "C" AS concept, told.demo, told.tonnes,
        s.municipality_code COLLATE "C" AS municipality, s.organisation_id AS company,
        least(told.tonnes, coalesce(side.completed, 0)) AS completed,
        least(told.tonnes, coalesce(side.completed, 0) + coalesce(side.active, 0)) AS taken_up,
        least(told.tonnes, coalesce(side.completed, 0) + coalesce(side.active, 0) + coalesce(side.proposed, 0)) AS seen
    FROM told
    JOIN shown_site s ON s.id = told.site_id AND s.deleted_at IS NULL
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    LEFT JOIN side ON side.id = told.id
),
by_company AS (
    SELECT direction, type, concept, municipality, company, count(*) AS resources, bool_or(demo) AS demo,
        coalesce(sum(tonnes), 0) AS tonnes, coalesce(sum(completed), 0) AS completed,
        coalesce(sum(taken_up - completed), 0) AS active, coalesce(sum(seen - taken_up), 0) AS proposed
    FROM covered GROUP BY direction, type, concept, municipality, company
)
SELECT direction, type, concept, municipality, sum(resources)::int AS resources, sum(tonnes) AS tonnes,
    sum(completed) AS completed, sum(active) AS active, sum(proposed) AS proposed, bool_or(demo) AS demo,
    count(*)::int AS companies, min(company) AS lowest, max(company) AS highest,
    (count(*) FILTER (WHERE tonnes > 0))::int AS weighed_companies,
    min(company) FILTER (WHERE tonnes > 0) AS weighed_lowest, max(company) FILTER (WHERE tonnes > 0) AS weighed_highest
FROM by_company GROUP BY direction, type, concept, municipality
ORDER BY direction, type, concept, municipality
"""  # noqa: S608 - our own text
_NOT_PUBLIC = f"""
WITH told AS MATERIALIZED ({TOLD} AND r.visibility <> 'public')
SELECT told.direction, told.type, told.concept, s.municipality_code AS municipality, s.organisation_id AS company,
    coalesce(told.tonnes > 0, false) AS weighed, count(*)::int AS resources, coalesce(sum(told.tonnes), 0) AS tonnes,
    bool_or(told.demo) AS demo
FROM told
JOIN shown_site s ON s.id = told.site_id AND s.deleted_at IS NULL
JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
GROUP BY told.direction, told.type, told.concept, municipality, company, weighed
ORDER BY told.direction, told.type, told.concept, municipality, company, weighed
"""  # noqa: S608 - our own text


def values(year: int) -> dict[str, object]:
    """Give the parameters of the statements for the situation at the end of a year."""
    staged = {str(one): [str(stage) for stage, rollup in ROLLUP.items() if rollup == one] for one in Rollup}
    return {**Scope(year).values(), "after": f"{year + 1}-01-01", **staged}


def atoms(engine: Engine, year: int, types: Sequence[str]) -> pd.DataFrame:
    """Sum up offers and needs of some types: t/a, what synergies cover of them by stage, and who is behind.

    `lowest` and `highest` are the numbers of companies: with their count they tell of any sum of atoms whether fewer
    than three companies stand behind it; those that begin with `weighed_` tell it of the t/a.
    """
    with counting():
        return queries.frame(engine, _ATOMS, {**values(year), "types": list(types), "all_synergies": True}, large=True)


def shared(engine: Engine, year: int, paths: Paths, within: Within, types: Sequence[str]) -> pd.DataFrame:
    """Sum up what the one who asks may see, and this year's rest in groups; nothing stands in a cell of few companies.

    The rest is told of one year alone, for the difference between two years can be of one company. What synergies
    cover is told of showcases alone. `paths` and `within` are those of `protected.cells`.
    """
    asked = {**values(year), "types": list(types), "all_synergies": False}
    seen = queries.frame(engine, _ATOMS, asked, large=True)
    if year != this_year():
        return protected.cells(seen, paths, within)
    with viewing(SYSTEM):
        rest = queries.frame(engine, _NOT_PUBLIC, asked, large=True)
    told = grouped.atoms(rest, paths, within)
    every = pd.concat([seen, told], ignore_index=True) if len(told) else seen
    return protected.cells(every, paths, grouped.wider(within))


def this_year() -> int:
    """Give the one year of which sums of what is not public are told."""
    return datetime.now(UTC).year
