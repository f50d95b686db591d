"""What the board of synergies asks: its columns, the most urgent cards of each, and rows for its table and map."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.model import Stage

QUIET_DAYS = 60
# A proposal that nobody has taken up is not quiet: nobody has begun to talk.
WORKED_ON = """(y.stage IN ('discussing', 'assessing', 'negotiating', 'implementing')
    OR y.stage = 'identified' AND y.owner IS NOT NULL)"""
QUIET = f"({WORKED_ON} AND y.active_at < now() - make_interval(days => {QUIET_DAYS}))"
# Late ones and quiet ones first, then those with a date, then those that somebody has in hand, then the likeliest.
_URGENCY = f"""
    CASE WHEN y.stage IN ('completed', 'lapsed') THEN 4
        WHEN y.next_step_on < CURRENT_DATE AND {WORKED_ON} OR {QUIET} THEN 0
        WHEN y.next_step_on IS NOT NULL THEN 1 WHEN y.owner IS NOT NULL THEN 2 ELSE 3 END,
    CASE WHEN y.stage IN ('completed', 'lapsed') THEN -extract(epoch FROM y.active_at)
        WHEN y.next_step_on IS NOT NULL THEN extract(epoch FROM y.next_step_on)
        WHEN y.owner IS NOT NULL THEN extract(epoch FROM y.active_at) END,
    y.score DESC NULLS LAST, y.id
"""
_SIDES = """
    JOIN shown_resource h ON h.id = y.have_id JOIN shown_resource w ON w.id = y.want_id
    JOIN shown_site hs ON hs.id = h.site_id JOIN shown_site ws ON ws.id = w.site_id
"""
_ROWS = f"""
SELECT y.id, y.version, y.stage, y.lapse_reason, y.road_km, y.method, y.tonnes_per_year, y.agreed_low, y.agreed_high,
    y.owner, y.next_step, y.next_step_on, y.active_at, y.demo OR h.demo OR w.demo AS demo, {QUIET} AS quiet,
    {WORKED_ON} AS worked_on, h.type, h.title AS have, w.title AS want, h.language AS have_language,
    w.language AS want_language, h.concepts AS have_concepts, w.concepts AS want_concepts, h.hazardous,
    hs.municipality_code AS from_municipality, ws.municipality_code AS to_municipality,
    hs.region_code AS from_region, ws.region_code AS to_region, ho.name AS have_company, wo.name AS want_company,
    c.amount AS co2e_tonnes, c.basis AS co2e_basis
FROM chosen JOIN shown_synergy y ON y.id = chosen.id {_SIDES}
    LEFT JOIN shown_organisation ho ON ho.id = hs.organisation_id
    LEFT JOIN shown_organisation wo ON wo.id = ws.organisation_id
    LEFT JOIN LATERAL (
        SELECT b.amount, b.basis FROM benefit b
        WHERE b.synergy_id = y.id AND b.metric = 'co2e_reduced_tonnes_per_year' AND b.yearly AND b.deleted_at IS NULL
        ORDER BY b.year DESC, array_position(ARRAY['estimated', 'declared', 'verified'], b.basis) DESC LIMIT 1
    ) c ON true
ORDER BY chosen.place
"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class Sought:
    """Say which synergies are meant; what is empty chooses nothing.

    A synergy belongs to the region of the resource offered; with `inward` also those that come into it count.
    """

    region: str = ""
    inward: bool = False
    types: tuple[str, ...] = ()
    owner: str = ""
    cross: bool = False
    quiet: bool = False
    stage: str = ""

    def values(self) -> dict[str, object]:
        """Give the parameters of the statements."""
        return {"region": self.region, "types": list(self.types), "owner": self.owner, "stage": self.stage}

    @property
    def source(self) -> str:
        """Give the tables to read; sides are joined only where they are asked for: that takes most of the time."""
        return f"FROM shown_synergy y {_SIDES if self.joined else ''}"

    @property
    def joined(self) -> bool:
        """Tell whether something of the sides is asked for."""
        return bool(self.region or self.types or self.cross)

    @property
    def condition(self) -> str:
        """Give the condition of the statements."""
        place = "hs.region_code = :region OR ws.region_code = :region" if self.inward else "hs.region_code = :region"
        parts = {
            f"({place})": self.region,
            "h.type = ANY(:types)": self.types,
            "y.owner = :owner": self.owner,
            "hs.region_code <> ws.region_code": self.cross,
            QUIET: self.quiet,
            "y.stage = :stage": self.stage,
        }
        return " AND ".join(["y.deleted_at IS NULL", *(part for part, asked in parts.items() if asked)])


def columns(engine: Engine, sought: Sought) -> pd.DataFrame:
    """Count by stage and, of lapsed ones, by reason.

    Columns: stage, lapse_reason, synergies, tonnes (a year), quiet, demo.
    """
    statement = f"""
    SELECT y.stage, y.lapse_reason, count(*)::int AS synergies, coalesce(sum(y.tonnes_per_year), 0) AS tonnes,
        (count(*) FILTER (WHERE {QUIET}))::int AS quiet, bool_or(y.demo) AS demo
    {sought.source} WHERE {sought.condition} GROUP BY y.stage, y.lapse_reason
    """
    return queries.frame(engine, statement, sought.values(), large=True)


