"""Real PostGIS for every test that asks: one private cluster a run, a database a module copied from a template."""

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from sqlalchemy import Engine, make_url
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from config.settings import Settings, load
from data import cluster, store
from data.cluster import binaries
from data.migrate import migrate

TEMPLATE = "template_ready"
DROP_TRIES = 10
JOURNEYS = "tests/journeys/"


def pytest_configure() -> None:
    """Take Ctrl-C even where a shell in the background has it ignored: what the tests start would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _home() -> Iterator[Path]:
    # Not pytest's tmp_path: it is closed to the user that root's PostgreSQL runs as.
    home = Path(mkdtemp(prefix="synergia-"))
    home.chmod(0o711)
    # Where PostGIS had to be unpacked for an ordinary user, once is enough.
    (home / binaries.UNPACKED).symlink_to(load().home / binaries.UNPACKED)
    yield home
    cluster.down(Settings(home=home, database_url=None), force=True)
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Give settings of this run: a home of its own in the temporary folder, whatever the environment says."""
    with _home() as home:
        yield Settings(home=home, database_url=None)


@pytest.fixture(scope="module")
def own_home() -> Iterator[Path]:
    """Give a home whose cluster only this module starts, kills and stops."""
    with _home() as home:
        yield home


@pytest.fixture(scope="session")
def served_home() -> Iterator[Path]:
    """Give the home of the app that the journeys open."""
    with _home() as home:
        yield home


@pytest.fixture(scope="session")
def cluster_url(settings: Settings) -> Iterator[str]:
    """Give the URL of the owner's database on a running private cluster."""
    with cluster.running(settings) as url:
        yield url


@pytest.fixture(scope="session")
def template(cluster_url: str, settings: Settings) -> str:
    """Give the name of a database with the schema and the reference tables, to be copied."""
    from data.store import reference  # noqa: PLC0415 - tests without a database need not load it

    _administer(cluster_url, f"CREATE DATABASE {TEMPLATE}")
    engine = store.engine(_named(cluster_url, TEMPLATE))
    migrate(engine)
    reference.load(engine, settings.reference)
    engine.dispose()
    return TEMPLATE


_numbers = count(1)


@pytest.fixture(scope="module")
def database(cluster_url: str, template: str) -> Iterator[str]:
    """Give the URL of a fresh database with reference tables and nothing else, one a test module."""
    name = f"module_{next(_numbers)}"
    _administer(cluster_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(cluster_url, name)
    _drop(cluster_url, name)


@pytest.fixture(scope="module")
def engine(database: str) -> Iterator[Engine]:
    """Open an engine on this module's database."""
    opened = store.engine(database)
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def app_engine(database: str, settings: Settings) -> Iterator[Engine]:
    """Open the app's pool on this module's database: each transaction is in the eyes of who asks."""
    opened = store.bound(_named(cluster.app_url(settings), str(make_url(database).database)))
    yield opened
    opened.dispose()


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _drop(url: str, name: str) -> None:
    for _ in range(DROP_TRIES):
        try:
            _administer(url, f"DROP DATABASE {name} WITH (FORCE)")
        except psycopg.errors.InsufficientPrivilege:  # the server itself is vacuuming it, and only it may stop that
            time.sleep(1)
        else:
            return


def _administer(url: str, statement: str) -> None:
    address = make_url(_named(url, "postgres")).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


class _ByModule(LoadScopeScheduling):
    """Give each module to one worker, and all journeys to one: they share an app and a browser."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Spread the tests of `make test` over two workers."""
    return _ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the journeys, which take the longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(JOURNEYS))
