import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.settings import ROOT
from geo import half_proof

WRITER = """
import sys
from pathlib import Path
from geo import half_proof
folder, number = Path(sys.argv[1]), 0
while True:
    number += 1
    with half_proof.draft(folder) as draft:
        for name in ("one", "two", "three"):
            (draft / name).write_text(str(number) * 1000)
    print(number, flush=True)
"""


def test_a_folder_appears_when_its_block_ends_well(tmp_path: Path) -> None:
    """The new one takes the place of the old one, and nothing else is left."""
    folder = tmp_path / "roads"
    for word in ("old", "new"):
        with half_proof.draft(folder) as draft:
            (draft / "word").write_text(word)
            assert half_proof.all_in(tmp_path) == ([folder] if word == "new" else [])
    assert (folder / "word").read_text() == "new"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    """When the block fails, also by Ctrl-C, the old one stays and the draft goes."""
    folder = tmp_path / "roads"
    with half_proof.draft(folder) as draft:
        (draft / "word").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        _give_up(folder)
    assert (folder / "word").read_text() == "old"
    assert list(tmp_path.iterdir()) == [folder]


def _give_up(folder: Path) -> None:
    with half_proof.draft(folder) as draft:
        (draft / "word").write_text("new")
        raise KeyboardInterrupt


def test_between_two_renames_the_old_folder_is_read(tmp_path: Path) -> None:
    """A crash after the old one was taken away and before the new one was set up leaves the old one in use."""
    folder = tmp_path / "roads"
    (tmp_path / ".roads.old").mkdir()
    (tmp_path / ".roads.abcd").mkdir()
    assert half_proof.whole(folder) == tmp_path / ".roads.old"
    assert half_proof.all_in(tmp_path) == [tmp_path / ".roads.old"]
    with half_proof.draft(folder) as draft:
        (draft / "word").write_text("new")
    assert half_proof.all_in(tmp_path) == [folder]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_draft_being_written_is_left_alone(tmp_path: Path) -> None:
    """Two writers of one folder don't delete each other's drafts; the last one to end wins."""
    folder = tmp_path / "roads"
    with half_proof.draft(folder) as slow:
        (slow / "word").write_text("slow")
        with half_proof.draft(folder) as quick:
            (quick / "word").write_text("quick")
        assert (folder / "word").read_text() == "quick"
    assert (folder / "word").read_text() == "slow"


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """However often a writer is killed, the folder is whole: all its files are of one edition."""
    folder = tmp_path / "roads"
    for round_ in range(12):
        command = [sys.executable, "-c", WRITER, str(folder)]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 - our own words
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.001 * round_)  # to be killed at another moment each time, whichever it is
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        (found,) = half_proof.all_in(tmp_path)
        assert sorted(file.name for file in found.iterdir()) == ["one", "three", "two"]
        assert len({file.read_text() for file in found.iterdir()}) == 1
    with half_proof.draft(folder):
        pass
    assert list(tmp_path.iterdir()) == [folder]
