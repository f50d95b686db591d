"""Keep what the matcher read in the texts of resources."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine, text

from data import store

# A resource that was changed or removed meanwhile is left out: it will be read again.
_KEEP = text("""
INSERT INTO resource_topic (resource_id, concept, read_of, reading)
SELECT r.id, told.concept, r.updated_at, :reading
FROM unnest(CAST(:ids AS bigint[]), CAST(:concepts AS text[]), CAST(:times AS timestamptz[]))
    AS told (id, concept, read_of)
JOIN shown_resource r ON r.id = told.id AND r.updated_at = told.read_of
ON CONFLICT (resource_id) DO UPDATE SET concept = excluded.concept, read_of = excluded.read_of,
    reading = excluded.reading
""")


def keep(engine: Engine, reading: str, rows: pd.DataFrame, concepts: Sequence[str]) -> None:
    """Keep the leading concept of each of the rows that `data.queries.topics.unread` gave."""
    values = {
        "reading": reading,
        "ids": [int(one) for one in rows["id"]],
        "concepts": list(concepts),
        "times": [one.to_pydatetime() for one in rows["updated_at"]],
    }
    with store.connection(engine, "") as connection:
        connection.execute(_KEEP, values)
