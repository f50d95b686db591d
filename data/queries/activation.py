"""What the page of activation asks: how far companies have come, talks with them, and where nothing was told."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import containing

_LIVE_SITE = "SELECT FROM shown_site s WHERE s.organisation_id = o.id AND s.deleted_at IS NULL"
_PLACED = f"""
    (:region = '' OR EXISTS ({_LIVE_SITE} AND s.region_code = :region))
    AND (:municipality = '' OR EXISTS ({_LIVE_SITE} AND s.municipality_code = :municipality))
    AND (:search = '' OR o.name ILIKE :pattern)
"""
# A later talk has seen to a reminder, also where nobody took it off.
_OPEN = """
    l.remind_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM contact_log n WHERE n.organisation_id = l.organisation_id AND n.happened_on >= l.remind_on)
"""


@dataclass(frozen=True)
class Sought:
    """Say which companies are meant: of a status, in a region or municipality, with words in their name."""

    status: str = ""
    region: str = ""
    municipality: str = ""
    search: str = ""

    def values(self) -> dict[str, object]:
        """Give the values that the statements bind."""
        search = self.search.strip()
        return {
            "status": self.status,
            "region": self.region,
            "municipality": self.municipality,
            "search": search,
            "pattern": containing(search),
        }


def statuses(engine: Engine, sought: Sought) -> pd.DataFrame:
    """Count the companies of each status: activation, companies. The status that is sought counts for nothing."""
    statement = f"""
    SELECT o.activation, count(*)::int AS companies FROM shown_organisation o
    WHERE o.deleted_at IS NULL AND o.activation IS NOT NULL AND {_PLACED} GROUP BY o.activation
    """  # noqa: S608 - our own text
    return frame(engine, statement, sought.values())


def chosen(engine: Engine, sought: Sought) -> pd.DataFrame:
    """List the companies meant: those with an open reminder first, then by name. Columns: id, demo."""
    statement = f"""
    WITH due AS (SELECT l.organisation_id, min(l.remind_on) AS remind_on FROM contact_log l WHERE {_OPEN} GROUP BY 1)
    SELECT o.id, o.demo FROM shown_organisation o LEFT JOIN due ON due.organisation_id = o.id
    WHERE o.deleted_at IS NULL AND o.activation IS NOT NULL AND (:status = '' OR o.activation = :status) AND {_PLACED}
    ORDER BY due.remind_on NULLS LAST, translate(lower(o.name), 'åäö', '{{|}}') COLLATE "C", o.id
    """  # noqa: S608 - our own text
    return frame(engine, statement, sought.values())


def page(engine: Engine, ids: tuple[int, ...]) -> pd.DataFrame:
    """Tell of some companies, in the order given, what a row shows.

    Columns: id, version, name, demo, activation, municipalities and regions (codes), resources, last_on, last_channel,
    remind_on (the earliest that is open).
    """
    statement = f"""
    SELECT o.id, o.version, o.name, o.demo, o.activation, s.municipalities, s.regions, r.resources,
        t.happened_on AS last_on, t.channel AS last_channel, d.remind_on
    FROM unnest(CAST(:ids AS bigint[])) WITH ORDINALITY listed(id, position)
    JOIN shown_organisation o ON o.id = listed.id
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT municipality_code) AS municipalities, array_agg(DISTINCT region_code) AS regions
        FROM shown_site WHERE organisation_id = o.id AND deleted_at IS NULL
    ) s
    CROSS JOIN LATERAL (
        SELECT count(*)::int AS resources FROM shown_resource r JOIN shown_site p ON p.id = r.site_id
        WHERE p.organisation_id = o.id AND r.deleted_at IS NULL AND p.deleted_at IS NULL
    ) r
    LEFT JOIN LATERAL (
        SELECT happened_on, channel FROM contact_log WHERE organisation_id = o.id
        ORDER BY happened_on DESC, id DESC LIMIT 1
    ) t ON true
    LEFT JOIN LATERAL (
        SELECT min(l.remind_on) AS remind_on FROM contact_log l WHERE l.organisation_id = o.id AND {_OPEN}
    ) d ON true
    ORDER BY listed.position
    """  # noqa: S608 - our own text
    return frame(engine, statement, {"ids": list(ids)})


def reminders(engine: Engine, sought: Sought) -> pd.DataFrame:
    """List the reminders that nobody has seen to, the earliest first.

    Columns: id, organisation_id, organisation, remind_on, happened_on, channel, note, contact, regions, late (days).
    """
    statement = f"""
    SELECT l.id, o.id AS organisation_id, o.name AS organisation, l.remind_on, l.happened_on, l.channel, l.note,
        c.name AS contact, (CURRENT_DATE - l.remind_on)::int AS late,
        ARRAY(SELECT DISTINCT s.region_code FROM shown_site s
            WHERE s.organisation_id = o.id AND s.deleted_at IS NULL) AS regions
    FROM contact_log l JOIN shown_organisation o ON o.id = l.organisation_id AND o.deleted_at IS NULL
    LEFT JOIN contact c ON c.id = l.contact_id
    WHERE {_OPEN} AND {_PLACED} ORDER BY l.remind_on, l.id LIMIT 500
    """  # noqa: S608 - our own text
    return frame(engine, statement, sought.values())


def talks(engine: Engine, organisation_id: int) -> pd.DataFrame:
    """List the talks with a company, the newest first.

    Columns: id, channel, note, happened_on, remind_on, open, contact, contact_id.
    """
    statement = f"""
    SELECT l.id, l.channel, l.note, l.happened_on, l.remind_on, ({_OPEN}) AS open, c.name AS contact,
        l.contact_id
    FROM contact_log l LEFT JOIN contact c ON c.id = l.contact_id
    WHERE l.organisation_id = :id ORDER BY l.happened_on DESC, l.id DESC LIMIT 200
    """  # noqa: S608 - our own text
    return frame(engine, statement, {"id": organisation_id})


def contacts(engine: Engine, organisation_id: int) -> pd.DataFrame:
    """List the contacts of a company: id, version, name, role, email, phone."""
    statement = """
    SELECT id, version, name, role, email, phone FROM contact
    WHERE organisation_id = :id AND deleted_at IS NULL ORDER BY name COLLATE "fi-x-icu", id
    """
    return frame(engine, statement, {"id": organisation_id})


def peopled(engine: Engine) -> pd.DataFrame:
    """List the municipalities where any company is known: code."""
    statement = """
    SELECT DISTINCT s.municipality_code AS code FROM shown_site s
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    WHERE s.deleted_at IS NULL AND o.kind = 'company' ORDER BY 1
    """
    return frame(engine, statement)


def silent(engine: Engine, region: str = "") -> pd.DataFrame:
    """List municipalities where companies are and no resource was told: code, region, companies, contacted, examples.

    The most companies first; `contacted` are those that are more than known, `examples` names of at most three. A
    resource that has ended counts for nothing.
    """
    statement = """
    WITH told AS (
        SELECT DISTINCT s.municipality_code FROM shown_resource r JOIN shown_site s ON s.id = r.site_id
        WHERE r.deleted_at IS NULL AND s.deleted_at IS NULL AND (r.expires_on IS NULL OR r.expires_on >= CURRENT_DATE)
    )
    SELECT s.municipality_code AS code, s.region_code AS region, count(DISTINCT o.id)::int AS companies,
        count(DISTINCT o.id) FILTER (WHERE o.activation <> 'known')::int AS contacted,
        (array_agg(DISTINCT o.name) FILTER (WHERE o.name IS NOT NULL))[1:3] AS examples
    FROM shown_site s JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    WHERE s.deleted_at IS NULL AND o.kind = 'company' AND (:region = '' OR s.region_code = :region)
        AND s.municipality_code NOT IN (SELECT municipality_code FROM told)
    GROUP BY s.municipality_code, s.region_code ORDER BY companies DESC, s.municipality_code
    """
    values: dict[str, Any] = {"region": region}
    return frame(engine, statement, values)
