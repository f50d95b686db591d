"""A hundred people who read and twenty who write at once, in a process of its own, as an app that may be killed.

Run as `python -m benchmarks.load`: settings come as JSON on standard input, every write that the database has
acknowledged is a line in the ledger the moment it is, and the times it took are printed at the end.
"""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import perf_counter

from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data import store
from data.queries import companies
from data.viewer import Role, Viewer, viewing

READERS, WRITERS = 100, 20
WRITER = Viewer("kuorma", Role.NATIONAL)
READER = Viewer("kuorma", Role.REGIONAL, ("01", "18"))
TITLE = "Kuorma "
PAUSE_AFTER_REFUSAL_S = 0.05

# Two rows of two tables, of which one alone would be half a write.
_WRITE = (
    """INSERT INTO resource (site_id, direction, type, title, demo)
    VALUES (:site, 'have', 'material', :title, true) RETURNING id""",
    "INSERT INTO resource_year (resource_id, year, tonnes, basis) VALUES (:id, 2026, 1, 'estimated')",
)


@dataclass(frozen=True)
class Order:
    """Say what to do: where, how long, how long each person thinks between two acts, and where acts are noted."""

    url: str
    seconds: float
    think_s: float
    ledger: str
    name: str
    pool: int = 12


@dataclass(frozen=True)
class Times:
    """Hold how long each read and each write took, in milliseconds, and how many were refused."""

    reads_ms: Sequence[float]
    writes_ms: Sequence[float]
    refused: int


class Load:
    """Run readers and writers until told to stop."""

    def __init__(self, order: Order) -> None:
        self.order, self.engine = order, store.bound(order.url, order.pool)
        self.stop, self.refused = Event(), 0
        self.reads_ms: list[float] = []
        self.writes_ms: list[float] = []
        self.ledger = os.open(order.ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def run(self) -> Times:
        """Run for the time that was ordered."""
        with viewing(WRITER), self.engine.connect() as connection:
            found = connection.execute(text("SELECT id, organisation_id FROM site ORDER BY id"))
            sites = [(int(row.id), int(row.organisation_id)) for row in found]
        people = [Thread(target=self._read, args=(number, sites)) for number in range(READERS)]
        people += [Thread(target=self._write, args=(number, sites)) for number in range(WRITERS)]
        for one in people:
            one.start()
        self.stop.wait(self.order.seconds)
        self.stop.set()
        for one in people:
            one.join()
        return Times(self.reads_ms, self.writes_ms, self.refused)

    def _read(self, number: int, sites: Sequence[tuple[int, int]]) -> None:
        draw = Random(number)  # noqa: S311 - a load has no secrets
        self._think(draw)
        with viewing(READER):
            while not self.stop.is_set():
                began = perf_counter()
                try:
                    companies.resources(self.engine, draw.choice(sites)[1])
                except StoreProblem:
                    self._refused()
                    continue
                self.reads_ms.append(1000 * (perf_counter() - began))
                self._think(draw)

    def _write(self, number: int, sites: Sequence[tuple[int, int]]) -> None:
        draw, at = Random(1_000 + number), 0  # noqa: S311 - a load has no secrets
        self._think(draw)
        with viewing(WRITER):
            while not self.stop.is_set():
                at += 1
                title, began = f"{TITLE}{self.order.name} {number} {at}", perf_counter()
                try:
                    add(self.engine, draw.choice(sites)[0], title)
                except StoreProblem:
                    self._refused()
                    continue
                os.write(self.ledger, f"{title}\n".encode())  # one call: a line is there whole or not at all
                self.writes_ms.append(1000 * (perf_counter() - began))
                self._think(draw)

    def _think(self, draw: Random) -> None:
        self.stop.wait(draw.uniform(0, 2 * self.order.think_s))

    def _refused(self) -> None:
        self.refused += 1
        self.stop.wait(PAUSE_AFTER_REFUSAL_S)


def add(engine: Engine, site_id: int, title: str) -> None:
    """Write a resource and its year in one transaction."""
    with store.connection(engine, WRITER.name) as connection:
        resource = connection.scalar(text(_WRITE[0]), {"site": site_id, "title": title})
        connection.execute(text(_WRITE[1]), {"id": resource})


def main() -> None:
    """Run one load as the process's only task."""
    times = Load(Order(**json.load(sys.stdin))).run()
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(asdict(times)))


def acknowledged(ledger: Path) -> list[str]:
    """Read the writes that were acknowledged."""
    return ledger.read_text().splitlines() if ledger.exists() else []


if __name__ == "__main__":
    main()
