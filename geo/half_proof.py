"""Replace a folder as a whole: whoever looks, at any moment and after any crash, finds the old one or the new one."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `folder` when the block ends well, and vanishes when it doesn't."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with _held(made):
            yield made
            made.chmod(0o755)
            _settle(made)
            _swap(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def whole(folder: Path) -> Path:
    """Give the folder to read: the one before it when a crash came between taking that away and setting this up."""
    old = _old(folder)
    return old if old.is_dir() and not folder.exists() else folder


def all_in(parent: Path) -> list[Path]:
    """List the folders below `parent` that can be read, each whole."""
    if not parent.is_dir():
        return []
    names = {entry.name.removeprefix(".").removesuffix(".old") for entry in parent.iterdir() if _counts(entry)}
    return [whole(parent / name) for name in sorted(names)]


def _counts(entry: Path) -> bool:
    return entry.is_dir() and (not entry.name.startswith(".") or entry.name.endswith(".old"))


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _settle(made: Path) -> None:
    """Wait until all is on the disk: after a power cut a renamed folder could else hold files of zeros."""
    for entry in (*made.rglob("*"), made):
        handle = os.open(entry, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(made: Path, folder: Path) -> None:
    old = _old(folder)
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Delete the drafts that killed programs left; the kernel dropped their locks."""
    for left in folder.parent.glob(f".{folder.name}.*"):
        if left != _old(folder) and left.is_dir():
            try:
                with _held(left):
                    shutil.rmtree(left, ignore_errors=True)
            except OSError:
                continue  # somebody is writing it at this moment


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
