"""Bring a database to the schema that this program knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from config.errors import StoreProblem

FOLDER = Path(__file__).parent / "migrations"


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = engine
    return config


def current(engine: Engine) -> str | None:
    """Tell which migration the database is at; None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Tell the newest migration that this program knows."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def known() -> set[str]:
    """Tell all migrations that this program knows."""
    return {revision.revision for revision in ScriptDirectory(str(FOLDER)).walk_revisions()}


def migrate(engine: Engine) -> bool:
    """Run the migrations that are missing, all in one transaction; tell whether there were any.

    Raise StoreProblem when the database is newer than this program.
    """
    at = current(engine)
    if at == head():
        return False
    if at is not None and at not in known():
        raise StoreProblem("store.newer_schema", found=at, known=head())
    command.upgrade(_config(engine), "head")
    return True
