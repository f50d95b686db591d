"""What coordinators have taught the matcher."""

import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import LIVE, containing


def taught(engine: Engine) -> pd.DataFrame:
    """List the words taught for concepts, the newest first: id, concept, language, word, created_by, created_at."""
    statement = """
    SELECT id, concept, language, word, created_by, created_at FROM concept_term
    WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC
    """
    return frame(engine, statement)


def tagged(engine: Engine, search: str, limit: int) -> pd.DataFrame:
    """Find resources in whose title all words stand.

    Columns: id, version, direction, type, title, description, language, concepts (those set by hand), ewc_code,
    municipality_code.
    """
    statement = f"""
    SELECT r.id, r.version, r.direction, r.type, r.title, r.description, r.language, r.concepts, r.ewc_code,
        s.municipality_code
    {LIVE} AND r.title ILIKE ALL(CAST(:patterns AS text[]))
    ORDER BY r.title COLLATE "fi-x-icu", r.id LIMIT :limit
    """
    return frame(engine, statement, {"patterns": [containing(word) for word in search.split()], "limit": limit})
