"""What the page of companies asks: the list and its map, one company with all that belongs to it, its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from data.queries import frame
from data.queries.scope import containing
from data.store import refusals

# Where a company shows only its municipality, the point that leaves the store is the municipality's.
_SHOWN = """
    ST_X(CASE WHEN s.visibility = 'municipality' THEN m.point ELSE s.point END) AS easting_m,
    ST_Y(CASE WHEN s.visibility = 'municipality' THEN m.point ELSE s.point END) AS northing_m
"""
_CHOSEN = """
    o.deleted_at IS NULL
    AND (:region = '' OR EXISTS (
        SELECT FROM shown_site s WHERE s.organisation_id = o.id AND s.region_code = :region AND s.deleted_at IS NULL))
    AND (:search = '' OR o.name ILIKE :pattern OR o.business_id ILIKE :pattern
        OR o.id IN (SELECT id FROM shown_organisation, unnest(other_names) other WHERE other ILIKE :pattern)
        OR o.id IN (
            SELECT s.organisation_id FROM shown_site s JOIN municipality m ON m.code = s.municipality_code
            WHERE s.deleted_at IS NULL
              AND (s.name ILIKE :pattern OR m.fi ILIKE :pattern OR m.sv ILIKE :pattern))
        OR o.id IN (
            SELECT s.organisation_id FROM shown_resource r JOIN shown_site s ON s.id = r.site_id
            WHERE r.title ILIKE :pattern AND r.deleted_at IS NULL AND s.deleted_at IS NULL))
"""


@dataclass(frozen=True)
class Sought:
    """Say which companies are meant: those with the words in their name, ID, place or resources, and in the region."""

    search: str = ""
    region: str = ""

    def values(self) -> dict[str, object]:
        """Give the values that the statements bind; % and _ are sought as they stand."""
        search = self.search.strip()
        pattern = containing(search)
        return {"search": search, "region": self.region, "pattern": pattern, "start": pattern.removeprefix("%")}


def chosen(engine: Engine, sought: Sought) -> pd.DataFrame:
    """List the companies meant, by name, those whose name begins with what is sought first: id, demo."""
    # All of them at once: reading 70,000 ids costs less than seeking again for the count, each page and the map. The
    # Finnish alphabet ends in å, ä, ö; sorting by it as bytes takes a tenth of the time that a collation takes.
    statement = f"""
    SELECT o.id, o.demo FROM shown_organisation o WHERE {_CHOSEN}
    ORDER BY :search <> '' AND o.name ILIKE :start DESC, translate(lower(o.name), 'åäö', '{{|}}') COLLATE "C", o.id
    """  # noqa: S608 - our own text
    return frame(engine, statement, sought.values())


def page(engine: Engine, ids: tuple[int, ...]) -> pd.DataFrame:
    """Tell of some companies, in the order given, what a list shows.

    Columns: id, name, naming_consent, demo, activation, sites, municipalities (codes), haves, wants, types.
    """
    statement = """
    SELECT o.id, o.name, o.naming_consent, o.demo, o.activation, s.sites, s.municipalities, r.haves, r.wants, r.types
    FROM unnest(CAST(:ids AS bigint[])) WITH ORDINALITY listed(id, position)
    JOIN shown_organisation o ON o.id = listed.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS sites, array_agg(DISTINCT municipality_code) AS municipalities
        FROM shown_site WHERE organisation_id = o.id AND deleted_at IS NULL
    ) s
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE r.direction = 'have') AS haves,
            count(*) FILTER (WHERE r.direction = 'want') AS wants, array_agg(DISTINCT r.type) AS types
        FROM shown_resource r JOIN shown_site t ON t.id = r.site_id
        WHERE t.organisation_id = o.id AND r.deleted_at IS NULL AND t.deleted_at IS NULL
    ) r
    ORDER BY listed.position
    """
    return frame(engine, statement, {"ids": list(ids)})


def places(engine: Engine, ids: tuple[int, ...]) -> pd.DataFrame:
    """List where some companies have their sites, as they may be shown.

    Columns: id, organisation_id, organisation, name, municipality_code, visibility, precision, easting_m, northing_m.
    """
    statement = f"""
    SELECT s.id, o.id AS organisation_id, o.name AS organisation, s.name, s.municipality_code, s.visibility,
        s.precision, {_SHOWN}
    FROM shown_organisation o JOIN shown_site s ON s.organisation_id = o.id
    JOIN municipality m ON m.code = s.municipality_code
    WHERE s.deleted_at IS NULL AND o.deleted_at IS NULL AND o.id = ANY(:ids)
    ORDER BY s.id
    """  # noqa: S608 - our own text
    return frame(engine, statement, {"ids": list(ids)})


def company(engine: Engine, organisation_id: int) -> Mapping[str, Any] | None:
    """Give a company's own facts with its version and the names of its industry; None when there is none."""
    statement = """
    SELECT o.id, o.version, o.name, o.business_id, o.other_names, o.industry_code, o.industry_version, o.kind,
        o.activation, o.naming_consent, o.channel, o.source_document, o.source_date, o.demo, o.created_at,
        o.created_by, i.fi AS industry_fi, i.sv AS industry_sv, i.en AS industry_en
    FROM shown_organisation o LEFT JOIN industry i ON i.code = left(o.industry_code, 2)
    WHERE o.id = :id AND o.deleted_at IS NULL
    """
    with refusals(), engine.connect() as connection:
        found = connection.execute(text(statement), {"id": organisation_id}).mappings().one_or_none()
    return None if found is None else dict(found)


