import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from config.errors import StoreProblem
from config.settings import Settings
from data import backup, store
from data.model import Direction, Organisation, Resource, ResourceType, Site, Visibility
from data.store import audit, edit
from data.viewer import Role, Viewer, viewing

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
NAME = "rehearsal"


@pytest.fixture(scope="module")
def settings_of(settings: Settings, engine: Engine) -> Settings:
    """Fill this module's database with rows in many tables."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Ääkkönen & 'Co' Oy", other_names=("[x]",)))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
    told = Resource(
        direction=Direction.HAVE,
        type=ResourceType.MATERIAL,
        title="Salainen tuhka",
        visibility=Visibility.PRIVATE,
        attributes={"a": [1, None, "ö\n"]},
    )
    resource = edit.add_resource(engine, "Anna", site.id, told)
    edit.change(engine, "Bertta", resource, {"title": "Salainen lentotuhka"})
    audit.record(engine, audit.Kind.EXPORTED, audit.Event(person="Anna", rows=1))
    return settings


@pytest.fixture(scope="module")
def file(settings_of: Settings, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a backup of it."""
    written = tmp_path_factory.mktemp("backup") / "night.backup"
    backup.write(settings_of, engine, written)
    return written


@pytest.fixture
def other(cluster_url: str) -> Iterator[str]:
    """Give the URL of another database of the server, in which something stands already."""
    administer(cluster_url, f"CREATE DATABASE {NAME}")
    url = make_url(cluster_url).set(database=NAME).render_as_string(hide_password=False)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE before (word text)"))
        connection.execute(text("INSERT INTO before VALUES ('untouched')"))
    engine.dispose()
    yield url
    for name in (NAME, backup.PREVIOUS):
        administer(cluster_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def administer(url: str, *statements: str) -> list[object]:
    """Run statements beside the databases; give what the last one answers."""
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        found = [connection.execute(text(statement)) for statement in statements][-1]
        rows = [row[0] for row in found] if found.returns_rows else []
    engine.dispose()
    return rows


def sums(engine: Engine) -> dict[str, tuple[object, ...]]:
    """Count the rows of every table and take a checksum of them in order, in another way than the backup does."""
    with engine.connect() as connection:
        return {
            name: tuple(
                connection.execute(
                    text(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{name}\" t")  # noqa: S608 - from the catalogue
                ).one()
            )
            for name in inspect(connection).get_table_names()
        }


def test_a_restore_brings_back_every_row_of_every_table(
    settings_of: Settings, engine: Engine, file: Path, other: str
) -> None:
    """Counts and checksums of all tables agree; sequences go on; the audit is still only added to."""
    before = sums(engine)
    backup.restore(settings_of, other, file)
    restored = create_engine(other)
    assert sums(restored) == before
    assert len(before) > 40
    assert before["change"][0] == 1
    edit.add_organisation(restored, "Anna", Organisation(name="Uusi Oy"))
    with pytest.raises(StoreProblem), store.connection(restored, "") as connection:
        connection.execute(text("DELETE FROM audit"))
    restored.dispose()


def test_roles_and_policies_work_after_a_restore(settings_of: Settings, file: Path, other: str) -> None:
    """Who may see a private resource does, and nobody else; without an identity nobody sees a row."""
    backup.restore(settings_of, other, file)
    app = store.bound(other, 2)
    counted = text("SELECT count(*) FROM shown_resource")
    seen = {}
    for who in (
        Viewer("N", Role.NATIONAL),
        Viewer("R", Role.REGIONAL, ("01",)),
        Viewer("K", Role.REGIONAL, ("18",)),
        None,
    ):
        with viewing(who), app.connect() as connection:
            seen[who.name if who else ""] = connection.scalar(counted)
    app.dispose()
    assert seen == {"N": 1, "R": 0, "K": 1, "": 0}


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.95])
def test_one_altered_byte_anywhere_is_refused(
    settings_of: Settings, file: Path, other: str, tmp_path: Path, share: float
) -> None:
    """And the database that runs stays the very same one."""
    altered = tmp_path / "altered.backup"
    content = bytearray(file.read_bytes())
    content[int(len(content) * share)] ^= 0b100
    altered.write_bytes(content)
    refused(settings_of, other, altered)


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.999])
def test_a_file_that_breaks_off_is_refused(
    settings_of: Settings, file: Path, other: str, tmp_path: Path, share: float
) -> None:
    """Wherever it breaks off."""
    cut = tmp_path / "cut.backup"
    shutil.copy(file, cut)
    with cut.open("r+b") as opened:
        opened.truncate(int(file.stat().st_size * share))
    refused(settings_of, other, cut)


def refused(settings: Settings, url: str, broken: Path) -> None:
    """Try to restore a broken file and look that nothing has happened."""
    asked = f"SELECT oid FROM pg_database WHERE datname = '{NAME}'"  # noqa: S608 - the test's own name
    was = administer(url, asked)
    with pytest.raises(StoreProblem, match=r"backup\.broken"):
        backup.restore(settings, url, broken)
    assert administer(url, asked) == was
    assert administer(url, "SELECT datname FROM pg_database WHERE datname LIKE '%restore%'") == []
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT word FROM before")) == "untouched"
    engine.dispose()
