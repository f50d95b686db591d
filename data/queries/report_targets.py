"""Reads of the organisers in the regions and of what each region means to reach."""

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.queries import scope

_TARGETS = """
SELECT id, region_code AS region, year, measure, amount, version FROM target
WHERE deleted_at IS NULL AND year = :year ORDER BY region_code, measure
"""
_ORGANISERS = """
SELECT g.id, g.organisation_id, o.name, o.business_id, g.regions, g.coordinators, g.contract_from, g.contract_to,
    g.version
FROM organiser g LEFT JOIN shown_organisation o ON o.id = g.organisation_id
WHERE g.deleted_at IS NULL ORDER BY g.regions, o.name, g.id
"""
# Those that run a programme are seldom companies of the register's main kind, so these stand first.
_CHOICES = """
SELECT id, name, business_id FROM shown_organisation
WHERE deleted_at IS NULL AND name ILIKE :like ORDER BY kind = 'company', length(name), name, id LIMIT :most
"""


def targets(engine: Engine, year: int) -> pd.DataFrame:
    """List the targets of a year, each with the version that a change must name."""
    return queries.frame(engine, _TARGETS, {"year": year})


def organisers(engine: Engine) -> pd.DataFrame:
    """List the organisers with regions, coordinators and contract; who is not to be named has no name."""
    return queries.frame(engine, _ORGANISERS)


def choices(engine: Engine, words: str, most: int = 200) -> pd.DataFrame:
    """Find organisations that can become an organiser, by a part of the name."""
    return queries.frame(engine, _CHOICES, {"like": scope.containing(words), "most": most})
