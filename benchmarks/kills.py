"""kill -9 of database, app and import in turn, under load: what was acknowledged must be there, and whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from json import dumps, loads
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from sqlalchemy import Engine, create_engine, text

from benchmarks import Figure, percentile
from benchmarks.load import READERS, TITLE, WRITERS, Order, Times, acknowledged
from config.settings import ROOT, Settings
from config.settings import load as settings_of_process
from data import cluster, store
from data.cluster import binaries, layout, server
from data.migrate import migrate
from data.store import demo, reference

ROUNDS = 12
BEFORE_KILL_S = 3.0
IMPORT_ROWS = 4_000
PATIENCE_S = 60.0
CALM = Order("", 20.0, 1.0, "", "calm")
WRITING = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE '%incoming_%' AND backend_xid IS NOT NULL)"
Told = Callable[[str], object]


@dataclass(frozen=True)
class Round:
    """Tell of one kill: how many writes were acknowledged under it, how many of them are lost, how many stand half.

    An import of which a part is there is one that stands half.
    """

    killed: str
    acknowledged: int
    lost: int
    half: int


def measure(tell: Told) -> list[Figure]:
    """Measure the load while all is well, and then what twelve kills leave."""
    with _own_cluster() as (settings, url), TemporaryDirectory() as folder:
        figures = _calm(url, Path(folder))
        rounds = _Rounds(settings, url, Path(folder)).run(tell)
    kinds = list(dict.fromkeys(one.killed for one in rounds))
    for kind in kinds:
        own = [one for one in rounds if one.killed == kind]
        name = f"kill -9 of {kind}, {len(own)} rounds: writes"
        figures += [
            Figure(f"{name} acknowledged", sum(one.acknowledged for one in own), "writes"),
            Figure(f"{name} lost", sum(one.lost for one in own), "writes", 0),
            Figure(f"{name} half-written", sum(one.half for one in own), "writes", 0),
        ]
    return figures


def _calm(url: str, folder: Path) -> list[Figure]:
    ledger = folder / "calm.ledger"
    with _app(Order(url, CALM.seconds, CALM.think_s, str(ledger), CALM.name)) as process:
        times = Times(**loads(process.communicate()[0]))
    what = f"{READERS} readers + {WRITERS} writers under row security"
    return [
        Figure(f"{what}: reads, p99", percentile(times.reads_ms, 0.99), "ms", 150),
        Figure(f"{what}: writes, p99", percentile(times.writes_ms, 0.99), "ms", 150),
        Figure(f"{what}: reads, median", percentile(times.reads_ms, 0.5), "ms"),
        Figure(f"{what}: acts a second", (len(times.reads_ms) + len(times.writes_ms)) / CALM.seconds, "1/s"),
    ]


class _Rounds:
    """Kill one thing after the other while the load goes on, and look after each what is there."""

    def __init__(self, settings: Settings, url: str, folder: Path) -> None:
        self.settings, self.url, self.folder = settings, url, folder

    def run(self, tell: Told) -> list[Round]:
        """Kill each of the three in turn, round by round, and give what came of it."""
        kills = {"database": self._database, "app": self._app, "import": self._import}
        done = []
        for number in range(ROUNDS):
            killed = list(kills)[number % len(kills)]
            ledger = self.folder / f"{number}.ledger"
            with _app(Order(self.url, PATIENCE_S, 0.01, str(ledger), f"r{number}")) as process:
                _until(partial(_begun, ledger))
                sleep(BEFORE_KILL_S)
                extra = kills[killed](number, process)
                if killed != "app":
                    sleep(1)  # the app goes on by itself
                process.kill()
            lost, half = self._look(f"r{number}", acknowledged(ledger))
            done.append(Round(killed, len(acknowledged(ledger)), lost, half + extra))
            tell(f"{number + 1}/{ROUNDS} {done[-1]}")
        return done

    def _database(self, _number: int, _process: subprocess.Popen[str]) -> int:
        os.kill(server.pid_of(layout.of(self.settings)) or 0, signal.SIGKILL)
        _until(lambda: cluster.has_crashed(self.settings))
        cluster.revive(self.settings)
        return 0

    def _app(self, _number: int, process: subprocess.Popen[str]) -> int:
        process.kill()
        process.wait()
        return 0

    def _import(self, number: int, _process: subprocess.Popen[str]) -> int:
        """Kill an import while it writes; 1 when a part of its rows is there afterwards."""
        file = self.folder / f"import{number}.csv"
        lines = [f"Tuonti {number} {row} Oy;Kajaani;tarjolla;Jäte;Tuhka {row}" for row in range(IMPORT_ROWS)]
        file.write_text("\n".join(["Yritys;Kunta;Suunta;Laji;Otsikko", *lines]), encoding="utf-8")
        environment = {**_environment(), "SYNERGIA_DATABASE_URL": self.url, "SYNERGIA_HOME": str(self.settings.home)}
        command = [sys.executable, "synergia.py", "import", "table", str(file)]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=-3, stderr=-3, text=True) as process:  # noqa: S603 - our own program
            _until(lambda: bool(self._ask(WRITING)))
            process.kill()
        sleep(0.5)  # the server notices that nobody is there any more
        there = int(str(self._ask(f"SELECT count(*) FROM organisation WHERE name LIKE 'Tuonti {number} %'")))  # noqa: S608 - our own number
        return int(there not in {0, IMPORT_ROWS})

    def _look(self, name: str, told: list[str]) -> tuple[int, int]:
        engine = create_engine(self.url)
        statement = text("""
        SELECT r.title, count(y.year) FROM resource r LEFT JOIN resource_year y ON y.resource_id = r.id
        WHERE r.title LIKE :mine GROUP BY r.id""")
        with engine.connect() as connection:
            there = {row[0]: row[1] for row in connection.execute(statement, {"mine": f"{TITLE}{name} %"})}
        engine.dispose()
        return len(set(told) - there.keys()), sum(years != 1 for years in there.values())

    def _ask(self, question: str) -> object:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            found: object = connection.scalar(text(question))
        engine.dispose()
        return found


def _begun(ledger: Path) -> bool:
    return len(acknowledged(ledger)) > WRITERS


def _until(come: Callable[[], bool]) -> None:
    began = monotonic()
    while not come():
        if monotonic() - began > PATIENCE_S:
            raise TimeoutError
        sleep(0.01)


@contextmanager
def _app(order: Order) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "benchmarks.load"]
    with subprocess.Popen(command, cwd=ROOT, env=_environment(), stdin=-1, stdout=-1, text=True) as process:  # noqa: S603 - our own program
        if process.stdin is not None:
            process.stdin.write(dumps(asdict(order)))
            process.stdin.close()
            process.stdin = None
        try:
            yield process
        finally:
            process.kill()


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


@contextmanager
def _own_cluster() -> Iterator[tuple[Settings, str]]:
    """Make a cluster that nobody else needs, filled with demo data, and remove it afterwards."""
    with TemporaryDirectory(prefix="synergia-kills-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # the server's user must get in
        (home / binaries.UNPACKED).symlink_to(settings_of_process().home / binaries.UNPACKED)
        settings = Settings(home=home, database_url=None)
        with cluster.running(settings) as url:
            engine: Engine = store.engine(url)
            migrate(engine)
            reference.load(engine, settings.reference)
            demo.load(engine, settings)
            engine.dispose()
            try:
                yield settings, url
            finally:
                cluster.down(settings, force=True)
