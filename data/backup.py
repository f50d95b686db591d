"""A backup that proves itself: a dump, what it must hold, and a restore that is believed only after both agree.

The file is a zip of `database.dump` (pg_dump's custom format) and `manifest.json`: the dump's SHA-256, the schema's
version, and for each table its rows and a checksum of their content.
"""

import json
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from subprocess import PIPE, STDOUT, run
from tempfile import TemporaryDirectory
from typing import NamedTuple

import structlog
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from config.errors import StoreProblem
from config.settings import Settings
from data import cluster
from data.migrate import current, known, migrate
from data.steps import Say, silent

DUMP = "database.dump"
MANIFEST = "manifest.json"
PREVIOUS = "synergia_previous"
ROLES_SINCE = "0007"
ROLES = ("synergia_screen", "synergia_app")
ATTEMPTS = 20  # a busy app reconnects between being cut off and the renaming

log = structlog.get_logger(__name__)


class Manifest(NamedTuple):
    """Say what a dump must hold."""

    sha256: str
    migration: str | None
    written_at: str
    tables: Mapping[str, list[object]]

    @property
    def rows(self) -> int:
        """Count the rows of all tables."""
        return sum(int(str(count)) for count, _ in self.tables.values())


def write(settings: Settings, engine: Engine, file: Path) -> dict[str, object]:
    """Write the whole database into `file`, all of it as it was at one moment; the file appears when it is whole."""
    migration = current(engine)
    with TemporaryDirectory(dir=_folder(file), prefix=".backup-") as folder, engine.connect() as connection:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        dump = Path(folder) / DUMP
        # PostGIS brings its own rows and comments, which only a superuser could write back.
        options = ["--format=custom", "--no-comments", "--no-owner", "--exclude-table-data=spatial_ref_sys"]
        options += [f"--snapshot={snapshot}", f"--file={dump}"]
        _tool(settings, "pg_dump", engine.url.render_as_string(hide_password=False), options)
        manifest = Manifest(_digest(dump), migration, datetime.now(UTC).isoformat(), _content(connection))
        whole = Path(folder) / "whole.zip"
        with zipfile.ZipFile(whole, "w") as archive:
            archive.writestr(MANIFEST, json.dumps(manifest._asdict(), indent=1))
            archive.write(dump, DUMP)
        whole.chmod(0o600)
        whole.replace(file)
    size_megabytes = round(file.stat().st_size / 1e6, 1)
    return {"file": str(file), "rows": manifest.rows, "megabytes": size_megabytes, "migration": migration}


def restore(settings: Settings, url: str, file: Path, say: Say = silent) -> dict[str, object]:
    """Put the database at `url` back to what `file` holds; until the copy has proved whole, nothing is touched."""
    name = make_url(url).database or ""
    fresh = f"{name}_restore"
    with TemporaryDirectory(prefix="synergia-restore-") as folder:
        say("backup.checking")
        manifest = _open(file, Path(folder))
        say("backup.restoring")
        _administer(url, f'DROP DATABASE IF EXISTS "{fresh}" WITH (FORCE)', f'CREATE DATABASE "{fresh}"')
        if (manifest.migration or "") >= ROLES_SINCE:
            _make_roles(url)
        engine = create_engine(make_url(url).set(database=fresh))
        with ExitStack() as undone:  # whatever ends it before it is whole, Ctrl-C too, leaves no half copy
            undone.callback(_administer, url, f'DROP DATABASE "{fresh}" WITH (FORCE)')
            undone.callback(engine.dispose)
            _fill(settings, engine, Path(folder) / DUMP, manifest)
            migrate(engine)
            undone.pop_all()
        engine.dispose()
    say("backup.renaming")
    _swap(url, name, fresh)
    return {"file": str(file), "rows": manifest.rows, "migration": manifest.migration, "previous": PREVIOUS}


def _folder(file: Path) -> Path:
    if not file.parent.is_dir():
        raise StoreProblem("backup.no_folder", folder=file.parent)
    return file.parent


