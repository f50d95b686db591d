import json
import subprocess
import sys

import pytest

from commands import GROUPS, door
from config.settings import ROOT


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        (["import", "prtr", "DIR", "--json"], ["--json", "import", "prtr", "DIR"]),
        (["--json", "db", "status"], ["--json", "db", "status"]),
        (["db", "--lang", "sv", "status"], ["--lang", "sv", "db", "status"]),
        (["db", "status", "--lang=en", "--json"], ["--lang=en", "--json", "db", "status"]),
        (["import", "table", "--", "--json"], ["import", "table", "--", "--json"]),
        (["db", "status", "--lang"], ["--lang", "db", "status"]),
    ],
)
def test_common_options_may_stand_anywhere(given: list[str], ordered: list[str]) -> None:
    """--json and --lang come first whatever their place, except behind --."""
    assert door.hoist(given) == ordered


def test_wrong_usage_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command is wrong usage."""
    assert door.run(["nothing"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_help_speaks_the_language(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of a group is in the language asked for."""
    assert door.run(["db", "--help", "--lang", language]) == 0
    expected = {"fi": "Käynnistä tietokanta", "sv": "Starta databasen", "en": "Start the database"}
    assert expected[language] in capsys.readouterr().out


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_tells_what_it_does(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each registered group can be loaded and shows its help."""
    assert door.run([group, "--help"]) == 0
    assert group in capsys.readouterr().out


def test_a_refusal_is_one_sentence_and_1(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    """What a request is refused for stands on standard error, without a traceback; nothing on standard output."""
    assert door.run(["db", "backup", f"{tmp_path}/no/folder/x.backup", "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert f"{tmp_path}/no/folder" in captured.err.splitlines()[-1]


def test_a_failure_of_the_program_is_told_without_a_traceback() -> None:
    """What nobody foresaw ends in one sentence with a reference, which the log has too, and in status 1."""
    script = "from commands import console\nconsole.fail_softly()\nraise RuntimeError('Maija Meikäläinen')\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Maija" not in done.stderr
    logged, told = done.stderr.splitlines()
    assert json.loads(logged)["reference"] in told
