"""The resources of a balance that are read as no material, one by one, as far as the one who asks may see them."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data.queries import balance, frame

LISTED = 100


def listed(engine: Engine, year: int, region: str, types: Sequence[str]) -> pd.DataFrame:
    """List them for the end of a year, the largest first; an empty `region` means the whole country.

    Columns: id, direction, title, name (of the company, None where it is hidden), municipality, tonnes, demo.
    """
    statement = f"""
    WITH told AS MATERIALIZED ({balance.TOLD} AND coalesce(t.concept, '') = '')
    SELECT told.id, told.direction, r.title, CASE WHEN o.naming_consent THEN o.name END AS name,
        s.municipality_code AS municipality, told.tonnes, told.demo
    FROM told
    JOIN shown_resource r ON r.id = told.id
    JOIN shown_site s ON s.id = told.site_id AND s.deleted_at IS NULL
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    WHERE told.tonnes > 0 AND (:region = '' OR s.region_code = :region)
    ORDER BY told.tonnes DESC, told.id LIMIT {LISTED}
    """  # noqa: S608 - our own text
    asked = {**balance.values(year), "types": list(types), "region": region}
    return frame(engine, statement, asked)
