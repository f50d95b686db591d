import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

Run = Callable[..., tuple[int, str, str]]


def count(engine: Engine) -> int:
    """Count the organisations."""
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM organisation")) or 0


def add(engine: Engine, name: str) -> None:
    """Add an organisation."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO organisation (name) VALUES (:name)"), {"name": name})


def test_status_is_one_json_object_without_a_password(run: Run) -> None:
    """`db status --json` tells versions and counts, and its address holds no password."""
    status, out, _ = run("db", "status", "--json")
    assert status == 0
    found = json.loads(out)
    assert set(found) == {
        *("url", "server", "postgis", "migration"),
        *("organisations", "sites", "resources", "synergies", "sandbox"),
    }
    assert found["url"].startswith("postgresql://synergia@")
    assert found["postgis"].startswith("3.")
    assert {"limits", "quiet"} <= set(found["sandbox"].split(", "))


def test_migrate_twice_changes_nothing(run: Run) -> None:
    """A schema that is up to date stays as it is."""
    status, out, _ = run("db", "migrate", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["changed"] is False
    assert answer["migration"] == answer["head"]


def test_a_restore_brings_back_what_the_backup_held(run: Run, engine: Engine, tmp_path: Path) -> None:
    """What was added after the backup is gone after the restore, and what it held is there, ä and all."""
    file = tmp_path / "whole.backup"
    add(engine, "Ääkkönen Oy")
    before = count(engine)
    assert run("db", "backup", file)[0] == 0
    add(engine, "Myöhempi Oy")
    status, out, _ = run("db", "restore", file, "--json")
    assert status == 0
    assert json.loads(out)["rows"] > before
    engine.dispose()
    assert count(engine) == before
    add(engine, "Restored tables take new rows")


@pytest.fixture
def backup(run: Run, tmp_path: Path) -> Path:
    """Write a backup."""
    file = tmp_path / "good.backup"
    assert run("db", "backup", file)[0] == 0
    return file


def test_a_truncated_backup_is_refused(run: Run, engine: Engine, backup: Path) -> None:
    """Half a file is refused and the database stays as it is."""
    before = count(engine)
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    status, _, err = run("db", "restore", backup, "--lang", "en")
    assert status == 1
    assert "not a whole backup" in err
    assert count(engine) == before


def test_an_altered_backup_is_refused(run: Run, backup: Path, tmp_path: Path) -> None:
    """One flipped byte in the dump is noticed, even where the archive around it is in order."""
    with zipfile.ZipFile(backup) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    parts["database.dump"][-200] ^= 1
    altered = tmp_path / "altered.backup"
    with zipfile.ZipFile(altered, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    status, _, err = run("db", "restore", altered, "--lang", "en")
    assert status == 1
    assert "not a whole backup" in err


def test_a_backup_that_says_more_than_it_holds_is_refused(
    run: Run, engine: Engine, backup: Path, tmp_path: Path
) -> None:
    """A list of contents that the restored tables don't match stops the restore before anything is replaced."""
    before = count(engine)
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        dump = archive.read("database.dump")
    manifest["tables"]["organisation"][0] += 1
    other = tmp_path / "other.backup"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("database.dump", dump)
    status, _, err = run("db", "restore", other, "--lang", "en")
    assert status == 1
    assert "organisation" in err
    assert count(engine) == before


def test_what_is_no_backup_is_refused(run: Run, tmp_path: Path) -> None:
    """A file of another kind, and a file that isn't there, are refused by name."""
    other = tmp_path / "letter.txt"
    other.write_text("Hei")
    for file in (other, tmp_path / "missing.backup"):
        status, _, err = run("db", "restore", file)
        assert status == 1
        assert file.name in err


def test_a_managed_database_is_not_stopped(run: Run) -> None:
    """`db down` leaves a database alone that SYNERGIA_DATABASE_URL names."""
    status, _, err = run("db", "down", "--lang", "en")
    assert status == 1
    assert "SYNERGIA_DATABASE_URL" in err
