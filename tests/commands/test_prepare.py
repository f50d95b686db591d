from pathlib import Path

import pytest

from commands import prepare


@pytest.fixture
def preparation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> prepare.Preparation:
    """Give a preparation of an empty checkout, whose requirement files name nothing."""
    for file in prepare.REQUIREMENTS.values():
        (tmp_path / file).touch()
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(prepare, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return prepare.Preparation("en")


def test_an_environment_is_made_once(
    preparation: prepare.Preparation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first time makes it, the second does nothing, and changed requirements are installed into the same."""
    preparation.dev()
    said = capsys.readouterr().err
    assert "Python environment made" in said
    assert "Installed: requirements-dev.txt" in said
    preparation.dev()
    preparation.run()  # what the tests need includes what the program needs
    assert capsys.readouterr().err == ""
    (tmp_path / "requirements-dev.txt").write_text("# another day\n")
    preparation.dev()
    said = capsys.readouterr().err
    assert "made" not in said
    assert "Installed" in said


def test_an_environment_whose_python_is_gone_is_made_anew(
    preparation: prepare.Preparation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After an upgrade of the system's Python the environment is remade instead of failing."""
    preparation.run()
    (tmp_path / ".venv" / "bin" / "python").unlink()
    (tmp_path / "requirements.txt").write_text("# changed\n")
    preparation.run()
    assert capsys.readouterr().err.count("Python environment made") == 2


def test_what_cannot_be_installed_is_one_sentence(
    preparation: prepare.Preparation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed installation ends with status 1 and says what to do."""
    (tmp_path / "requirements.txt").write_text("./no-such-folder\n")
    with pytest.raises(SystemExit) as left:
        preparation.run()
    assert left.value.code == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("Installing the libraries failed: requirements.txt")
