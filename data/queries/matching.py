"""What the matcher reads: every live resource with its place, all of them or those that changed."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import LIVE, POINT, VAGUE


def resources(engine: Engine, ids: Sequence[int] | None = None) -> pd.DataFrame:
    """Read the resources that can be matched, by id; all of them, or those of `ids` that are still there.

    Columns: those of matching.frame.COLUMNS. The point is in EPSG:3067 metres, a municipality's where `exact` is
    False.
    """
    chosen = "" if ids is None else "AND r.id = ANY(:ids)"
    statement = f"""
    SELECT r.id, s.organisation_id, r.site_id, r.direction, r.type, r.title, r.description, r.language, r.concepts,
        r.ewc_code, r.tonnes_low, r.tonnes_high, r.quantity_low, r.quantity_high, r.unit, r.continuity,
        r.available_from, r.available_to, r.season_months, r.visibility, s.region_code, r.attributes,
        {POINT},
        NOT {VAGUE} AS exact
    {LIVE} {chosen}
    ORDER BY r.id
    """
    return frame(engine, statement, {} if ids is None else {"ids": [int(one) for one in ids]})


def marks(engine: Engine) -> dict[int, str]:
    """Tell for each resource that can be matched the state it is in: another text after any change to it or its site.

    The row's own transaction number, and not its time of change: a long import that commits late would be missed.
    """
    found = frame(engine, f"SELECT r.id, concat(r.xmin, '.', s.xmin) AS mark {LIVE}")
    return dict(zip(found["id"].tolist(), found["mark"].tolist(), strict=True))
