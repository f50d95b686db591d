"""What the data doctor looks for: wrong codes, amounts that can't be, rows that are there twice, rows that went stale.

Only rows that who asks may mend are told. Each answer has at most `MOST` rows and in `total` the number of all.
"""

import pandas as pd
from sqlalchemy import Engine

from data.importers import company_key
from data.queries import frame

MOST = 300
TONNES_MOST = 1_000_000  # of one stream: where there are more, kilograms were mostly taken for tonnes; a judgement
DAYS_STALE = 365
ALIKE = 0.6  # of trigrams: Kemin Sellu and Kemi Sellu
ALIKE_TITLES = 0.7

_IN_WORDS = r"\m([0-9][0-9., ]* ?(t|tn|ton|tonnia|tonnes|kg|m3|m³|kpl|st|pcs))\M"
_MINE = "((SELECT viewer_in('national')) OR serves(o.id))"
_OWN = "((SELECT viewer_in('national')) OR owns_resource(r.id))"
_KEY = company_key.SQL
# What somebody has told to be two is not asked about again.
_APART = """NOT EXISTS (SELECT FROM merge m WHERE m.kind = '{kind}' AND m.steps = '[{{"apart": true}}]'
        AND ARRAY[least(m.kept_id, m.gone_id), greatest(m.kept_id, m.gone_id)]
            = ARRAY[least(a.id, b.id), greatest(a.id, b.id)])"""
_RESOURCES = f"""
    FROM resource r JOIN site s ON s.id = r.site_id AND s.deleted_at IS NULL
    JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    WHERE r.deleted_at IS NULL AND {_OWN}
"""
_RESOURCE = """r.id, r.version, r.title, o.id AS organisation_id, o.name AS organisation, s.municipality_code,
    count(*) OVER ()::int AS total"""


def business_ids(engine: Engine) -> pd.DataFrame:
    """List companies whose business ID can't be, or that have none: id, version, name, business_id, total.

    A wrong one before a missing one; invented companies have none, and nobody misses it.
    """
    statement = f"""
    WITH told AS (
        SELECT o.id, o.version, o.name, o.business_id, o.kind, o.demo, (
            SELECT sum(w * substr(o.business_id, place::int, 1)::int) % 11
            FROM unnest('{{7,9,10,5,8,4,2}}'::int[]) WITH ORDINALITY weight(w, place)
        ) AS rest
        FROM organisation o WHERE o.deleted_at IS NULL AND {_MINE}
    )
    SELECT id, version, name, business_id, count(*) OVER ()::int AS total FROM told
    WHERE business_id IS NULL AND kind = 'company' AND NOT demo OR rest = 1 OR business_id LIKE '0000000-%'
        OR right(business_id, 1)::int <> (11 - rest) % 11
    ORDER BY business_id IS NULL, name COLLATE "fi-x-icu", id LIMIT {MOST}
    """  # noqa: S608 - our own text
    return frame(engine, statement)


def wastes(engine: Engine) -> pd.DataFrame:
    """List waste without a code, and rows whose code says another hazard than they do; these first.

    Columns: id, version, title, organisation_id, organisation, municipality_code, total, description, language,
    concepts, ewc_code, hazardous, code_hazardous (None where there is no code or it is open).
    """
    statement = f"""
    SELECT {_RESOURCE}, r.description, r.language, r.concepts, r.ewc_code, r.hazardous, e.hazardous AS code_hazardous
    {_RESOURCES.replace("WHERE", "LEFT JOIN ewc e ON e.code = r.ewc_code WHERE", 1)}
        AND (r.ewc_code IS NULL AND r.type = 'waste' AND r.direction = 'have' OR e.hazardous <> r.hazardous)
    ORDER BY r.ewc_code IS NULL, r.title COLLATE "fi-x-icu", r.id LIMIT {MOST}
    """
    return frame(engine, statement)


def amounts(engine: Engine) -> pd.DataFrame:
    """List resources whose amount can't be, has a unit and no figure, stands in the text alone, or has no tonnes.

    Columns: id, version, title, organisation_id, organisation, municipality_code, total, quantity_low, quantity_high,
    unit, tonnes_high, told (the amount in the text), problem (implausible, no_figure, in_words, no_tonnes).
    """
    statement = f"""
    WITH told AS (
        SELECT r.id, r.version, r.title, o.id AS organisation_id, o.name AS organisation, s.municipality_code,
            r.quantity_low, r.quantity_high, r.unit, r.tonnes_high,
            substring(concat(r.title, ' ', r.description) FROM '(?i){_IN_WORDS}') AS told, CASE
                WHEN r.tonnes_high > {TONNES_MOST} OR r.quantity_high = 0 THEN 'implausible'
                WHEN r.quantity_high IS NULL AND r.unit IS NOT NULL THEN 'no_figure'
                WHEN r.quantity_high IS NULL AND concat(r.title, ' ', r.description) ~* '{_IN_WORDS}' THEN 'in_words'
                WHEN r.quantity_high IS NOT NULL AND r.tonnes_high IS NULL
                    AND u.dimension IN ('mass', 'volume', 'count')
                THEN 'no_tonnes' END AS problem
        {_RESOURCES.replace("WHERE", "LEFT JOIN unit u ON u.code = r.unit WHERE", 1)}
            AND r.type IN ('material', 'waste')
    )
    SELECT *, count(*) OVER ()::int AS total FROM told WHERE problem IS NOT NULL
    ORDER BY array_position('{{implausible,no_figure,in_words,no_tonnes}}', problem), title COLLATE "fi-x-icu", id
    LIMIT {MOST}
    """  # noqa: S608 - our own text
    return frame(engine, statement)


