"""What the matcher reads: every live resource with its place, all of them or those that changed."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame

# An expired or private resource is matched with nothing. Where only the municipality may be known, the point that
# leaves the store is the municipality's, so that no distance gives the site away.
_LIVE = """
    FROM resource r
    JOIN site s ON s.id = r.site_id AND s.deleted_at IS NULL
    JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    JOIN municipality m ON m.code = s.municipality_code
    WHERE r.deleted_at IS NULL AND r.visibility <> 'private'
        AND (r.expires_on IS NULL OR r.expires_on >= CURRENT_DATE)
"""
_VAGUE = "(s.visibility = 'municipality' OR s.precision = 'municipality')"


def resources(engine: Engine, ids: Sequence[int] | None = None) -> pd.DataFrame:
    """Read the resources that can be matched, by id; all of them, or those of `ids` that are still there.

    Columns: those of matching.frame.COLUMNS. The point is in EPSG:3067 metres, a municipality's where `exact` is
    False.
    """
    chosen = "" if ids is None else "AND r.id = ANY(:ids)"
    statement = f"""
    SELECT r.id, s.organisation_id, r.site_id, r.direction, r.type, r.title, r.description, r.language, r.concepts,
        r.ewc_code, r.tonnes_low, r.tonnes_high, r.quantity_low, r.quantity_high, r.unit, r.continuity,
        r.available_from, r.available_to, r.season_months, r.visibility, s.region_code,
        ST_X(CASE WHEN {_VAGUE} THEN m.point ELSE s.point END) AS easting_m,
        ST_Y(CASE WHEN {_VAGUE} THEN m.point ELSE s.point END) AS northing_m,
        NOT {_VAGUE} AS exact
    {_LIVE} {chosen}
    ORDER BY r.id
    """
    return frame(engine, statement, {} if ids is None else {"ids": [int(one) for one in ids]})


def marks(engine: Engine) -> dict[int, str]:
    """Tell for each resource that can be matched the state it is in: another text after any change to it or its site.

    The row's own transaction number, and not its time of change: a long import that commits late would be missed.
    """
    found = frame(engine, f"SELECT r.id, concat(r.xmin, '.', s.xmin) AS mark {_LIVE}")
    return dict(zip(found["id"].tolist(), found["mark"].tolist(), strict=True))
