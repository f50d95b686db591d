"""What a draft of a listing is made of: one resource with its company and its place, as the one who asks sees them."""

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import POINT, VAGUE


def source(engine: Engine, resource_id: int) -> pd.DataFrame:
    """Read one resource that is still there; no row else.

    Columns: direction, type, title, description, language, concepts, ewc_code, hazardous, the amounts, unit,
    continuity, expires_on, demo, company (None where its name may not be known), named, business_id, site, address,
    postal_code, postal_place, municipality_code, region_code, exact, easting_m, northing_m (EPSG:3067).
    """
    statement = f"""
    SELECT r.direction, r.type, r.title, r.description, r.language, r.concepts, r.ewc_code, r.hazardous,
        r.quantity_low, r.quantity_high, r.unit, r.tonnes_low, r.tonnes_high, r.continuity, r.expires_on,
        r.demo OR o.demo AS demo, o.name AS company, o.naming_consent AS named, o.business_id,
        s.name AS site, s.address, s.postal_code,
        s.postal_place, s.municipality_code, s.region_code, NOT {VAGUE} AS exact,
        {POINT}
    FROM shown_resource r
    JOIN shown_site s ON s.id = r.site_id AND s.deleted_at IS NULL
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    JOIN municipality m ON m.code = s.municipality_code
    WHERE r.deleted_at IS NULL AND r.id = :id
    """  # noqa: S608 - the program's own words
    return frame(engine, statement, {"id": resource_id})
