"""The process that reads, checks and writes files, apart from the one that serves pages.

A file of 50,000 rows is millions of Python objects. In the server itself, every run of every viewer's page would walk
through them all in its garbage collection, and wait for the rows in between. Here they disturb nobody, cancelling is
ending the process, and the memory goes with it.

Started by dashboard.importing.workers. Requests come pickled over the standard input, answers go over what
was the standard output; both ends are this program. When the server goes, the pipe breaks and so does the import.
"""

import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from traceback import format_tb
from types import FrameType, TracebackType
from typing import IO

from config.errors import SynergiaError
from dashboard.importing import caps
from dashboard.importing.staging import Staged
from data import importers, store
from data.importers import Cancelled, Heading, HeadingsProblem, Report, Result, left_out
from data.store.bulk import Batch
from data.viewer import Viewer, current, viewing

IDLE_S = 15 * 60  # a worker that nobody needs gives its memory back
Fixes = Mapping[int, Mapping[str, str]]
NAMED = {"organisations": "name", "sites": "name", "resources": "title"}  # all that a page shows of a row


@dataclass(frozen=True, kw_only=True)
class Request:
    """Ask for a file to be tried, or written when `user` is given; `fixes` replace cells first."""

    staged: Staged
    database: str
    fixes: Fixes = field(default_factory=dict)
    trial: bool = True  # count exactly what would happen, which takes as long as writing
    write_for: str | None = None
    promised: int = 0
    viewer: Viewer | None = field(default_factory=current)  # whoever asked


@dataclass(frozen=True)
class Heard:
    """Tell how far the work is."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True)
class Answer:
    """Give the report, and what came or would come of it; no result of a write: fewer rows than promised were valid."""

    report: Report
    result: Result | None = None


@dataclass(frozen=True)
class Refusal:
    """Tell why a file is refused: the parts of a SynergiaError, which does not pickle itself."""

    key: str
    values: Mapping[str, object]
    headings: tuple[Heading, ...] | None = None

    def error(self) -> SynergiaError:
        """Make the error again."""
        if self.headings is not None:
            return HeadingsProblem(self.key, self.headings, **self.values)
        return SynergiaError(self.key, **self.values)


@dataclass(frozen=True)
class Stop:
    """Tell that the work was stopped on request, and rolled back."""


@dataclass(frozen=True)
class Fault:
    """Tell of an unforeseen error where it happened; not its message, which may hold what stands in a cell."""

    kind: str
    stack: str


class Bench:
    """Work on requests; the last file read stays at hand."""

    def __init__(self, send: Callable[[object], None]) -> None:
        self._send = send
        self._held: tuple[Staged, Report] | None = None
        self._stopped = False

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Stop the present work at its next step."""
        self._stopped = True

    def serve(self, request: Request) -> None:
        """Answer a request, or say why not."""
        self._stopped = False
        caps.begin()
        try:
            with viewing(request.viewer):
                self._send(self._done(request))
        except Cancelled:
            self._send(Stop())
        except HeadingsProblem as error:
            self._send(Refusal(error.key, error.values, error.headings))
        except SynergiaError as error:
            self._send(Refusal(error.key, error.values))
        except (MemoryError, caps.Overdue):
            self._held = None
            self._send(Refusal("import.reader_failed", {"file": request.staged.name}))

    def _done(self, request: Request) -> Answer:
        engine = store.bound(request.database, 2)
        report = self._read(request.staged)
        if request.fixes:
            report = importers.apply_fixes(report, request.fixes, progress=self._heard)
        if request.write_for is None:
            result = importers.dry_run(engine, report, self._heard) if request.trial else None
            return Answer(slim(report), result)
        if len(report.ties) < request.promised:
            return Answer(slim(report))
        report = replace(report, options=request.staged.options)
        return Answer(slim(report), importers.write(engine, request.write_for, report, self._heard))

    def _read(self, staged: Staged) -> Report:
        asked = reading(staged)
        if self._held is None or self._held[0] != asked:
            self._held = None
            self._held = asked, importers.read(staged.importer, staged.path, staged.options, self._heard)
        return self._held[1]

    def _heard(self, stage: str, done: int, total: int) -> None:
        if self._stopped:
            raise Cancelled
        self._send(Heard(stage, done, total))


def reading(staged: Staged) -> Staged:
    """Give what the reading of a file depends on: whether all rows must be valid is asked only when writing."""
    return replace(staged, options=replace(staged.options, all_or_nothing=False))


def slim(report: Report) -> Report:
    """Leave out of a report what no page shows, so that little goes through the pipe and stays in the server."""
    named = {part: getattr(report.batch, part)[["source_key", name]] for part, name in NAMED.items()}
    kept = left_out.pack(report, report.options.language)
    return replace(report, source=None, batch=Batch(**named), left_out=kept)


def main() -> None:
    """Serve requests until the server goes, or nobody asks for a while."""
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not fall among the answers
    requests = sys.stdin.buffer
    sys.excepthook = partial(_confess, channel)
    bench = Bench(lambda message: put(channel, message))
    signal.signal(signal.SIGTERM, bench.stop)
    caps.settle()
    while select.select([requests], [], [], IDLE_S)[0]:
        try:
            request = pickle.load(requests)  # noqa: S301 - from our own server, over a pipe
        except EOFError:
            return
        bench.serve(request)


def _confess(channel: IO[bytes], kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Tell the server of an error of ours with the last breath; it tells the user, and logs it under a reference."""
    with suppress(OSError):  # the server may have gone: that is why most workers end
        put(channel, Fault(kind.__name__, "".join(format_tb(trace))))


def put(channel: IO[bytes], message: object) -> None:
    """Send a message at once."""
    pickle.dump(message, channel, protocol=pickle.HIGHEST_PROTOCOL)
    channel.flush()
