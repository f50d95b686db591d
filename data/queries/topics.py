"""Resources whose leading concept is not known yet, or no longer: new ones, changed ones, and all after new words."""

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame

_UNREAD = """
FROM shown_resource r
LEFT JOIN resource_topic t ON t.resource_id = r.id AND t.read_of = r.updated_at AND t.reading = :reading
WHERE t.resource_id IS NULL AND r.deleted_at IS NULL AND r.visibility <> 'private'
"""


def unread(engine: Engine, reading: str, most: int) -> pd.DataFrame:
    """Give resources to read with their words, at most so many; `reading` names the table of concepts."""
    statement = f"""
    SELECT r.id, r.direction, r.type, r.title, r.description, r.language, r.ewc_code, r.updated_at,
        CASE WHEN r.concepts_corrected THEN CAST('{{!}}' AS text[]) || r.concepts ELSE r.concepts END AS concepts
    {_UNREAD} ORDER BY r.id LIMIT :most
    """
    return frame(engine, statement, {"reading": reading, "most": most})


def left(engine: Engine, reading: str) -> int:
    """Count the resources that are still to be read."""
    return int(frame(engine, f"SELECT count(*) AS n {_UNREAD}", {"reading": reading})["n"].iloc[0])