def _open(file: Path, folder: Path) -> Manifest:
    """Unpack a backup and make sure that it is one, whole, unaltered and not newer than this program."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            with archive.open(DUMP) as packed, (folder / DUMP).open("wb") as dump:
                shutil.copyfileobj(packed, dump)
    except FileNotFoundError as error:
        raise StoreProblem("backup.no_file", file=file) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, OSError) as error:
        raise StoreProblem("backup.broken", file=file) from error
    if _digest(folder / DUMP) != manifest.sha256:
        raise StoreProblem("backup.broken", file=file)
    if manifest.migration is not None and manifest.migration not in known():
        raise StoreProblem("backup.newer", file=file, found=manifest.migration)
    return manifest


def _fill(settings: Settings, engine: Engine, dump: Path, manifest: Manifest) -> None:
    """Restore a dump into an empty database and compare every table with the manifest."""
    options = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={engine.url.database}", str(dump)]
    _tool(settings, "pg_restore", engine.url.render_as_string(hide_password=False), options)
    with engine.connect() as connection:
        found = _content(connection)
    different = sorted(name for name in {*found, *manifest.tables} if found.get(name) != manifest.tables.get(name))
    if different:
        raise StoreProblem("backup.differs", tables=", ".join(different))


def _make_roles(url: str) -> None:
    """Make the roles that a dump grants rights to: they belong to the server, which may be another one."""
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        there = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
        for role in ROLES:
            if role not in there:
                try:
                    connection.execute(text(f"CREATE ROLE {role} NOLOGIN"))
                except ProgrammingError as error:
                    raise StoreProblem("backup.no_roles", roles=", ".join(ROLES)) from error
        if not {*ROLES} <= there:
            connection.execute(text("GRANT synergia_screen TO synergia_app"))
            connection.execute(text("GRANT synergia_app TO CURRENT_USER"))
    engine.dispose()


def _content(connection: Connection) -> dict[str, list[object]]:
    """Count the rows of every table and sum a hash of each row, whatever their order."""
    connection.execute(text("SET LOCAL timezone = 'UTC'"))
    content: dict[str, list[object]] = {}
    for name in sorted(inspect(connection).get_table_names()):
        if name != "spatial_ref_sys":
            hashed = "('x' || left(md5(t::text), 15))::bit(60)::bigint"
            question = f'SELECT count(*), coalesce(sum({hashed}), 0)::text FROM "{name}" t'  # noqa: S608 - from the catalogue
            content[name] = list(connection.execute(text(question)).one())
    return content


def _swap(url: str, name: str, fresh: str) -> None:
    """Let the restored database take the old one's name, both renamings or none; the old one stays beside it."""
    _administer(url, f'DROP DATABASE IF EXISTS "{PREVIOUS}" WITH (FORCE)')
    engine = create_engine(make_url(url).set(database="postgres"))
    for attempt in range(ATTEMPTS):
        try:
            with engine.begin() as connection:
                cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN (:name, :fresh)")
                connection.execute(cut, {"name": name, "fresh": fresh})
                connection.execute(text(f'ALTER DATABASE "{name}" RENAME TO "{PREVIOUS}"'))
                connection.execute(text(f'ALTER DATABASE "{fresh}" RENAME TO "{name}"'))
            break
        except OperationalError as error:
            if attempt == ATTEMPTS - 1:
                raise StoreProblem("backup.busy") from error
    engine.dispose()


def _administer(url: str, *statements: str) -> None:
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _tool(settings: Settings, tool: str, address: str, options: list[str]) -> None:
    """Run pg_dump or pg_restore against a database; the password goes by the environment, which only we can read."""
    at = make_url(address)
    binaries = cluster.tools(settings)
    environment = {**binaries.environment(), "PGPASSWORD": at.password or "", "PGDATABASE": at.database or ""}
    environment |= {"PGHOST": str(at.query.get("host") or at.host or ""), "PGUSER": at.username or ""}
    environment |= {"PGPORT": str(at.port or 5432)}
    command = [str(binaries.folder / tool), *options]
    done = run(command, env=environment, stdout=PIPE, stderr=STDOUT, text=True, errors="replace", check=False)  # noqa: S603 - PostgreSQL's own programs
    if done.returncode != 0:
        log.error("backup_tool_failed", tool=tool, status=done.returncode)
        raise StoreProblem("backup.tool_failed", tool=tool)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
