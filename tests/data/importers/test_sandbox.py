"""The child that parses a stranger's file, as if the file had taken it over: each way out is barred."""

import os
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import NotRequired

import geopandas as gpd
import psutil
import pytest
import shapely
from typing_extensions import TypedDict

from config import settings
from config.errors import ImportProblem
from config.texts import LANGUAGES, text
from data import importers
from data.importers import sandbox

SCRIPT = """
import errno, importlib.util, os, runpy, socket, subprocess, sys
spec = importlib.util.spec_from_file_location("child", {child!r})
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)

def act(order):
{act}

child.JOBS["walls"] = (lambda: None, act)
{before}
child.main()
"""
TRIED = """
    try:
        {what}
    except OSError as error:
        return {{"said": errno.errorcode[error.errno]}}
    return {{"said": "done"}}
"""
STILL_OPEN = """
    found = []
    for number in range(3, 64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(str(number))
    return {"said": found}
"""
NO_FILTER = """
run_path = runpy.run_path
runpy.run_path = lambda path: {"install": lambda libc: False} if path.endswith("calls.py") else run_path(path)
"""


class Said(TypedDict):
    """What an act came to: an error's name, or whatever it got hold of."""

    said: str | list[str]
    walls: NotRequired[list[str]]


Takeover = Callable[..., str | list[str]]


@pytest.fixture
def standing() -> tuple[str, ...]:
    """Name the walls that this machine allows: what it lacks can't be tried on it."""
    return sandbox.walls()


@pytest.fixture
def takeover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Takeover:
    """Let the child do something else than its job, once it has walled itself in."""

    def take(act: str, before: str = "") -> str | list[str]:
        script = tmp_path / "taken_over.py"
        body = indent(act, "    ") if not act.startswith("\n") else act
        script.write_text(SCRIPT.format(child=str(sandbox.CHILD), act=body, before=before), encoding="utf-8")
        with monkeypatch.context() as patch, sandbox.scratch({}) as folder:
            patch.setattr(sandbox, "CHILD", script)
            return sandbox.run("walls", folder, {}, "tiedosto.gpkg", Said)["said"]

    return take


def test_every_wall_that_linux_offers_is_known() -> None:
    """On a current kernel all of them stand, for root and for an ordinary user but for the change of user."""
    standing = set(sandbox.walls())
    assert standing <= set(sandbox.WALLS)
    assert {"limits", "quiet"} <= standing
    assert os.geteuid() == 0 or "nobody" not in standing


@pytest.mark.parametrize(
    "what",
    [
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "socket.socketpair()",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "open('/tmp/planted', 'w')",
        "open('planted', 'w')",
        "os.open('file', os.O_RDWR | os.O_CREAT)",
        "os.mkdir('/tmp/planted')",
        "os.symlink('/etc/passwd', 'link')",
        "os.rename('/tmp', '/tmp2')",
        "os.unlink('/etc/passwd')",
        "os.chmod('.', 0o777)",
        "os.memfd_create('planted')",
        "os.setxattr('.', 'user.x', b'')",
    ],
)
def test_what_no_parser_needs_is_not_permitted(what: str, takeover: Takeover, standing: tuple[str, ...]) -> None:
    """The filter of system calls answers before anything happens."""
    if "calls" not in standing:
        pytest.skip("this kernel takes no filter")
    assert takeover(TRIED.format(what=what)) == "EPERM"


@pytest.mark.parametrize("path", ["/etc/passwd", "/etc/group", "/proc/self/environ", __file__])
def test_no_other_file_can_be_read(path: str, takeover: Takeover, standing: tuple[str, ...]) -> None:
    """Landlock leaves the scratch folder and Python's libraries."""
    if "files" not in standing:
        pytest.skip("this kernel has no Landlock")
    assert takeover(TRIED.format(what=f"open({path!r})")) == "EACCES"


def test_without_the_filter_the_network_is_gone_all_the_same(takeover: Takeover, standing: tuple[str, ...]) -> None:
    """Each wall stands alone: a listener on this very machine can't be reached."""
    if not {"network", "files"} & set(standing):
        pytest.skip("this machine allows neither a namespace nor Landlock")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        what = f"socket.socket().connect((b'127.0.0.1', {listener.getsockname()[1]}))"
        assert takeover(TRIED.format(what=what), NO_FILTER) in {"ENETUNREACH", "EACCES", "EPERM"}


