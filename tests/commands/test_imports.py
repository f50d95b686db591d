"""Import and export on the command line: figures as JSON, refusals as one sentence and status 1."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(database: str) -> Run:
    """Run a command on this module's database."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "synergia.py", *arguments],
            cwd=ROOT,
            env={"SYNERGIA_DATABASE_URL": database, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def test_import_and_export(run: Run, tmp_path: Path) -> None:
    """A dry run, the import, the same again, and out as a file: one JSON object each."""
    file = str(SAMPLES / "twice.csv")
    figures = ("read", "created", "updated", "unchanged", "rejected")
    answers = [json.loads(run("import", "table", file, "--json", *more).stdout) for more in (["--dry-run"], [], [])]
    assert [[answer[name] for name in figures] for answer in answers] == [
        [5, 3, 0, 1, 1],
        [5, 3, 0, 1, 1],
        [5, 0, 0, 4, 1],
    ]
    rejected = next(problem for problem in answers[0]["problems"] if problem["severity"] == "rejected")
    assert {"row", "column", "value", "rule", "message"} <= set(rejected)
    assert (rejected["row"], rejected["rule"]) == (6, "import.quantity_negative")
    out = tmp_path / "vienti.xlsx"
    exported = json.loads(run("export", "table", str(out), "--json").stdout)
    assert exported == {"rows": 3, "file": str(out)}
    assert out.is_file()


def test_a_refused_file_is_one_sentence_and_status_1(run: Run) -> None:
    """On standard error, in the language asked for, without a traceback."""
    done = run("import", "geo", str(SAMPLES / "vrt.gpkg"), "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip().endswith("Nothing was saved.")
    assert "Traceback" not in done.stderr


def test_all_or_nothing(run: Run) -> None:
    """One faulty row refuses the file when that was asked for."""
    done = run("import", "table", str(SAMPLES / "twice.csv"), "--all-or-nothing")
    assert done.returncode == 1
    assert "1 / 5" in done.stderr
