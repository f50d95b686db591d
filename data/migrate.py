"""Bring a database to the schema that this program knows."""

from collections.abc import Callable
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.errors import StoreProblem

log = structlog.get_logger(__name__)

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
    _run(engine, command.upgrade, "head")
    return True


def migrate_to(engine: Engine, revision: str) -> bool:
    """Bring the schema up or down to a migration, in one transaction, for an older program that is to be put back.

    What the later migrations added is lost with them: back up first. Raise StoreProblem for a migration nobody knows.
    """
    at = current(engine)
    if revision not in known() or at not in known():
        raise StoreProblem("store.no_migration", revision=revision, known=", ".join(sorted(known())))
    if at == revision:
        return False
    _run(engine, command.upgrade if str(at) < revision else command.downgrade, revision)
    return True


def _run(engine: Engine, way: Callable[[Config, str], None], revision: str) -> None:
    """Run migrations; where one fails, the transaction that all share leaves the schema as it was."""
    try:
        way(_config(engine), revision)
    except SQLAlchemyError as error:
        log.exception("migration_failed", to=revision)
        raise StoreProblem("store.migration_failed", revision=revision, at=current(engine)) from error