def cards(engine: Engine, sought: Sought, most: int) -> pd.DataFrame:
    """List the most urgent synergies of each stage, lapsed ones left out, with what a card shows."""
    # Where sides are joined, joining them once for all stages is quicker; else a stage's index gives its rows.
    found = _by_window(sought) if sought.joined else _by_stage(sought)
    statement = f"""
    WITH chosen AS MATERIALIZED (SELECT top.id, row_number() OVER () AS place FROM ({found}) top) {_ROWS}
    """  # noqa: S608 - our own words
    stages = [one.value for one in Stage if one is not Stage.LAPSED]
    return queries.frame(engine, statement, {**sought.values(), "stages": stages, "most": most}, large=True)


def _by_stage(sought: Sought) -> str:
    return f"""
    SELECT top.id FROM unnest(CAST(:stages AS text[])) WITH ORDINALITY each(stage, number) CROSS JOIN LATERAL (
        SELECT y.id {sought.source} WHERE {sought.condition} AND y.stage = each.stage ORDER BY {_URGENCY} LIMIT :most
    ) top ORDER BY each.number
    """  # noqa: S608 - our own words


def _by_window(sought: Sought) -> str:
    return f"""
    SELECT ranked.id FROM (
        SELECT y.id, y.stage, row_number() OVER (PARTITION BY y.stage ORDER BY {_URGENCY}) AS number
        {sought.source} WHERE {sought.condition} AND y.stage = ANY(:stages)
    ) ranked WHERE ranked.number <= :most ORDER BY array_position(CAST(:stages AS text[]), ranked.stage), ranked.number
    """  # noqa: S608 - our own words


def rows(engine: Engine, sought: Sought, most: int) -> pd.DataFrame:
    """List synergies with what a card shows, the most urgent first."""
    statement = f"""
    WITH chosen AS MATERIALIZED (
        SELECT found.id, row_number() OVER () AS place FROM (
            SELECT y.id {sought.source} WHERE {sought.condition} ORDER BY {_URGENCY} LIMIT :most
        ) found
    ) {_ROWS}
    """  # noqa: S608 - our own words
    return queries.frame(engine, statement, {**sought.values(), "most": most}, large=True)


def card(engine: Engine, synergy_id: int) -> pd.DataFrame:
    """Read one synergy with what a card shows; no row where it is gone or not to be seen."""
    statement = f"""
    WITH chosen AS (SELECT y.id, 1 AS place FROM shown_synergy y WHERE y.id = :id AND y.deleted_at IS NULL) {_ROWS}
    """  # noqa: S608 - our own words
    return queries.frame(engine, statement, {"id": synergy_id})


def arcs(engine: Engine, sought: Sought, most: int, *, municipalities: bool) -> pd.DataFrame:
    """Count synergies by place offered, place wanted and stage, the most numerous first, lapsed ones left out.

    Places are municipalities or regions. Columns: source, target, stage, synergies, tonnes, km (median), id (where it
    is one synergy).
    """
    place = "municipality_code" if municipalities else "region_code"
    statement = f"""
    SELECT hs.{place} AS source, ws.{place} AS target, y.stage, count(*)::int AS synergies,
        coalesce(sum(y.tonnes_per_year), 0) AS tonnes,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY y.road_km) AS km,
        CASE WHEN count(*) = 1 THEN min(y.id) END AS id
    FROM shown_synergy y {_SIDES}
    WHERE {sought.condition} AND y.stage <> 'lapsed' AND hs.{place} <> ws.{place}
    GROUP BY 1, 2, 3 ORDER BY synergies DESC, tonnes DESC, 1, 2, 3 LIMIT :most
    """  # noqa: S608 - our own words
    return queries.frame(engine, statement, {**sought.values(), "most": most}, large=True)


def between(engine: Engine, sought: Sought, source: str, target: str, most: int) -> pd.DataFrame:
    """List what an arc is made of, the most urgent first; both ends are municipalities (three digits) or regions.

    Columns: id, have, want, stage, km.
    """
    place = "municipality_code" if len(source) > 2 else "region_code"  # noqa: PLR2004 - digits of a region
    statement = f"""
    SELECT y.id, h.title AS have, w.title AS want, y.stage, y.road_km AS km
    FROM shown_synergy y {_SIDES}
    WHERE {sought.condition} AND y.stage <> 'lapsed' AND hs.{place} = :source AND ws.{place} = :target
    ORDER BY {_URGENCY} LIMIT :most
    """  # noqa: S608 - our own words
    return queries.frame(engine, statement, {**sought.values(), "source": source, "target": target, "most": most})


def owners(engine: Engine) -> pd.DataFrame:
    """List who has synergies in hand: owner, synergies."""
    statement = """
    SELECT owner, count(*)::int AS synergies FROM shown_synergy
    WHERE deleted_at IS NULL AND owner IS NOT NULL GROUP BY owner ORDER BY synergies DESC, owner LIMIT 500
    """
    return queries.frame(engine, statement, large=True)
