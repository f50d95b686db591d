"""What-if views that somebody kept."""

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame


def kept(engine: Engine, most: int = 200) -> pd.DataFrame:
    """List what-if views, the newest first: id, name, told, version, created_by, updated_at."""
    statement = """
    SELECT id, name, told, version, created_by, updated_at FROM scenario WHERE deleted_at IS NULL
    ORDER BY updated_at DESC, id DESC LIMIT :most
    """
    return frame(engine, statement, {"most": most})
