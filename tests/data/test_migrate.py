import pytest
from alembic import command
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data import migrate
from data.tables import LOOKUPS


def test_the_tables_are_what_the_migrations_build(engine: Engine) -> None:
    """The classes and the migrated database agree: autogenerate finds nothing to do."""
    command.check(migrate._config(engine))  # noqa: SLF001 - the configuration is the same that migrate uses
    assert migrate.current(engine) == migrate.head()


def test_a_second_run_does_nothing(engine: Engine) -> None:
    """Migrating an up-to-date database changes nothing."""
    assert migrate.migrate(engine) is False


def test_lookup_tables_hold_the_codes_of_the_model(engine: Engine) -> None:
    """Each enum of the model stands in its table, in its order."""
    with engine.connect() as connection:
        for name, codes in LOOKUPS.items():
            stored = connection.execute(text(f"SELECT code FROM {name} ORDER BY position")).scalars().all()  # noqa: S608
            assert stored == [str(code) for code in codes], name


def test_a_newer_database_is_refused(engine: Engine) -> None:
    """A program doesn't touch a schema that it doesn't know."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreProblem, match="newer_schema"):
        migrate.migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": migrate.head()})
