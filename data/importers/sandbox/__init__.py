"""Run the parsers of binary formats in a child process that can do little harm: see child.py and walls.py."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO, Literal, NotRequired, TypeVar

import structlog
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from config import settings
from config.errors import ImportProblem

CHILD = Path(__file__).with_name("child.py")
TIMEOUT_S = 120
MEMORY_MIB = 3_000
ANSWER_MAX_MIB = 1_000
WALLS = ("limits", "quiet", "nobody", "network", "files", "calls")
# Each of these ways out must be barred where isolation is required: to the network, to files, to other processes.
REQUIRED = ("limits", "quiet", "files", "calls")
REFUSALS: Mapping[str, set[str]] = {
    "sheet_too_large": {"rows", "columns"},
    "no_layer": set(),
    "too_many_rows": {"limit"},
    "walls_missing": {"walls"},
}


Answer = TypeVar("Answer")


class Workbook(TypedDict):
    """A sheet as read: days are {"d": iso}."""

    sheet: str
    sheets: list[str]
    rows: list[list[str | int | float | bool | dict[Literal["d"], str] | None]]


class Feature(TypedDict):
    """A feature of a layer; only points have their place."""

    properties: dict[str, str | int | float | bool | None]
    geometry: str
    x: NotRequired[float]
    y: NotRequired[float]


class Layer(TypedDict):
    """A layer as read."""

    layer: str
    layers: list[str]
    crs: str | None
    features: list[Feature]


class Walls(TypedDict):
    """What stands around the child."""

    walls: list[str]


def run(job: str, folder: Path, arguments: Mapping[str, object], file: str, shape: type[Answer]) -> Answer:
    """Let the child do a job on the files in `folder` and give its answer; raise ImportProblem where it fails.

    The child inherits nothing of our environment, may open no file for writing, and answers in JSON of a known
    shape, so that whatever a file makes its parser do, it can only say something wrong.
    """
    required = REQUIRED if settings.load().import_isolation == "required" else ()
    order = {"job": job, "folder": str(folder), "memory_mib": MEMORY_MIB, "required": required, **arguments}
    try:
        answer = json.loads(_asked(json.dumps(order).encode(), folder))
        _tell_once(frozenset(TypeAdapter(Walls).validate_python(answer)["walls"]))
        if "refused" not in answer:
            return TypeAdapter(shape).validate_python(answer)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise ImportProblem("import.reader_failed", file=file) from error
    raise _refusal(answer, file)


def _refusal(answer: Mapping[str, object], file: str) -> ImportProblem:
    reason, values = answer["refused"], answer.get("values", {})
    if not isinstance(reason, str) or not isinstance(values, dict) or set(values) != REFUSALS.get(reason):
        return ImportProblem("import.reader_failed", file=file)
    return ImportProblem(f"import.{reason}", **values, file=file)


def walls() -> tuple[str, ...]:
    """Name the walls that stand around the child on this machine."""
    with scratch({}) as folder:
        try:
            standing = run("walls", folder, {}, "", Walls)["walls"]
        except ImportProblem:
            return ()
    return tuple(name for name in WALLS if name in standing)


@contextmanager
def scratch(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Lay files into a folder that the child may read, and that is gone afterwards."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o711)  # the child may run as nobody
        for name, content in files.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o644)
        yield folder


def _asked(order: bytes, folder: Path) -> bytes:
    """Give the child's answer; raise ValueError where it ends badly, answers without end, or not in time."""
    # -I: isolated from the environment and the current folder.
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        cwd=folder,
        process_group=0,  # so that it ends with all that it may have started
    ) as child:
        if child.stdin is None or child.stdout is None:
            raise ValueError
        clock = Timer(TIMEOUT_S, _end, [child.pid])
        clock.start()
        try:
            answer = _talk(child.stdin, child.stdout, order)
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # its number is still its own then
        finally:
            clock.cancel()
            _end(child.pid)
    if child.returncode != 0:
        raise ValueError(child.returncode)
    return answer


def _talk(told: IO[bytes], heard: IO[bytes], order: bytes) -> bytes:
    with suppress(BrokenPipeError):  # its end says more than the pipe's
        told.write(order)
        told.close()
    limit = ANSWER_MAX_MIB * 1024 * 1024
    answer = heard.read(limit + 1)
    if len(answer) > limit:
        raise ValueError(limit)
    return answer


def _end(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


@cache
def _tell_once(standing: frozenset[str]) -> None:
    lacking = [name for name in WALLS if name not in standing and name != "nobody"]
    if lacking:
        structlog.get_logger(__name__).warning("import_sandbox_incomplete", lacking=lacking)
