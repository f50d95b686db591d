import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine, text

from config.settings import ROOT


def test_a_night_keeps_the_newest_backups_and_forgets_what_is_over(
    database: str, engine: Engine, tmp_path: Path
) -> None:
    """What the timer runs: a new backup, the oldest away, other files untouched, retention applied."""
    for name in ("night-20260101T000000Z.backup", "night-20260102T000000Z.backup", "letter.txt"):
        (tmp_path / name).write_text("old")
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO audit (kind, happened_at) VALUES ('signed_in', now() - interval '9 years')")
        )
    environment = {**os.environ, "SYNERGIA_DATABASE_URL": database, "KEEP": "2", "PYTHON": sys.executable}
    done = subprocess.run([ROOT / "deploy" / "night.sh", tmp_path], env=environment, capture_output=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left[:2] == ["letter.txt", "night-20260102T000000Z.backup"]
    assert len(left) == 3
    assert (tmp_path / left[2]).stat().st_mode & 0o077 == 0
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit WHERE kind = 'signed_in'")) == 0
        assert connection.scalar(text("SELECT count(*) FROM audit WHERE kind = 'backed_up'")) == 1


def test_a_night_whose_backup_fails_removes_nothing(tmp_path: Path) -> None:
    """The old backups are all there is then."""
    for day in range(1, 4):
        (tmp_path / f"night-2026010{day}T000000Z.backup").write_text("old")
    nowhere = "postgresql://synergia@127.0.0.1:1/synergia"
    environment = {**os.environ, "SYNERGIA_DATABASE_URL": nowhere, "KEEP": "1", "PYTHON": sys.executable}
    done = subprocess.run([ROOT / "deploy" / "night.sh", tmp_path], env=environment, capture_output=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 1
    assert len(list(tmp_path.iterdir())) == 3
