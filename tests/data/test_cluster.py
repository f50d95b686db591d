import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from config.errors import StoreProblem
from config.settings import Settings
from data import cluster
from data.cluster import binaries, layout, server


@pytest.fixture(scope="module")
def own(own_home: Path) -> Settings:
    """Give settings of a cluster that only this module starts, kills and stops."""
    return Settings(home=own_home, database_url=None)


@pytest.fixture(autouse=True)
def stopped(own: Settings) -> Iterator[None]:
    """Leave nothing running for the next test."""
    yield
    cluster.down(own, force=True)


def answer(url: str, question: str = "SELECT 1") -> object:
    """Ask the database on a connection of its own."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalar(text(question))
    engine.dispose()
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def pid(settings: Settings) -> int:
    """Give the running server's pid."""
    found = server.pid_of(layout.of(settings))
    assert found is not None
    return found


def hold(settings: Settings) -> subprocess.Popen[str]:
    """Use the cluster in another process until its input is closed."""
    script = "import sys\nfrom config.settings import Settings\nfrom data import cluster\n"
    script += "with cluster.running(Settings(database_url=None)):\n print('up', flush=True)\n sys.stdin.read()\n"
    environment = {**os.environ, "SYNERGIA_HOME": str(settings.home)}
    other = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "up\n"
    return other


def test_a_fresh_home_gives_postgis(own: Settings) -> None:
    """The first start makes a cluster with PostGIS in the owner's database."""
    with cluster.running(own) as url:
        assert str(answer(url, "SELECT postgis_lib_version()")).startswith("3.")
        assert answer(url, "SHOW server_encoding") == "UTF8"


def test_the_owner_is_no_superuser_and_may_make_databases(own: Settings) -> None:
    """The program's role can restore into a fresh database but not read the server's files."""
    with cluster.running(own) as url:
        rights = "SELECT rolsuper::text || rolcreatedb::text FROM pg_roles WHERE rolname = current_user"
        assert answer(url, rights) == "falsetrue"


def test_it_listens_on_no_network_and_wants_the_password(own: Settings) -> None:
    """Only the socket answers, and only who knows the password."""
    with cluster.running(own) as url:
        assert answer(url, "SHOW listen_addresses") == ""
        wrong = make_url(url).set(drivername="postgresql", password="guess").render_as_string(hide_password=False)  # noqa: S106 - wrong on purpose
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(wrong)


def test_the_password_is_for_us_alone(own: Settings) -> None:
    """Nobody else may read the file with the password."""
    with cluster.running(own):
        assert layout.of(own).password.stat().st_mode & 0o077 == 0


def test_the_last_one_out_stops_the_server(own: Settings) -> None:
    """The server outlives one user while another stays, and stops when the last leaves."""
    with cluster.running(own) as url:
        with cluster.running(own):
            pass
        assert answer(url) == 1
    assert not cluster.is_up(own)


def test_another_process_keeps_the_server_up(own: Settings) -> None:
    """The process that started the server may leave while another process still uses it."""
    with cluster.running(own):
        other = hold(own)
    assert answer(cluster.url(own)) == 1
    other.communicate()
    assert not cluster.is_up(own)


def test_a_kept_server_stays_until_down(own: Settings) -> None:
    """After `keep_up` the server runs without users until `down`."""
    with cluster.running(own):
        cluster.keep_up(own)
    assert answer(cluster.url(own)) == 1
    cluster.down(own)
    assert not cluster.is_up(own)
    with cluster.running(own):
        pass
    assert not cluster.is_up(own)


def test_down_refuses_while_somebody_uses_it(own: Settings) -> None:
    """A server in use is stopped by force only."""
    with cluster.running(own) as url:
        with pytest.raises(StoreProblem) as refusal:
            cluster.down(own)
        assert refusal.value.key == "cluster.in_use"
        assert answer(url) == 1


def test_a_killed_server_starts_again_and_has_lost_nothing(own: Settings) -> None:
    """After kill -9 of the server the next start recovers what was committed."""
    with cluster.running(own) as url:
        answer(url, "SELECT 1")
        with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as wire:
            wire.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
            wire.execute("INSERT INTO kept VALUES (42)")
        os.kill(pid(own), signal.SIGKILL)
        wait_for(lambda: not cluster.is_up(own))
        assert server.crashed(layout.of(own))
        with cluster.running(own) as again:
            assert answer(again, "SELECT max(n) FROM kept") == 42


