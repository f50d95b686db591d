"""Reading, trying and writing a file in the background, so that no page waits and everybody else goes on working.

A job does one thing at a time, in a worker. What it has found stands in `job.status`, which is replaced as a whole and
never changed, so a page reads it without a lock. Nothing here knows Streamlit: threads of ours have no session.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from secrets import token_hex
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import structlog

from config.errors import SynergiaError
from dashboard.importing.staging import Staged, Staging
from dashboard.importing.worker import Answer, Fixes, Request
from dashboard.importing.workers import Broken, Stopped, Unforeseen, Worker, Workers
from data.importers import Report, Result

KEPT_JOBS = 24  # what a page needs of 50,000 rows takes some 50 MB
KEPT_S = 24 * 3600
PATIENCE_S = 2.0  # for a free worker, while the user waits for the button to count along
WAITING = "importing.stage_waiting"


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

    def __init__(self, staged: Staged, staging: Staging, workers: Workers, database: str) -> None:
        self.staged = staged
        self.status = Status()
        self.touched = monotonic()
        self.checks = 0  # how often the file was read: what was chosen of an earlier report says nothing of the next
        self.decisions: dict[int, tuple[bool, str]] = {}  # what the user chose, by the number of the problem
        self._staging, self._workers, self._database = staging, workers, database
        self._cancelled = False
        self._worker: Worker | None = None
        self._writes = False
        self._lock = Lock()
        self._idle = Event()
        self._idle.set()

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
        self._begin(Request(staged=self.staged, database=self._database), self._checked, Status(stage=WAITING))

    def recheck(self, fixes: Fixes) -> None:
        """Try the rows again with cells replaced, at once: for files small enough to wait for."""
        worker = None if self.status.busy else self._workers.take(self.staged.id, PATIENCE_S)
        if worker is None:
            self.forget_fixes()
            return
        try:
            request = Request(staged=self.staged, database=self._database, fixes=fixes, trial=False)
            self.status = replace(self.status, fixed=worker.ask(request, lambda *_: None).report)
        except (Broken, Unforeseen, SynergiaError):
            self.forget_fixes()  # the import itself tries them again, and says what is wrong
        finally:
            self._workers.give(worker)

    def forget_fixes(self) -> None:
        """Count on what the user chose until the import itself tries it."""
        self.status = replace(self.status, fixed=None)

    def write(self, user: str, fixes: Fixes, promised: int) -> None:
        """Import the file with cells replaced; if not all `promised` rows are valid then, write nothing and show."""
        request = Request(
            staged=self.staged, database=self._database, fixes=fixes, write_for=user, promised=promised, trial=False
        )
        before = replace(self.status, stage=WAITING, done=0, total=0, refusal=None, reference="", cancelled=False)
        self._begin(request, self._written, before)

    def cancel(self) -> None:
        """Stop; nothing has been written then."""
        with self._lock:
            self._cancelled = True
            worker, writes = self._worker, self._writes
        if worker is not None:
            # A write ends between two steps, so that it is known whether it was saved; anything else ends at once.
            worker.stop() if writes else worker.kill()

    def wait(self, seconds: float) -> bool:
        """Wait a moment for the work to end; tell whether it has."""
        return self._idle.wait(seconds)

    def _begin(self, request: Request, finish: Callable[[Answer], None], status: Status) -> None:
        with self._lock:  # a double click must not start two
            if self.status.busy:
                return
            self._cancelled, self._writes = False, request.write_for is not None
            self.touched = monotonic()
            self.status = status
            self._idle.clear()
        Thread(target=self._work, args=(request, finish), name="import", daemon=True).start()

    def _work(self, request: Request, finish: Callable[[Answer], None]) -> None:
        worker = self._workers.take(self.staged.id)
        if worker is None:
            return  # never: patience has no end here
        try:
            self._hold(worker)
            finish(worker.ask(request, self._heard))
        except Stopped:
            self._end(cancelled=True)
        except SynergiaError as error:
            self._end(refusal=error)
        except (Broken, Unforeseen, OSError) as error:
            self._failed(error)
        finally:
            if self.status.busy:  # anything else is a bug and goes up, but no page waits for it for ever
                self._failed(Broken())
            self._worker = None
            self._workers.give(worker)
            self.touched = monotonic()
            self._idle.set()

    def _hold(self, worker: Worker) -> None:
        with self._lock:
            if self._cancelled:
                raise Stopped
            self._worker = worker

    def _failed(self, error: Exception) -> None:
        if self._cancelled:
            self._end(cancelled=True)
            return
        reference = token_hex(2).upper()
        kind, stack = (
            (error.kind, error.stack)
            if isinstance(error, Unforeseen)
            else (type(error.__cause__ or error).__name__, "")
        )
        structlog.get_logger(__name__).error("import_failed", reference=reference, kind=kind, stack=stack)
        self._end(reference=reference)

    def _end(self, **found: Any) -> None:  # noqa: ANN401 - fields of Status
        self.status = replace(self.status, stage="", **found)

    def _checked(self, answer: Answer) -> None:
        self.decisions = {}
        self.checks += 1
        self.status = Status(report=answer.report, expected=answer.result)

    def _written(self, answer: Answer) -> None:
        if answer.result is None:
            self._end(fixed=answer.report)
            return
        self._staging.erase(self.staged.id)
        self.status = Status(report=answer.report, result=answer.result)

    def _heard(self, stage: str, done: int, total: int) -> None:
        self.status = replace(self.status, stage=stage, done=done, total=total)


class Jobs:
    """Hold the jobs of this process, by the id of their file."""

    def __init__(self, staging: Staging, database: str) -> None:
        self.staging, self._database = staging, database
        self.workers = Workers()
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
            job = self._jobs[identity] = Job(staged, self.staging, self.workers, self._database)
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