def owner(engine: Engine, *, site: int = 0, resource: int = 0) -> int | None:
    """Tell which company a site or resource of a link belongs to; None when it is gone."""
    statement = """
    SELECT s.organisation_id FROM shown_site s LEFT JOIN shown_resource r ON r.site_id = s.id AND r.id = :resource
    WHERE s.deleted_at IS NULL AND (s.id = :site OR (r.id = :resource AND r.deleted_at IS NULL)) LIMIT 1
    """
    with refusals(), engine.connect() as connection:
        found: int | None = connection.scalar(text(statement), {"site": site, "resource": resource})
    return found


def sites(engine: Engine, organisation_id: int) -> pd.DataFrame:
    """List a company's sites: their facts, the point as it may be shown, and the true one for the form.

    Columns: id, version, name, address, postal_code, postal_place, municipality_code, region_code, visibility,
    precision, demo, easting_m, northing_m, true_easting_m, true_northing_m, resources.
    """
    statement = f"""
    SELECT s.id, s.version, s.name, s.address, s.postal_code, s.postal_place, s.municipality_code, s.region_code,
        s.visibility, s.precision, s.demo, {_SHOWN},
        ST_X(s.point) AS true_easting_m, ST_Y(s.point) AS true_northing_m,
        (SELECT count(*) FROM shown_resource r WHERE r.site_id = s.id AND r.deleted_at IS NULL) AS resources
    FROM shown_site s JOIN municipality m ON m.code = s.municipality_code
    WHERE s.organisation_id = :id AND s.deleted_at IS NULL
    ORDER BY s.name COLLATE "fi-x-icu", s.id
    """  # noqa: S608 - our own text
    return frame(engine, statement, {"id": organisation_id})


def resources(engine: Engine, organisation_id: int) -> pd.DataFrame:
    """List a company's resources, what it offers first: every column of the form, `site`, and the number of years."""
    statement = """
    SELECT r.id, r.version, r.site_id, s.name AS site, r.direction, r.type, r.title, r.description, r.language,
        r.concepts, r.ewc_code, r.hazardous, r.quantity_low, r.quantity_high, r.unit, r.tonnes_low, r.tonnes_high,
        r.tonnes_basis, r.continuity, r.available_from, r.available_to, r.season_months, r.attributes, r.visibility,
        r.expires_on, r.channel, r.source_document, r.source_date, r.demo,
        (SELECT count(*) FROM resource_year y WHERE y.resource_id = r.id) AS years
    FROM shown_resource r JOIN shown_site s ON s.id = r.site_id
    WHERE s.organisation_id = :id AND r.deleted_at IS NULL AND s.deleted_at IS NULL
    ORDER BY r.direction, r.type, r.title COLLATE "fi-x-icu", r.id
    """
    return frame(engine, statement, {"id": organisation_id})


