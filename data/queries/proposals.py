"""Proposals and what became of them, as they stand at this moment."""

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import LIVE
from data.store import lifecycle


def of(engine: Engine, resource_id: int) -> pd.DataFrame:
    """List the synergies of a resource, best first.

    Columns: id, have_id, want_id, stage, lapse_reason, owner, score, reasons, road_km, method, `side_ended` (a side is
    deleted, expired or private: a coordinator decides what becomes of a synergy that has begun), `automatic` (the
    program let it lapse, and nobody else).
    """
    statement = f"""
    SELECT y.id, y.have_id, y.want_id, y.stage, y.lapse_reason, y.owner, y.score, y.reasons, y.road_km, y.method,
        NOT (EXISTS (SELECT {LIVE} AND r.id = y.have_id) AND EXISTS (SELECT {LIVE} AND r.id = y.want_id)) AS side_ended,
        y.stage = 'lapsed' AND coalesce((
            SELECT h.changed_by FROM synergy_history h WHERE h.synergy_id = y.id ORDER BY h.id DESC LIMIT 1
        ) = ANY(:automatic), false) AS automatic
    FROM shown_synergy y
    WHERE y.deleted_at IS NULL AND (y.have_id = :id OR y.want_id = :id)
    ORDER BY y.score DESC NULLS LAST, y.id
    """  # noqa: S608 - the program's own words
    return frame(engine, statement, {"id": resource_id, "automatic": lifecycle.automatic()})


def scored(engine: Engine) -> pd.DataFrame:
    """List the pairs that are neither completed nor lapsed and have a score: have_id, want_id."""
    statement = """
    SELECT have_id, want_id FROM shown_synergy
    WHERE deleted_at IS NULL AND score IS NOT NULL AND stage NOT IN ('completed', 'lapsed') ORDER BY id
    """
    return frame(engine, statement)
