"""A workshop to measure: an app of its own that can be killed, a practice event in it, and screens that only listen."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from time import monotonic
from typing import Self

import psutil
from sqlalchemy import Engine, text

from config import secrecy
from config.settings import ROOT, Settings
from dashboard.live import keys
from data import cluster, store
from data.cluster import layout, server
from data.store import events
from data.store.events import Plan
from data.viewer import Role, Viewer, viewing

REGION = "17"
SERVER = Viewer("server", Role.NATIONAL)
TABLES = 30
AGAIN_S = 0.5  # so soon a screen looks again for a server that went
LARGEST = 2**24  # bytes of a line of a stream
_FRAME = re.compile(rb'data: \{"seq":(\d+)')
_SHOWN = re.compile(rb'"resources":"([^"]*)"')
_MATCHES = re.compile(rb'"matches":"([^"]*)"')
Tell = Callable[[str], object]


class App:
    """The app as a user starts it, in a home of its own; killed with all that a process has no say in."""

    def __init__(self) -> None:
        self.home = Path(mkdtemp(prefix="synergia-bench-"))
        self.home.chmod(0o711)  # the private database runs as another user when root starts it
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self) -> Self:
        """Start it, on the port that it had before if it ran before, and wait until it is open."""
        own = ["-u", "SYNERGIA_DATABASE_URL", f"SYNERGIA_HOME={self.home}", "SYNERGIA_LOG_LEVEL=error"]
        command = ["env", *own, sys.executable, "synergia.py", "serve", "--port", str(self.port), "--lang", "en"]
        self._process = subprocess.Popen(  # noqa: S603 - ours
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        told = self._process.stderr or ()
        found = next((found for line in told if (found := re.search(r"http://localhost:(\d+)", line))), None)
        if found is None:
            raise ChildProcessError(command)
        self.port = int(found.group(1))
        # Somebody has to read on: a pipe that is full would hold up whoever writes a fault to it.
        Thread(target=lambda: [None for _ in told], daemon=True).start()
        return self

    @property
    def address(self) -> str:
        """Give where it is open."""
        return f"http://localhost:{self.port}"

    @property
    def memory_mb(self) -> float:
        """Give the resident memory of the web server, without its database."""
        return float(psutil.Process(self._process.pid).memory_info().rss) / 1e6 if self._process else 0.0

    @property
    def settings(self) -> Settings:
        """Give the settings by which this process reaches the app's database."""
        return Settings(home=self.home, database_url=None)

    def kill(self) -> None:
        """End the web server as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def kill_database(self) -> None:
        """End the database as a power cut would; the app has to start it again."""
        os.kill(server.pid_of(layout.of(self.settings)) or 0, signal.SIGKILL)

    def end(self) -> None:
        """End it in order, and take its home away."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=60)
            self._process.kill()
            self._process.wait()
        with suppress(Exception if False else OSError):
            cluster.down(self.settings, force=True)
        shutil.rmtree(self.home, ignore_errors=True)


@dataclass(frozen=True)
class Given:
    """Say which event is measured, in which app and store, and what opens its form and its screen."""

    app: App
    engine: Engine
    event_id: int
    code: str
    token: str


@contextmanager
def practice() -> Iterator[Given]:
    """Begin a practice workshop in an app of its own with demo data, under the key of that app."""
    app = App()
    try:
        app.start()
        with cluster.running(app.settings) as url, viewing(SERVER):
            engine = store.engine(url)
            yield _begun(app, engine)
            engine.dispose()
    finally:
        app.end()


def _begun(app: App, engine: Engine) -> Given:
    secret = secrecy.cookie_secret(app.settings)
    event_id = events.begin(engine, "server", Plan(name="Workshop", region=REGION, practice=True, tables=TABLES))
    given = {"code": keys.code(secret, event_id, 1), "screen": keys.token(secret, event_id, 1)}
    code, screen = (keys.digest(secret, what, one) for what, one in given.items())
    events.give_out(engine, "server", event_id, (code, screen), datetime.now(UTC) + timedelta(days=1))
    return Given(app, engine, event_id, given["code"], given["screen"])


# Resources without a card of their own, points that came twice, and pairs that were told twice.
_DOUBLED = text("""
SELECT (SELECT count(*) FROM resource WHERE event_id = :event AND deleted_at IS NULL)
    - (SELECT count(DISTINCT resource_id) FROM workshop_card WHERE event_id = :event AND status = 'shown'),
    (SELECT count(*) - count(DISTINCT told ->> 'resource') FROM workshop_line
        WHERE event_id = :event AND kind = 'card' AND NOT told ? 'of'),
    (SELECT count(*) - count(DISTINCT told ->> 'synergy') FROM workshop_line
        WHERE event_id = :event AND kind = 'match')
""")


def doubled(given: Given) -> int:
    """Count what stands more than once: in the store, on the wall, among the matches."""
    with given.engine.connect() as connection:
        return sum(abs(int(one)) for one in connection.execute(_DOUBLED, {"event": given.event_id}).one())


@dataclass
class Seen:
    """Hold when a screen had which frame (seconds on the monotonic clock, number of its last line), and the last."""

    frames: list[tuple[float, int]] = field(default_factory=list)
    size_b: int = 0
    resources: int = 0
    matches: int = 0
    opened: int = 0

    def visible(self, number: int) -> float:
        """Give the time of the first frame that holds a line; infinity where none came."""
        return next((at for at, frame in self.frames if frame >= number), float("inf"))

    def take(self, line: bytes) -> None:
        """Take note of a line of the stream, without reading all of it: the screens' time is not what is measured."""
        if found := _FRAME.match(line):
            self.frames.append((monotonic(), int(found.group(1))))
            self.size_b += len(line)
            self.resources, self.matches = (_count(one.search(line)) for one in (_SHOWN, _MATCHES))


def _count(found: re.Match[bytes] | None) -> int:
    return int("".join(filter(str.isdigit, found.group(1).decode()))) if found else 0


async def watch(given: Given, seen: Seen) -> None:
    """Listen as a screen does, and look again whenever the server has gone."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            await _listen(given, seen)
        await asyncio.sleep(AGAIN_S)


async def _listen(given: Given, seen: Seen) -> None:
    reader, writer = await asyncio.open_connection("localhost", given.app.port, limit=LARGEST)
    try:
        asked = f"GET /screen/events?t={given.token} HTTP/1.1\r\nHost: localhost:{given.app.port}\r\n\r\n"
        writer.write(asked.encode())
        seen.opened += 1
        while line := await reader.readline():
            seen.take(line)
    finally:
        writer.close()


async def until(come: Callable[[], bool], every_s: float = 0.25) -> None:
    """Wait for what another process does."""
    while not come():  # noqa: ASYNC110 - nobody here could set an event for it
        await asyncio.sleep(every_s)