def test_without_the_filter_no_process_can_be_started_and_nothing_written(
    takeover: Takeover, standing: tuple[str, ...]
) -> None:
    """The limits alone stop a fork bomb (root's too, once it is nobody) and the growth of any file."""
    if os.geteuid() != 0 or "nobody" in standing:
        assert takeover(TRIED.format(what="os.fork()"), NO_FILTER) == "EAGAIN"
    act = TRIED.format(what="os.write(os.open('/tmp/planted', os.O_WRONLY | os.O_CREAT), b'x')")
    assert takeover(act, NO_FILTER) in {"EACCES", "EFBIG"}
    assert not Path("/tmp/planted").exists()  # noqa: S108 - what the child tried to write


def test_nothing_secret_is_inside(takeover: Takeover, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours, no open file but the three pipes."""
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", "postgresql://someone:secret@/x")
    assert takeover('return {"said": sorted(os.environ)}') == ["LC_ALL", "PATH"]
    assert takeover(STILL_OPEN) == []


@pytest.mark.parametrize(
    "act",
    [
        "kept = []\nwhile True:\n    kept.append(bytearray(1 << 24))",
        "while True:\n    pass",
        "while True:\n    os.write(1, b'x' * 65536)",
        "os.abort()",
        "os._exit(0)",
        "x = []\nfor _ in range(50_000):\n    x = [x]\nreturn {'said': 'x', 'more': x}",
        "os.write(1, b'[' * 100_000)\nos._exit(0)",
        "os.write(1, b'[]')\nos._exit(0)",
        "return {'refused': '../../secret', 'values': {}}",
        "return {'refused': ['x']}",
        "return {'refused': 'sheet_too_large', 'values': {'file': 'x'}}",
        "return {'said': {'a': 1}}",
        "return {}",
    ],
)
def test_whatever_it_does_the_user_gets_a_sentence(
    act: str, takeover: Takeover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory, time, endless or senseless answers: each ends as a file that could not be read."""
    monkeypatch.setattr(sandbox, "TIMEOUT_S", 3)
    monkeypatch.setattr(sandbox, "MEMORY_MIB", 300)
    monkeypatch.setattr(sandbox, "ANSWER_MAX_MIB", 1)
    with pytest.raises(ImportProblem) as refused:
        takeover(act)
    assert refused.value.key == "import.reader_failed"
    assert all("tiedosto.gpkg" in text(refused.value.key, language, **refused.value.values) for language in LANGUAGES)
    assert not [child for child in psutil.Process().children() if "taken_over.py" in " ".join(child.cmdline())]


def test_a_layer_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GeoPackage may hold a view that never ends: the child does, and the importer says so."""
    path = tmp_path / "loputon.gpkg"
    gpd.GeoDataFrame({"yritys": ["A Oy"]}, geometry=[shapely.Point(25, 65)], crs=4326).to_file(path, engine="pyogrio")
    with sqlite3.connect(path) as book:
        book.execute("UPDATE gpkg_contents SET table_name = 'x'")
        book.execute("UPDATE gpkg_geometry_columns SET table_name = 'x'")
        book.execute("ALTER TABLE loputon RENAME TO y")
        book.execute(
            "CREATE VIEW x AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
            " SELECT n AS fid, geom, yritys FROM c, y"
        )
    monkeypatch.setattr(sandbox, "TIMEOUT_S", 3)
    with pytest.raises(ImportProblem) as refused:
        importers.read("geo", path)
    assert refused.value.key == "import.reader_failed"


def test_only_the_two_wanted_formats_can_be_read() -> None:
    """A newer GDAL may bring a format that the list of skipped ones doesn't name."""

    class Drivers(TypedDict):
        drivers: list[str]

    with sandbox.scratch({}) as folder:
        assert sandbox.run("drivers", folder, {}, "", Drivers)["drivers"] == ["ESRI Shapefile", "GPKG"]


def test_where_isolation_is_required_a_missing_wall_refuses_the_file(
    takeover: Takeover, standing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default a machine that can't isolate still imports; an organisation may decide otherwise."""
    assert takeover("return {'said': 'read'}", NO_FILTER) == "read"
    strict = settings.load().model_copy(update={"import_isolation": "required"})
    monkeypatch.setattr(settings, "load", lambda: strict)
    with pytest.raises(ImportProblem) as refused:
        takeover("return {'said': 'read'}", NO_FILTER)
    lacking = ", ".join(sorted({*sandbox.REQUIRED} - {*standing} | {"calls"}))
    assert (refused.value.key, refused.value.values["walls"]) == ("import.walls_missing", lacking)
