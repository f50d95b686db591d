"""Uploaded files wait here between upload and import: private, under a random id, gone after a day."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from pydantic import TypeAdapter

from config.errors import ImportProblem
from data.importers import Options, importer_for, safety

KEPT_HOURS = 24
LARGEST_SET = 20  # files that may be given together
_ID = re.compile(r"[0-9a-f]{32}")
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_META = "meta.json"
_OPTIONS = TypeAdapter(Options)


@dataclass(frozen=True)
class Upload:
    """Hold a file as the browser sent it."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Staged:
    """Describe a file that waits: which importer reads it, where, and how."""

    id: str
    importer: str
    name: str
    path: Path
    options: Options


class Staging:
    """Keep uploads in one folder that only this program's user can open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, uploads: Sequence[Upload], options: Options) -> Staged:
        """Keep an upload under a new id; raise ImportProblem when no importer reads such a file."""
        self.sweep()
        importer = _importer(uploads)
        name = uploads[0].name if len(uploads) == 1 else ", ".join(upload.name for upload in uploads)
        identity = token_hex(16)
        folder = self._folder / identity
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        try:
            path = _set_down(folder, importer, uploads)
        except ImportProblem:
            shutil.rmtree(folder)
            raise
        staged = Staged(
            id=identity, importer=importer, name=name, path=path, options=replace(options, name=_short(name))
        )
        self.note(staged)
        return staged

    def note(self, staged: Staged) -> None:
        """Remember how the file is to be read, so that a new start of the server goes on where the user was."""
        kept = {
            "importer": staged.importer,
            "name": staged.name,
            "path": staged.path.name,
            "options": _OPTIONS.dump_python(staged.options, mode="json"),
        }
        meta = self._folder / staged.id / _META
        draft = meta.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(kept), encoding="utf-8")
        draft.replace(meta)

    def get(self, identity: str) -> Staged | None:
        """Find a waiting file; None when the id is none of ours or the file is gone."""
        folder = self._folder / identity
        if not _ID.fullmatch(identity) or not (folder / _META).is_file():
            return None
        kept = json.loads((folder / _META).read_text(encoding="utf-8"))
        return Staged(
            id=identity,
            importer=kept["importer"],
            name=kept["name"],
            path=folder / kept["path"],
            options=_OPTIONS.validate_python(kept["options"]),
        )

    def erase(self, identity: str) -> None:
        """Throw a file away; nothing happens when it is gone already."""
        if _ID.fullmatch(identity):
            shutil.rmtree(self._folder / identity, ignore_errors=True)

    def sweep(self, now: datetime | None = None) -> None:
        """Throw away what has waited longer than a day."""
        oldest = ((now or datetime.now(UTC)) - timedelta(hours=KEPT_HOURS)).timestamp()
        for folder in self._folder.glob("*"):
            if _ID.fullmatch(folder.name) and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _importer(uploads: Sequence[Upload]) -> str:
    names = [upload.name.lower() for upload in uploads]
    if len(names) > LARGEST_SET or (len(names) > 1 and not all(_is_csv(name) for name in names)):
        raise ImportProblem("importing.many_files", files=len(names))
    if len(names) > 1:
        return "prtr"
    if names[0].endswith(".zip"):
        return "prtr" if any(map(_is_csv, _inside(uploads[0]))) else "geo"
    found = importer_for(names[0])
    if found is None:
        raise ImportProblem("importing.unknown_kind", file=_short(uploads[0].name))
    return found


def _inside(upload: Upload) -> list[str]:
    # Only its table of contents: a worker unpacks it, for that may take much memory.
    return [name.lower() for name in safety.require_sane_zip(upload.data, _short(upload.name))]


def _is_csv(name: str) -> bool:
    return name.endswith((".csv", ".csv.gz"))


def _set_down(folder: Path, importer: str, uploads: Sequence[Upload]) -> Path:
    if importer != "prtr":
        return _write(folder, uploads[0])
    parts = folder / "parts"
    parts.mkdir(mode=0o700)
    for upload in uploads:
        _write(parts, upload)
    return parts


def _write(folder: Path, upload: Upload) -> Path:
    # The name is the user's: only its plain characters go to the disk, and never as a hidden file or a path.
    path = folder / _safe(upload.name)
    path.touch(mode=0o600)
    path.write_bytes(upload.data)
    return path


def _safe(name: str) -> str:
    return _PLAIN.sub("_", name.replace("\\", "/").rpartition("/")[2])[-80:].lstrip(".") or "file"


def _short(name: str, longest: int = 120) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
