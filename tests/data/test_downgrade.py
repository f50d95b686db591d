import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from config.errors import StoreProblem
from data import migrate
from data.model import Organisation, Site
from data.store import audit, edit

FAULTY = '''
from alembic import op

revision = "9000"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table, empty another, and break."""
    op.execute("CREATE TABLE half (id int)")
    op.execute("DELETE FROM contact_log")
    op.execute("ALTER TABLE organisation DROP COLUMN no_such_column")


def downgrade() -> None:
    """Take back."""
'''


def rows(engine: Engine) -> dict[str, int]:
    """Count the rows of every table."""
    with engine.connect() as connection:
        return {
            name: int(connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0)  # noqa: S608 - from the catalogue
            for name in inspect(connection).get_table_names()
        }


@pytest.fixture(autouse=True, scope="module")
def filled(engine: Engine) -> None:
    """Add a company, what was done with it, and a talk."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", easting_m=536_400.0, northing_m=7_122_500.0))
    edit.change(engine, "Anna", company, {"name": "Tuhka ja Multa Oy"})
    audit.record(engine, audit.Kind.EXPORTED, audit.Event(person="Anna"))
    with engine.begin() as connection:
        log = "INSERT INTO contact_log (organisation_id, channel, happened_on) VALUES (:id, 'visit', '2026-11-01')"
        connection.execute(text(log), {"id": company.id})


def test_a_migration_that_fails_leaves_the_schema_and_the_rows_as_they_were(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it breaks after two statements that went through."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    (folder / "versions" / "9000_faulty.py").write_text(FAULTY.format(head=migrate.head()))
    before, at = rows(engine), migrate.current(engine)
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "FOLDER", folder)
        with pytest.raises(StoreProblem, match="migration_failed"):
            migrate.migrate(engine)
    assert migrate.current(engine) == at
    assert rows(engine) == before
    assert migrate.migrate(engine) is False


def test_one_step_back_and_up_again_keeps_the_rows(engine: Engine) -> None:
    """The way back to the program before, and forward again."""
    before, head = rows(engine), migrate.head()
    last = max(migrate.known() - {head})
    assert migrate.migrate_to(engine, last) is True
    assert migrate.current(engine) == last
    assert migrate.migrate_to(engine, last) is False
    kept = rows(engine)
    assert kept == {name: before[name] for name in kept}
    assert migrate.migrate(engine) is True
    assert migrate.current(engine) == head
    assert {name: count for name, count in rows(engine).items() if name in kept} == kept


def test_the_way_back_to_the_first_schema_keeps_what_it_knew(engine: Engine) -> None:
    """Step by step down to 0001 and up again; only what later migrations added is empty then."""
    before = rows(engine)
    migrate.migrate_to(engine, "0001")
    assert "audit" not in rows(engine)
    migrate.migrate(engine)
    after = rows(engine)
    lost = {name for name, count in before.items() if after[name] != count}
    assert lost <= {"audit"}
    assert after["change"] == before["change"] > 0


def test_a_migration_that_nobody_knows_is_refused(engine: Engine) -> None:
    """The sentence names those there are."""
    with pytest.raises(StoreProblem, match="no_migration"):
        migrate.migrate_to(engine, "0000")