def companies_twice(engine: Engine) -> pd.DataFrame:
    """List pairs of companies that may be one: id, version, name (that stays), other_id, other_version, other, total.

    Called the same but for the form of company, by any of their names, or nearly the same in the same municipality;
    never two with different business IDs. The one with a business ID stays, or else the older.
    """
    statement = f"""
    WITH named AS MATERIALIZED (
        SELECT o.id, o.version, o.name, o.business_id, o.demo, o.other_names
        FROM organisation o WHERE o.deleted_at IS NULL AND {_MINE}
    ), called AS MATERIALIZED (
        SELECT n.id, {_KEY.format(name="word")} AS key FROM named n, unnest(array_prepend(n.name, n.other_names)) word
    ), placed AS MATERIALIZED (
        SELECT DISTINCT c.id, c.key, left(c.key, 3) AS start, s.municipality_code AS place
        FROM called c JOIN site s ON s.organisation_id = c.id AND s.deleted_at IS NULL
    ), alike AS (
        SELECT a.id, b.id AS b_id FROM called a JOIN called b ON a.key = b.key AND a.id < b.id WHERE a.key <> ''
        UNION
        SELECT a.id, b.id FROM placed a JOIN placed b ON a.place = b.place AND a.start = b.start AND a.id < b.id
        WHERE similarity(a.key, b.key) >= {ALIKE}
    ), pairs AS (
        SELECT a.*, b.id AS b_id, b.version AS b_version, b.name AS b_name, b.business_id AS b_business_id
        FROM alike JOIN named a ON a.id = alike.id JOIN named b ON b.id = alike.b_id
        WHERE a.demo = b.demo AND (a.business_id IS NULL OR b.business_id IS NULL)
        AND {_APART.format(kind="organisation")}
    )
    SELECT CASE WHEN swap THEN b_id ELSE id END AS id, CASE WHEN swap THEN b_version ELSE version END AS version,
        CASE WHEN swap THEN b_name ELSE name END AS name, CASE WHEN swap THEN id ELSE b_id END AS other_id,
        CASE WHEN swap THEN version ELSE b_version END AS other_version,
        CASE WHEN swap THEN name ELSE b_name END AS other, count(*) OVER ()::int AS total
    FROM (SELECT *, business_id IS NULL AND b_business_id IS NOT NULL AS swap FROM pairs) told
    ORDER BY lower(name), id, other_id LIMIT {MOST}
    """  # noqa: S608 - our own text
    return frame(engine, statement)


def resources_twice(engine: Engine) -> pd.DataFrame:
    """List pairs of resources of one site that may be one: of the same direction and type, called nearly the same.

    Columns: id, version, title (that stays: the older), other_id, other_version, other, organisation_id, organisation,
    municipality_code, total.
    """
    statement = f"""
    WITH told AS MATERIALIZED (
        SELECT {_RESOURCE}, r.site_id, r.direction, r.type, r.continuity, r.demo, {_KEY.format(name="r.title")} AS key
        {_RESOURCES}
    )
    SELECT a.id, a.version, a.title, b.id AS other_id, b.version AS other_version, b.title AS other, a.organisation_id,
        a.organisation, a.municipality_code, count(*) OVER ()::int AS total
    FROM told a JOIN told b ON b.site_id = a.site_id AND b.direction = a.direction AND b.type = a.type AND a.id < b.id
        AND a.continuity = b.continuity AND a.demo = b.demo
    WHERE (a.key = b.key OR similarity(a.key, b.key) >= {ALIKE_TITLES}) AND {_APART.format(kind="resource")}
    ORDER BY a.title COLLATE "fi-x-icu", a.id, b.id LIMIT {MOST}
    """  # noqa: S608 - our own text
    return frame(engine, statement)


def stale(engine: Engine) -> pd.DataFrame:
    """List resources that have ended, and those that nobody has touched for a year; the longest ago first.

    Columns: id, version, title, organisation_id, organisation, municipality_code, total, expires_on, touched_on, ended.
    """
    statement = f"""
    SELECT {_RESOURCE}, r.expires_on, r.updated_at::date AS touched_on,
        coalesce(r.expires_on < CURRENT_DATE, false) AS ended
    {_RESOURCES} AND (r.expires_on < CURRENT_DATE OR r.updated_at < now() - make_interval(days => {DAYS_STALE}))
    ORDER BY least(r.expires_on, r.updated_at::date), r.id LIMIT {MOST}
    """
    return frame(engine, statement)


def merges(engine: Engine) -> pd.DataFrame:
    """List merges that can be taken back, and pairs told not to be the same, the newest first.

    Columns: id, kind, kept, gone, merged_at, merged_by, apart.
    """
    statement = """
    SELECT m.id, m.kind, m.undone_at IS NOT NULL AS apart,
        CASE m.kind WHEN 'resource' THEN k.title ELSE o.name END AS kept,
        CASE m.kind WHEN 'resource' THEN g.title ELSE p.name END AS gone, m.merged_at, m.merged_by
    FROM merge m
    LEFT JOIN organisation o ON m.kind = 'organisation' AND o.id = m.kept_id
    LEFT JOIN organisation p ON m.kind = 'organisation' AND p.id = m.gone_id
    LEFT JOIN resource k ON m.kind = 'resource' AND k.id = m.kept_id
    LEFT JOIN resource g ON m.kind = 'resource' AND g.id = m.gone_id
    WHERE (m.undone_at IS NULL OR m.steps = '[{"apart": true}]') AND coalesce(p.id, g.id) IS NOT NULL
    ORDER BY m.id DESC LIMIT 50
    """
    return frame(engine, statement)