def years(engine: Engine, organisation_id: int) -> pd.DataFrame:
    """List the yearly series of a company's resources: resource_id, title, year, tonnes, basis."""
    statement = """
    SELECT y.resource_id, r.title, y.year, y.tonnes, y.basis
    FROM resource_year y JOIN shown_resource r ON r.id = y.resource_id JOIN shown_site s ON s.id = r.site_id
    WHERE s.organisation_id = :id AND r.deleted_at IS NULL AND s.deleted_at IS NULL
    ORDER BY r.title COLLATE "fi-x-icu", y.resource_id, y.year
    """
    return frame(engine, statement, {"id": organisation_id})


def history(engine: Engine, organisation_id: int, limit: int = 200) -> pd.DataFrame:
    """List what happened to a company, its sites and resources, newest first, deleted ones included.

    Columns: kind, row_id, title, happened_at, happened_by, operation (INSERT, UPDATE, DELETE), old, new.
    """
    statement = """
    WITH mine AS (
        SELECT 'organisation' AS kind, id, name AS title, created_at, created_by FROM shown_organisation WHERE id = :id
        UNION ALL
        SELECT 'site', id, name, created_at, created_by FROM shown_site WHERE organisation_id = :id
        UNION ALL
        SELECT 'resource', r.id, r.title, r.created_at, r.created_by
        FROM shown_resource r JOIN shown_site s ON s.id = r.site_id WHERE s.organisation_id = :id
    ), told AS (
        SELECT kind, id AS row_id, title, created_at AS happened_at, created_by AS happened_by,
            'INSERT' AS operation, NULL::jsonb AS old, NULL::jsonb AS new, 0 AS position
        FROM mine
        UNION ALL
        SELECT m.kind, m.id, m.title, c.changed_at, c.changed_by, c.operation, c.old, c.new, c.id
        FROM mine m JOIN change c ON c.table_name = m.kind AND c.row_id = m.id
    )
    SELECT kind, row_id, title, happened_at, happened_by, operation, old, new
    FROM told ORDER BY happened_at DESC, position DESC, kind, row_id LIMIT :limit
    """
    return frame(engine, statement, {"id": organisation_id, "limit": limit})


def industries(engine: Engine) -> pd.DataFrame:
    """List the divisions of TOL 2008: code, fi, sv, en."""
    return frame(engine, "SELECT code, fi, sv, en FROM industry WHERE level = 2 ORDER BY code")


def wastes(engine: Engine) -> pd.DataFrame:
    """List the six-digit codes of the list of waste: code, fi, sv, en."""
    return frame(engine, "SELECT code, fi, sv, en FROM ewc WHERE level = 6 ORDER BY code")


def writable(engine: Engine, municipality: str, search: str, most: int) -> pd.DataFrame:
    """List companies to whose sites the viewer may add, those of a municipality first: id, name, site_id, municipality.

    The site is one in that municipality where there is one.
    """
    statement = """
    SELECT o.id, o.name, s.id AS site_id, s.municipality_code AS municipality
    FROM shown_organisation o CROSS JOIN LATERAL (
        SELECT p.id, p.municipality_code FROM shown_site p
        WHERE p.organisation_id = o.id AND p.deleted_at IS NULL
            AND ((SELECT viewer_in('national')) OR p.id IN (SELECT own_sites()))
        ORDER BY p.municipality_code = :municipality DESC, p.id LIMIT 1
    ) s
    WHERE o.deleted_at IS NULL AND (:search = '' OR o.name ILIKE :pattern)
    ORDER BY s.municipality_code = :municipality DESC, o.name COLLATE "fi-x-icu", o.id LIMIT :most
    """
    values = {"municipality": municipality, "search": search.strip(), "pattern": containing(search), "most": most}
    return frame(engine, statement, values)
