"""The PostGIS that the program uses: the one in SYNERGIA_DATABASE_URL, or a private server that it owns.

Every process that uses the private server shares a lock on `users.lock`; whoever leaves last stops the server.
The kernel drops the lock of a killed process, so nothing has to be cleaned up after a crash.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen

import psycopg
from sqlalchemy import URL, make_url

from config.errors import StoreProblem
from config.settings import Settings
from data.cluster import binaries, layout, roles, server
from data.cluster.install import bring
from data.cluster.layout import Layout, make_home, prepare_for_server
from data.cluster.locks import alone, shared, try_alone
from data.steps import Say, silent

__all__ = ["app_url", "down", "has_crashed", "is_up", "keep_up", "revive", "running", "tools", "url"]


@contextmanager
def running(settings: Settings, say: Say = silent) -> Iterator[str]:
    """Give the URL of a PostGIS that answers, for as long as the block lasts; start the private one if need be."""
    if settings.database_url is not None:
        say("cluster.connecting")
        _check_managed(url(settings))
        yield url(settings)
        return
    files = layout.of(settings)
    make_home(files)
    with shared(files.users) as lock:
        child = _ensure(files, say)
        try:
            yield url(settings)
        finally:
            if try_alone(lock) and not files.keep.exists():
                server.stop(files)
                if child is not None:  # it has ended; let the kernel forget it
                    child.wait()


def url(settings: Settings) -> str:
    """Give SQLAlchemy's URL of the database, password included; it can be asked for once the cluster was made."""
    if settings.database_url is not None:
        given = make_url(settings.database_url).set(drivername="postgresql+psycopg")
        return given.render_as_string(hide_password=False)
    return _private(settings, server.OWNER)


def app_url(settings: Settings) -> str:
    """Give the URL that the app's own connections use: of a role that gets no further than row-level security lets it.

    Where only the owner's address of a managed database is known, it is that; then each transaction gives up the
    owner's rights at its beginning.
    """
    given = settings.app_database_url or settings.database_url
    if given is not None:
        return make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return _private(settings, roles.APP)


def _private(settings: Settings, role: str) -> str:
    files = layout.of(settings)
    secret = files.app_password if role == roles.APP else files.password
    try:
        password = secret.read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise StoreProblem("cluster.not_made", home=files.home) from error
    query = {"host": str(files.sockets)}
    address = URL.create("postgresql+psycopg", role, password, database=server.DATABASE, query=query)
    return address.render_as_string(hide_password=False)


def is_up(settings: Settings) -> bool:
    """Tell whether the private server runs."""
    return server.pid_of(layout.of(settings)) is not None


def keep_up(settings: Settings) -> None:
    """Leave the private server running when its last user leaves, until `down`."""
    if settings.database_url is None:
        layout.of(settings).keep.touch()


def down(settings: Settings, *, force: bool = False) -> None:
    """Stop the private server; while somebody uses it, refuse unless forced."""
    files = layout.of(settings)
    if settings.database_url is not None:
        raise StoreProblem("cluster.managed")
    if not files.home.is_dir():
        return
    with files.users.open("a") as lock:
        if not try_alone(lock) and not force:
            raise StoreProblem("cluster.in_use")
        files.keep.unlink(missing_ok=True)
        with alone(files.starting):
            server.stop(files)


def has_crashed(settings: Settings) -> bool:
    """Tell whether the private server ended without being stopped in order."""
    return settings.database_url is None and server.crashed(layout.of(settings))


def revive(settings: Settings) -> Popen[bytes] | None:
    """Start the private server again if it crashed; one that was stopped in order stays stopped."""
    return _ensure(layout.of(settings), silent) if has_crashed(settings) else None


def tools(settings: Settings, say: Say = silent) -> binaries.Binaries:
    """Give the PostgreSQL programs that fit the database; install them if need be."""
    if settings.database_url is not None and (clients := binaries.clients()):
        return clients[0]
    files = layout.of(settings)
    make_home(files)
    return _binaries(files, say)


def _ensure(files: Layout, say: Say) -> Popen[bytes] | None:
    """Make and start the server unless it runs; give the child if we became its parent."""
    with alone(files.starting):
        if server.pid_of(files) is not None:
            if roles.missing(files):  # an older program runs it, and only a stopped one can be given roles
                raise StoreProblem("roles.restart")
            return None
        programs = _binaries(files, say)  # installing them makes the server's user, too
        prepare_for_server(files)
        if not files.cluster.is_dir():
            say("cluster.making", version=programs.version)
            server.make(files, programs)
        elif roles.missing(files):
            server.add_roles(files, programs)
        say("cluster.starting", version=programs.version)
        return server.start(files, programs)


def _binaries(files: Layout, say: Say) -> binaries.Binaries:
    """Choose PostgreSQL: the major version that made the cluster, else the newest that is there or can be had."""
    if files.cluster.is_dir():
        version = int((files.data / "PG_VERSION").read_text(encoding="ascii"))
        fitting = [found for found in binaries.available(files.home) if found.version == version]
        if not fitting:  # an empty database in its place would look like lost data
            raise StoreProblem("cluster.version_gone", version=version, home=files.home)
        return fitting[0]
    if not binaries.available(files.home):
        bring(files.home, say)
    for found in binaries.available(files.home):
        return found
    raise StoreProblem("cluster.no_postgis", package="postgresql-postgis")


def _check_managed(address: str) -> None:
    """Make sure that the database of SYNERGIA_DATABASE_URL answers and has PostGIS."""
    plain = make_url(address).set(drivername="postgresql")
    try:
        with psycopg.connect(plain.render_as_string(hide_password=False), connect_timeout=5) as connection:
            found = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
    except psycopg.OperationalError as error:
        raise StoreProblem("cluster.unreachable", address=plain.render_as_string()) from error
    if found is None:
        raise StoreProblem("cluster.managed_without_postgis", address=plain.render_as_string())
