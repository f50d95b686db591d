import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from config.settings import ROOT
from data.cluster import layout, server

App = subprocess.Popen[str]
WAIT_MAX_S = 60


@pytest.fixture
def start(own_home: Path) -> Iterator[Callable[..., App]]:
    """Give a function that starts a command of ours in a process of its own; what still runs at the end is killed."""
    started: list[App] = []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYNERGIA_")}
    environment |= {"SYNERGIA_HOME": str(own_home), "SYNERGIA_DEMO": "false"}

    def begin(*command: str) -> App:
        process = subprocess.Popen(  # noqa: S603 - ours
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def address(app: App) -> str:
    """Wait until an app says where it is open."""
    said = []
    for line in app.stdout or ():
        said.append(line)
        if found := re.search(r"http://localhost:\d+", line):
            return found.group()
    pytest.fail("".join(said))


def health(url: str) -> int:
    """Ask an app how it is; 0 when nobody answers, or not in time."""
    try:
        with urlopen(f"{url}/healthz", timeout=5) as answer:  # noqa: S310 - http on this machine
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except (URLError, TimeoutError):
        return 0


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT_MAX_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def database(home: Path) -> int | None:
    """Give the pid of a home's database server."""
    return server.pid_of(layout.Layout(home))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order(start: Callable[..., App], own_home: Path, how: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end the app with status 0 and stop its database."""
    app = start("synergia.py", "serve", "--port", "0")
    assert health(address(app)) == 200
    app.send_signal(how)
    said = app.communicate(timeout=WAIT_MAX_S)[0]
    assert app.returncode == 0
    assert "Traceback" not in said
    assert database(own_home) is None


def test_health_tells_when_the_database_dies_and_comes_back(start: Callable[..., App], own_home: Path) -> None:
    """/healthz says 503 while the database is dead, and 200 once the app has revived it."""
    url = address(start("synergia.py", "serve", "--port", "0"))
    assert health(url) == 200
    os.kill(database(own_home) or 0, signal.SIGKILL)
    wait_for(lambda: health(url) == 503)
    wait_for(lambda: health(url) == 200)


def test_a_killed_app_leaves_a_start_that_works(start: Callable[..., App], own_home: Path) -> None:
    """After kill -9 of app and database the next start recovers, and its end leaves nothing running."""
    app = start("synergia.py", "serve", "--port", "0")
    address(app)
    app.kill()
    os.kill(database(own_home) or 0, signal.SIGKILL)
    app.wait()
    again = start("synergia.py", "serve", "--port", "0")
    assert health(address(again)) == 200
    again.terminate()
    again.communicate(timeout=WAIT_MAX_S)
    assert database(own_home) is None


def test_a_taken_port_is_said_before_the_long_work(start: Callable[..., App]) -> None:
    """Another program on the port is one sentence and status 1."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        app = start("synergia.py", "serve", "--port", str(port), "--lang", "en")
        said = app.communicate(timeout=WAIT_MAX_S)[0]
    assert app.returncode == 1
    assert said.strip().splitlines()[-1].startswith(f"Another program already listens on 127.0.0.1:{port}.")


@pytest.mark.parametrize(
    ("language", "begins"),
    [("fi", "Osoitetta 0.0.0.0 ei voi"), ("sv", "Adressen 0.0.0.0 kan"), ("en", "The address 0.0")],
)
def test_nobody_else_gets_in_without_signing_in(start: Callable[..., App], language: str, begins: str) -> None:
    """Listening beyond this machine in local mode is refused with one sentence and status 1."""
    app = start("synergia.py", "serve", "--host", "0.0.0.0", "--port", "0", "--lang", language)  # noqa: S104 - refused
    said = app.communicate(timeout=WAIT_MAX_S)[0]
    assert app.returncode == 1
    assert said.startswith(begins)


def test_streamlit_run_works_too(start: Callable[..., App], own_home: Path) -> None:
    """`streamlit run streamlit_app.py` brings the database up, serves our routes and headers, and ends in order."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    app = start("-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port))
    url = f"http://127.0.0.1:{port}"
    wait_for(lambda: health(url) == 200)
    with urlopen(url, timeout=WAIT_MAX_S) as answer:
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    app.terminate()
    app.communicate(timeout=WAIT_MAX_S)
    assert database(own_home) is None