def test_revive_starts_only_what_crashed(own: Settings) -> None:
    """A crashed server comes back at once; one stopped in order stays stopped."""
    with cluster.running(own) as url:
        os.kill(pid(own), signal.SIGKILL)
        wait_for(lambda: not cluster.is_up(own))
        cluster.revive(own)
        assert answer(url) == 1
        cluster.down(own, force=True)
        assert cluster.revive(own) is None
        assert not cluster.is_up(own)


def test_a_killed_user_leaves_a_server_that_the_next_one_uses(own: Settings) -> None:
    """After kill -9 of the app its server lives on, is used by the next start and stopped by its end."""
    other = hold(own)
    other.kill()
    other.wait()
    orphan = pid(own)
    with cluster.running(own) as url:
        assert pid(own) == orphan
        assert answer(url) == 1
    assert not cluster.is_up(own)


def test_a_strangers_pid_in_the_pid_file_does_not_block_the_start(own: Settings) -> None:
    """A pid file whose pid now belongs to another program is not taken for a running server."""
    with cluster.running(own):
        os.kill(pid(own), signal.SIGKILL)
        wait_for(lambda: not cluster.is_up(own))
        file = layout.of(own).data / "postmaster.pid"
        lines = file.read_text().splitlines()
        file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
        assert not cluster.is_up(own)
        with cluster.running(own) as url:
            assert answer(url) == 1


def test_a_half_made_cluster_is_made_anew(own: Settings) -> None:
    """What a crash in the middle of initdb left behind is thrown away."""
    home = own.home / "half"
    half = own.model_copy(update={"home": home})
    (home / "cluster.part" / "data").mkdir(parents=True)
    (home / "cluster.part" / "data" / "PG_VERSION").write_text("15\n")
    with cluster.running(half) as url:
        assert answer(url) == 1


def test_a_long_home_gets_a_short_socket(own: Settings) -> None:
    """A home whose path is too long for a socket still gives a server."""
    long = own.model_copy(update={"home": own.home / ("x" * 60) / ("y" * 60)})
    with cluster.running(long) as url:
        assert answer(url) == 1
        sockets = layout.of(long).sockets
        assert sockets.stat().st_mode & 0o077 == 0
    sockets.rmdir()


def test_a_cluster_of_a_version_that_is_gone_is_said(own: Settings) -> None:
    """Data made by another major version are never started by the wrong one nor replaced by an empty database."""
    home = own.home / "old"
    (home / "cluster" / "data").mkdir(parents=True)
    (home / "cluster" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StoreProblem) as refusal, cluster.running(own.model_copy(update={"home": home})):
        pass
    assert refusal.value.key == "cluster.version_gone"


def test_a_home_that_cannot_be_made_is_said() -> None:
    """A home below a file is refused with its name."""
    with pytest.raises(StoreProblem) as refusal, cluster.running(Settings(home=Path("/dev/null/x"), database_url=None)):
        pass
    assert refusal.value.key == "cluster.home_unwritable"


def test_a_given_address_is_used_as_it_is(own: Settings) -> None:
    """SYNERGIA_DATABASE_URL wins over the private cluster; an address without an answer is named without password."""
    nobody = own.model_validate({"home": own.home, "database_url": "postgresql://a:secret@127.0.0.1:1/x"})
    with pytest.raises(StoreProblem) as refusal, cluster.running(nobody):
        pass
    assert refusal.value.key == "cluster.unreachable"
    assert "secret" not in str(refusal.value)


def test_unpacked_binaries_bring_their_libraries(tmp_path: Path) -> None:
    """PostgreSQL unpacked outside the system gets the paths of its own libraries and of PROJ's tables."""
    (tmp_path / "usr/lib/postgresql/15/bin").mkdir(parents=True)
    (tmp_path / "usr/lib/postgresql/15/bin/postgres").touch()
    (tmp_path / "usr/lib/postgresql/9/bin").mkdir(parents=True)
    (tmp_path / "usr/lib/postgresql/9/bin/postgres").touch()
    (tmp_path / "usr/share/postgresql/15/extension").mkdir(parents=True)
    (tmp_path / "usr/share/postgresql/15/extension/postgis.control").touch()
    (tmp_path / "usr/lib/x86_64-linux-gnu").mkdir()
    (tmp_path / "usr/lib/x86_64-linux-gnu/libproj.so.25").touch()
    found = list(binaries.installed(tmp_path))
    assert [one.version for one in found] == [15]
    environment = found[0].environment()
    assert str(tmp_path / "usr/lib/x86_64-linux-gnu") in environment["LD_LIBRARY_PATH"]
    assert environment["PROJ_DATA"] == str(tmp_path / "usr/share/proj")
