"""What the database is and how much it holds."""

from sqlalchemy import Engine, text

from data.migrate import current

COUNTED = {"organisations": "organisation", "sites": "site", "resources": "resource", "synergies": "synergy"}


def status(engine: Engine) -> dict[str, object]:
    """Tell the versions of the server, PostGIS and the schema, and the rows that count; None before a migration."""
    migration = current(engine)
    with engine.connect() as connection:
        found: dict[str, object] = {
            "server": connection.scalar(text("SELECT current_setting('server_version')")),
            "postgis": connection.scalar(text("SELECT extversion FROM pg_extension WHERE extname = 'postgis'")),
            "migration": migration,
        }
        for name, table in COUNTED.items():
            count = text(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL")  # noqa: S608 - our own names
            found[name] = None if migration is None else connection.scalar(count)
    return found
