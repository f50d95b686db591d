"""What hints about the law ask of two listings, whether they can still be matched or not."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame


def listings(engine: Engine, ids: Sequence[int]) -> pd.DataFrame:
    """Read some resources by id, expired ones too: what they are told to be, their words, concepts and waste code."""
    statement = """
    SELECT r.id, r.type, r.title, r.description, r.language, r.concepts, r.ewc_code, r.hazardous
    FROM shown_resource r WHERE r.deleted_at IS NULL AND r.id = ANY(:ids) ORDER BY r.id
    """
    return frame(engine, statement, {"ids": [int(one) for one in ids]})
