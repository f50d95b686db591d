"""Reading, trying and writing a file in the background, so that no page waits and everybody else goes on working.

A job does one thing at a time. What it has found stands in `job.status`, which is replaced as a whole and never
changed, so a page reads it without a lock. Nothing here knows Streamlit: threads of ours have no session.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from secrets import token_hex
from threading import Event, Lock
from time import monotonic, sleep
from typing import Any

import structlog
from sqlalchemy import Engine

from config.errors import SynergiaError
from dashboard.importing.staging import Staged, Staging
from data import importers
from data.importers import Cancelled, Report, Result

AT_ONCE = 2  # more files at a time would only make each slower: Python computes on one core
KEPT_JOBS = 12  # a report of 50,000 rows takes some 100 MB
KEPT_S = 24 * 3600
WAITING = "importing.stage_waiting"
BREATH_S = 0.002  # given to the pages of everybody else after each step

Fixes = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Status:
    """Tell what a job has found, and what it is doing: `stage` is a text id while it works, else empty."""

    stage: str = ""
    done: int = 0
    total: int = 0
    report: Report | None = None
    expected: Result | None = None
    fixed: Report | None = None
    result: Result | None = None
    refusal: SynergiaError | None = None
    reference: str = ""  # of a fault that is ours, as it stands in the log
    cancelled: bool = False

    @property
    def busy(self) -> bool:
        """Tell whether the job is at work."""
        return bool(self.stage)


class Job:
    """Work on one staged file."""

    def __init__(self, staged: Staged, staging: Staging, engine: Engine, pool: ThreadPoolExecutor) -> None:
        self.staged = staged
        self.status = Status()
        self.touched = monotonic()
        self.checks = 0  # how often the file was read: what was chosen of an earlier report says nothing of the next
        self.decisions: dict[int, tuple[bool, str]] = {}  # what the user chose, by the number of the problem
        self._staging, self._engine, self._pool = staging, engine, pool
        self._stop = Event()
        self._lock = Lock()
        self._future: Future[None] | None = None

    @property
    def is_new(self) -> bool:
        """Tell whether nothing has been done yet."""
        return self.status == Status()

    def choose(self, **options: Any) -> None:  # noqa: ANN401 - fields of Options
        """Read or write the file in another way from now on; takes effect with the next check or import."""
        self.staged = replace(self.staged, options=replace(self.staged.options, **options))
        self._staging.note(self.staged)

    def check(self) -> None:
        """Read the file and try what importing it would do."""
        self._begin(self._check, Status(stage=WAITING))

    def recheck(self, fixes: Fixes) -> None:
        """Try the rows again with cells replaced, at once: for files small enough not to wait for."""
        status = self.status
        if status.report is None or status.busy:
            return
        fixed = importers.apply_fixes(status.report, fixes) if fixes else status.report
        self.status = replace(status, fixed=fixed)

    def forget_fixes(self) -> None:
        """Count on what the user chose until the import itself tries it: for files too large to try at each tick."""
        self.status = replace(self.status, fixed=None)

    def write(self, user: str, fixes: Fixes, promised: int) -> None:
        """Import the file with cells replaced; if not all `promised` rows are valid then, write nothing and show."""
        self._begin(
            lambda: self._write(user, fixes, promised),
            replace(self.status, stage=WAITING, refusal=None, reference="", cancelled=False),
        )

    def cancel(self) -> None:
        """Stop at the next step; nothing has been written then."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait a moment for the work to end; tell whether it has."""
        future = self._future
        if future is None:
            return True
        try:
            future.result(timeout=seconds)
        except TimeoutError:
            return False
        return True

    def _begin(self, work: Callable[[], None], status: Status) -> None:
        with self._lock:  # a double click must not start two
            if self.status.busy:
                return
            self._stop.clear()
            self.touched = monotonic()
            self.status = status
            self._future = self._pool.submit(self._guarded, work)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            self._heard(WAITING, 0, 0)
            work()
        except Cancelled:
            self.status = replace(self.status, stage="", cancelled=True)
        except SynergiaError as error:
            self.status = replace(self.status, stage="", refusal=error)
        except Exception as error:  # noqa: BLE001 - a thread has no door above it that would tell the user
            reference = token_hex(2).upper()
            structlog.get_logger(__name__).error("import_failed", reference=reference, exc_info=error)
            self.status = replace(self.status, stage="", reference=reference)
        finally:
            self.touched = monotonic()

    def _check(self) -> None:
        staged = self.staged
        self.decisions = {}
        report = importers.read(staged.importer, staged.path, staged.options, self._heard)
        expected = importers.dry_run(self._engine, report, self._heard)
        self.checks += 1
        self.status = Status(report=report, expected=expected)

    def _write(self, user: str, fixes: Fixes, promised: int) -> None:
        report = self.status.report
        if report is None:
            return
        ready = importers.apply_fixes(report, fixes, self.staged.options, self._heard) if fixes else report
        ready = replace(ready, options=self.staged.options)
        if len(ready.ties) < promised:
            self.status = replace(self.status, stage="", fixed=ready)
            return
        result = importers.write(self._engine, user, ready, self._heard)
        self._staging.erase(self.staged.id)
        # The rows themselves are in the store now: what stays is what was left out.
        self.status = Status(report=replace(ready, source=None), result=result)

    def _heard(self, stage: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.status = replace(self.status, stage=stage, done=done, total=total)
        sleep(BREATH_S)


class Jobs:
    """Hold the jobs of this process, by the id of their file."""

    def __init__(self, staging: Staging, engine: Engine) -> None:
        self.staging, self._engine = staging, engine
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="import")
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def open(self, identity: str) -> Job | None:
        """Find the job of a file, begun again from the disk where the server has forgotten it; None when it is gone."""
        with self._lock:
            self._forget()
            job = self._jobs.get(identity)
            if job is not None:
                job.touched = monotonic()
                return job
            staged = self.staging.get(identity)
            if staged is None:
                return None
            job = self._jobs[identity] = Job(staged, self.staging, self._engine, self._pool)
        return job

    def drop(self, identity: str) -> None:
        """Stop a job and throw its file away."""
        with self._lock:
            job = self._jobs.pop(identity, None)
        if job is not None:
            job.cancel()
        self.staging.erase(identity)

    def _forget(self) -> None:
        idle = sorted((job.touched, key) for key, job in self._jobs.items() if not job.status.busy)
        surplus = max(0, len(self._jobs) - KEPT_JOBS)
        for number, (touched, key) in enumerate(idle):
            if number < surplus or monotonic() - touched > KEPT_S:
                del self._jobs[key]
