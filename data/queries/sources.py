"""What the page of sources asks: what is loaded, from where, when and by whom."""

import pandas as pd
from sqlalchemy import Engine, text

from data.queries import frame
from data.store import refusals


def datasets(engine: Engine) -> pd.DataFrame:
    """List the reference tables that are loaded: key, file, rows, loaded_at."""
    return frame(engine, "SELECT key, file, rows, loaded_at FROM dataset ORDER BY key")


def imports(engine: Engine, limit: int = 100) -> pd.DataFrame:
    """List the imports, newest first, without their problems.

    Columns: id, importer, file_name, channel, started_at, finished_at, imported_by, read, created, updated, unchanged,
    rejected, problems (how many).
    """
    statement = """
    SELECT id, importer, file_name, channel, started_at, finished_at, imported_by, read, created, updated, unchanged,
        rejected, jsonb_array_length(problems) AS problems
    FROM import_log ORDER BY id DESC LIMIT :limit
    """
    return frame(engine, statement, {"limit": limit})


def problems(engine: Engine, import_id: int) -> list[dict[str, object]]:
    """Give every problem of an import as it was found; empty when the import is unknown."""
    with refusals(), engine.connect() as connection:
        statement = text("SELECT problems FROM import_log WHERE id = :id")
        found: list[dict[str, object]] | None = connection.scalar(statement, {"id": import_id})
    return found or []


def documents(engine: Engine, limit: int = 200) -> pd.DataFrame:
    """Count the live rows by channel and source document, invented ones apart, the largest first.

    Columns: channel, document, demo, organisations, sites, resources, oldest, newest (dates of the source).
    """
    statement = """
    SELECT channel, source_document AS document, demo,
        count(*) FILTER (WHERE kind = 'organisation') AS organisations,
        count(*) FILTER (WHERE kind = 'site') AS sites,
        count(*) FILTER (WHERE kind = 'resource') AS resources,
        min(source_date) AS oldest, max(source_date) AS newest
    FROM (
        SELECT 'organisation' AS kind, channel, source_document, source_date, demo
        FROM shown_organisation WHERE deleted_at IS NULL
        UNION ALL
        SELECT 'site', channel, source_document, source_date, demo FROM shown_site WHERE deleted_at IS NULL
        UNION ALL
        SELECT 'resource', channel, source_document, source_date, demo FROM shown_resource WHERE deleted_at IS NULL
    ) found
    GROUP BY channel, source_document, demo ORDER BY count(*) DESC, channel, document LIMIT :limit
    """
    return frame(engine, statement, {"limit": limit})


def totals(engine: Engine) -> dict[str, tuple[int, int]]:
    """Count live rows and, of them, invented ones: organisations, sites, resources."""
    counted = {}
    with refusals(), engine.connect() as connection:
        for name in ("organisation", "site", "resource"):
            statement = f"SELECT count(*), count(*) FILTER (WHERE demo) FROM shown_{name} WHERE deleted_at IS NULL"  # noqa: S608 - our own names
            every, demo = connection.execute(text(statement)).one()
            counted[f"{name}s"] = (every, demo)
    return counted
