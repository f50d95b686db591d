import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from config.settings import ROOT, Settings
from data import cluster
from data.cluster import layout, server
from data.ready import ready

PRTR = ROOT.parent / "shared" / "data" / "sites"
WRITING = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database())"
HELD = "SELECT (SELECT count(*) FROM organisation) + (SELECT count(*) FROM site) + (SELECT count(*) FROM resource)"

pytestmark = pytest.mark.skipif(not PRTR.is_dir(), reason="the shared PRTR files are not on this machine")


@pytest.fixture
def own(own_home: Path) -> Iterator[Settings]:
    """Give settings of a cluster that a test may kill, with an empty database."""
    settings = Settings(home=own_home, database_url=None)
    with ready(settings) as engine, engine.begin() as connection:
        connection.execute(text("TRUNCATE organisation, import_log CASCADE"))
        cluster.keep_up(settings)
    yield settings
    cluster.down(settings, force=True)


def ask(settings: Settings, question: str) -> object:
    """Ask the database one thing."""
    engine = create_engine(cluster.url(settings))
    found = _scalar(engine, question)
    engine.dispose()
    return found


def _scalar(engine: Engine, question: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(question))


def kill_database(settings: Settings, _app: subprocess.Popen[str]) -> None:
    """Kill the database server."""
    os.kill(server.pid_of(layout.of(settings)) or 0, signal.SIGKILL)


def kill_app(_settings: Settings, app: subprocess.Popen[str]) -> None:
    """Kill the process that imports."""
    app.kill()


@pytest.mark.parametrize("kill", [kill_database, kill_app])
def test_a_killed_import_leaves_nothing_half_written(
    own: Settings, kill: Callable[[Settings, subprocess.Popen[str]], None]
) -> None:
    """After kill -9 of database or app in the middle of the writing nothing is there, and the next import is whole."""
    environment = {**os.environ, "SYNERGIA_HOME": str(own.home), "SYNERGIA_DATABASE_URL": ""}
    command = [sys.executable, "synergia.py", "import", "prtr", str(PRTR)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as app:  # noqa: S603 - ours
        engine = create_engine(cluster.url(own))
        while not _scalar(engine, WRITING):
            assert app.poll() is None
            time.sleep(0.005)
        kill(own, app)
        said = app.communicate(timeout=60)[1]
        engine.dispose()
    assert app.returncode in {1, -signal.SIGKILL}
    assert "Traceback" not in said
    with cluster.running(own):
        assert ask(own, HELD) == 0
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)  # noqa: S603 - ours
        assert done.returncode == 0
        assert int(str(ask(own, HELD))) > 2_000
