"""How fast pages answer: the first page, filter changes, thirty viewers at once, and a hundred times the data."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter

import psutil
from playwright.sync_api import sync_playwright
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks import Figure, Tell, boards, percentile, planning, reports
from benchmarks.browser import FLAGS
from benchmarks.viewer import Viewer
from config.settings import ROOT, Settings
from data import cluster, store
from data.viewer import SYSTEM, viewing

SCALES = (1, 100)
VIEWERS = 30
EVERY_S = 2
ROUNDS = 15
CHANGES = ("resources", "synergies", "benefits")  # what the measure switch of the overview is set to in turn


@dataclass(frozen=True)
class Server:
    """Tell where a server listens, which process it is, and where its data lie."""

    address: str
    process: psutil.Process
    settings: Settings

    @property
    def memory_mb(self) -> float:
        """Give the resident memory of the web server, without its database."""
        return float(self.process.memory_info().rss) / 1e6

    def spent_s(self) -> float:
        """Give the processor time that the server and its database have used."""
        total = 0.0
        for one in [self.process, *self.process.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):  # the database's helpers come and go
                times = one.cpu_times()
                total += float(times.user + times.system)
        return total


class _Clock:
    """Tell of each step when it began, and how busy the machine is, with whatever: both bear on the figures."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._began = tell, perf_counter()

    def __call__(self, step: str) -> None:
        """Tell that a step begins."""
        passed, load = perf_counter() - self._began, os.getloadavg()[0]
        self._tell(f"{passed:6.0f} s  load {load:4.1f} on {os.cpu_count()}  {step}")

    def told(self, figures: list[Figure]) -> list[Figure]:
        """Tell figures at once, for what comes after them takes minutes and may go wrong."""
        for figure in figures:
            self._tell(f"           {figure}")
        return figures


@contextmanager
def served(scale: int, home: Path | None = None) -> Iterator[Server]:
    """Start the app as a user does, with demo data of a scale, in a home of its own or in one that holds it already."""
    own = home or Path(mkdtemp(prefix="synergia-bench-"))
    own.chmod(0o711)  # the private database runs as another user when root starts it
    said = ["-u", "SYNERGIA_DATABASE_URL", f"SYNERGIA_HOME={own}", "SYNERGIA_LOG_LEVEL=error"]
    program = ["env", *said, sys.executable, str(ROOT / "synergia.py")]
    if scale > 1 and home is None:
        subprocess.run([*program, "demo", "load", "--scale", str(scale)], check=True)  # noqa: S603 - ours
    command = [*program, "serve", "--port", "0", "--lang", "en"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as app:  # noqa: S603 - ours
        try:
            found = next(found for line in app.stderr or () if (found := re.search(r"http://(localhost:\d+)", line)))
            yield Server(found.group(1), psutil.Process(app.pid), Settings(home=own, database_url=None))
        finally:
            app.terminate()
            app.communicate(timeout=60)
            if home is None:
                shutil.rmtree(own, ignore_errors=True)


def measure(tell: Tell, scales: Sequence[int] = SCALES, home: Path | None = None) -> list[Figure]:
    """Measure pages, reports and planners' sums at each scale of demo data, each on one load of it."""
    figures: list[Figure] = []
    clock = _Clock(tell)
    for scale in scales:
        clock(f"scale {scale}: demo data")
        with served(scale, home) as server:
            figures += _at(server, scale, clock)
    clock("done")
    return figures


def _at(server: Server, scale: int, clock: _Clock) -> list[Figure]:
    """Measure one scale: what users wait for first, and sums last, when nothing else is at work."""
    clock(f"scale {scale}: the overview")
    changes = asyncio.run(_changes(server))
    name = f"overview at scale {scale}"
    bound = 0.3 if scale == 1 else 1.0
    figures = clock.told([Figure(f"{name}: filter change, 95th percentile", percentile(changes, 0.95), "s", bound)])
    if scale == 1:
        figures += clock.told([_first_page(server), *asyncio.run(_crowd(server))])
    clock(f"scale {scale}: what resources are about; the match index is made beside it")
    url = cluster.app_url(server.settings)
    engine = store.bound(url)
    with viewing(SYSTEM):
        figures += clock.told(planning.read(engine, scale))
    figures += clock.told(boards.measure(server.address, scale, clock, server.spent_s))
    figures += clock.told([Figure(f"{name}: memory of the server", server.memory_mb, "MB", 2000.0)])
    clock(f"scale {scale}: balance and flows")
    with viewing(SYSTEM):
        figures += clock.told(planning.measure(engine, scale, server.spent_s))
        if scale == 1:  # FISS size; beyond it the index is a process's own work
            clock(f"scale {scale}: what-if answers")
            figures += clock.told(planning.what_if(engine, server.settings))
    clock(f"scale {scale}: the yearly report")
    owner = store.engine(cluster.url(server.settings))
    figures += clock.told(reports.measure(owner, scale, server.spent_s))
    for one in (engine, owner):
        one.dispose()
    return figures


def _chosen(value: str) -> dict[str, WidgetState]:
    state = WidgetState()
    state.string_array_value.data.append(value)
    return {"measure": state}


async def _changes(server: Server) -> list[float]:
    """Change the measure again and again in one session; give the seconds of each answer."""
    async with Viewer(server.address) as viewer:
        await viewer.run()
        for value in CHANGES:  # the first of each fills the caches
            await viewer.run(changes=_chosen(value))
        return [await viewer.run(changes=_chosen(CHANGES[round_ % len(CHANGES)])) for round_ in range(ROUNDS * 2)]


async def _crowd(server: Server) -> list[Figure]:
    """Let thirty viewers refresh every two seconds, each at a moment of its own, and then all at the same moment."""
    async with AsyncExitStack() as sessions:
        viewers = [await sessions.enter_async_context(Viewer(server.address)) for _ in range(VIEWERS)]
        await asyncio.gather(*(viewer.run() for viewer in viewers))
        each = await asyncio.gather(*(_again(viewer, EVERY_S * turn / VIEWERS) for turn, viewer in enumerate(viewers)))
        apart = [seconds for one in each for seconds in one]
        together: list[float] = []
        for _ in range(5):
            together += await asyncio.gather(*(viewer.run() for viewer in viewers))
            await asyncio.sleep(EVERY_S)
    name = f"overview: {VIEWERS} viewers refresh"
    return [
        Figure(f"{name} every {EVERY_S} s, 95th percentile", percentile(apart, 0.95), "s", 0.5),
        Figure(f"{name} at the very same moment, 95th percentile", percentile(together, 0.95), "s", 0.5),
    ]


async def _again(viewer: Viewer, first_s: float) -> list[float]:
    await asyncio.sleep(first_s)
    times = []
    for _ in range(ROUNDS):
        times.append(await viewer.run())
        await asyncio.sleep(max(0.0, EVERY_S - times[-1]))
    return times


def _first_page(server: Server) -> Figure:
    """Open the overview in Chromium until its table and its map are there; median of five, after one that warms up."""
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for _ in range(6):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fi-FI")
            page = context.new_page()
            began = perf_counter()
            page.goto(f"http://{server.address}/")
            page.locator("h1").wait_for()
            page.locator("[data-testid=stDataFrame]").first.wait_for()
            page.locator("canvas").first.wait_for()
            times.append(perf_counter() - began)
            context.close()
        browser.close()
    return Figure("overview: first page usable in a browser", median(times[1:]), "s", 3.0)
