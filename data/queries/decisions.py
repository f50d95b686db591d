"""What became of the pairs that the matcher proposed."""

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame


def proposed(engine: Engine) -> pd.DataFrame:
    """List every pair that has a score, by id.

    Columns: id, have_id, want_id, type (the offer's), stage, lapse_reason, score, demo.
    """
    statement = """
    SELECT s.id, s.have_id, s.want_id, h.type, s.stage, s.lapse_reason, s.score, s.demo
    FROM shown_synergy s JOIN shown_resource h ON h.id = s.have_id
    WHERE s.deleted_at IS NULL AND s.score IS NOT NULL ORDER BY s.id
    """
    return frame(engine, statement)
