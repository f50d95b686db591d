from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, text

from dashboard.importing.jobs import Job, Jobs, Status
from dashboard.importing.staging import Staging, Upload
from dashboard.importing.workers import Workers
from data.importers import HeadingsProblem, Options, left_out
from data.viewer import Role, Viewer, viewing

HEAD = "Yritys;Y-tunnus;Kunta;Suunta;Otsikko;Määrä;Yksikkö"
FAULTY = "Pertti Oy;2077474-1;Oulu;tarjolla;Hake;12;t"
LONG = 60.0


@pytest.fixture
def jobs(tmp_path: Path, database: str, workers: Workers) -> Jobs:
    """Give the desk of a server that has just started."""
    made = Jobs(Staging(tmp_path / "staging"), database)
    made.workers = workers
    return made


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Share workers: each takes seconds to load its libraries."""
    made = Workers()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _empty(engine: Engine) -> Iterator[None]:
    with viewing(Viewer("Anna", Role.NATIONAL)):
        yield
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, import_log CASCADE"))


def opened(jobs: Jobs, *rows: str, head: str = HEAD, options: Options | None = None) -> Job:
    """Stage a table of these rows and wait for its check."""
    data = "\n".join([head, *rows]).encode()
    job = jobs.open(jobs.staging.put([Upload("taulu.csv", data)], options or Options()).id)
    assert job is not None
    job.check()
    assert job.wait(LONG)
    return job


def rows_in_store(engine: Engine) -> int:
    """Count the resources that are really there."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM resource")) or 0)


def good(number: int) -> str:
    """Write a row that is right."""
    return f"Yritys {number} Oy;;Oulu;tarjolla;Hake {number};12;t"


def test_checking_tells_what_would_happen_and_saves_nothing(jobs: Jobs, engine: Engine) -> None:
    """The figures are those of a real import, and the store is as it was."""
    status = opened(jobs, good(1), FAULTY).status
    assert status.expected is not None
    assert (status.expected.read, status.expected.created, status.expected.rejected) == (2, 1, 1)
    assert not status.busy
    assert rows_in_store(engine) == 0


def test_importing_writes_the_mended_rows_and_erases_the_file(jobs: Jobs, engine: Engine) -> None:
    """A row comes in with the value that the user put in, and the upload is gone from the disk."""
    job = opened(jobs, good(1), FAULTY)
    job.write("Maija", {3: {"Y-tunnus": "2077474-0"}}, 2)
    assert job.wait(LONG)
    assert job.status.result is not None
    assert (job.status.result.created, job.status.result.rejected) == (2, 0)
    assert rows_in_store(engine) == 2
    assert jobs.staging.get(job.staged.id) is None


def test_a_promise_that_cannot_be_kept_writes_nothing(jobs: Jobs, engine: Engine) -> None:
    """When a correction turns out to be wrong, the user sees it before anything is saved."""
    job = opened(jobs, good(1), FAULTY)
    job.write("Maija", {3: {"Y-tunnus": "1234567-8"}}, 2)
    assert job.wait(LONG)
    assert job.status.result is None
    assert job.status.fixed is not None
    assert job.status.fixed.rejected == 1
    assert rows_in_store(engine) == 0
    assert jobs.staging.get(job.staged.id) is not None


def test_all_or_nothing_refuses_a_file_with_faults(jobs: Jobs, engine: Engine) -> None:
    """The wish holds also when it is made after the check."""
    job = opened(jobs, good(1), FAULTY)
    job.choose(all_or_nothing=True)
    job.write("Maija", {}, 1)
    assert job.wait(LONG)
    assert job.status.refusal is not None
    assert job.status.refusal.key == "import.all_or_nothing"
    assert job.status.report is not None
    assert rows_in_store(engine) == 0


def test_a_file_of_unknown_headings_keeps_its_place(jobs: Jobs) -> None:
    """The user can say what the headings mean and goes on with the same file."""
    job = opened(jobs, "Pertti Oy;tarjolla;Hake;Oulu", head="Yritys;Suunta;Kama;Kunta")
    assert isinstance(job.status.refusal, HeadingsProblem)
    job.choose(meanings={"Kama": "title"})
    job.check()
    assert job.wait(LONG)
    assert job.status.report is not None
    assert job.status.report.rejected == 0
    found = jobs.staging.get(job.staged.id)
    assert found is not None
    assert found.options.meanings == {"Kama": "title"}


def test_a_new_server_goes_on_with_the_file_on_the_disk(jobs: Jobs, tmp_path: Path, database: str) -> None:
    """The id in the link is enough."""
    identity = opened(jobs, good(1)).staged.id
    anew = Jobs(Staging(tmp_path / "staging"), database).open(identity)
    assert anew is not None
    assert anew.is_new
    anew.check()
    assert anew.wait(LONG)
    assert anew.status.expected is not None
    assert anew.status.expected.created == 1


@contextmanager
def held_up(engine: Engine, job: Job) -> Iterator[None]:
    """Hold the lock that every import takes, so that a job stands still in the middle of its writing."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with engine.connect() as holder, holder.begin():
        holder.execute(text("SELECT pg_advisory_xact_lock(726002)"))
        (job.write("Maija", {}, 3) if job.status.report else job.check())
        with engine.connect() as watcher:
            while not watcher.scalar(waiting):
                watcher.rollback()
                assert not job.wait(0.05)
        yield


def test_cancelling_an_import_saves_nothing(jobs: Jobs, engine: Engine) -> None:
    """The work stops at its next step, and the same file can be imported later."""
    job = opened(jobs, good(1), good(2), good(3))
    with held_up(engine, job):
        job.cancel()
    assert job.wait(LONG)
    assert job.status.cancelled
    assert rows_in_store(engine) == 0
    job.write("Maija", {}, 3)
    assert job.wait(LONG)
    assert rows_in_store(engine) == 3


def test_cancelling_a_check_does_not_wait_for_it(jobs: Jobs, engine: Engine) -> None:
    """Whatever the check is busy with, the user is free at once, and can check again."""
    job = opened(jobs, good(1))
    job.status = Status()
    with held_up(engine, job):
        job.cancel()
        assert job.wait(LONG)
        assert job.status.cancelled
    job.check()
    assert job.wait(LONG)
    assert job.status.expected is not None


def test_a_worker_that_dies_leaves_nothing_half_written(jobs: Jobs, engine: Engine) -> None:
    """The database rolls back, the user is told, and the next worker takes over."""
    job = opened(jobs, good(1), good(2), good(3))
    with held_up(engine, job):
        for child in psutil.Process().children():
            if any("dashboard.importing.worker" in word for word in child.cmdline()):
                child.kill()
        assert job.wait(LONG)
        assert len(job.status.reference) == 4
    assert rows_in_store(engine) == 0
    job.write("Maija", {}, 3)
    assert job.wait(LONG)
    assert rows_in_store(engine) == 3


def test_a_second_press_of_the_button_imports_nothing_twice(jobs: Jobs, engine: Engine) -> None:
    """A job does one thing at a time."""
    job = opened(jobs, *(good(number) for number in range(500)))
    job.write("Maija", {}, 500)
    job.write("Maija", {}, 500)
    assert job.wait(LONG)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM import_log")) == 1


def test_a_fault_of_ours_is_told_with_a_reference(jobs: Jobs) -> None:
    """What nobody foresaw reaches the user as a reference, not as a page that waits for ever."""
    job = opened(jobs, good(1))
    job.staged = replace(job.staged, importer="no such importer")
    job.check()
    assert job.wait(LONG)
    assert len(job.status.reference) == 4
    assert not job.status.busy


def test_corrections_are_tried_at_once(jobs: Jobs, engine: Engine) -> None:
    """The count on the button is that of the rows tried, not a guess."""
    job = opened(jobs, good(1), FAULTY)
    job.recheck({3: {"Y-tunnus": "2077474-0"}})
    assert job.status.fixed is not None
    assert job.status.fixed.rejected == 0
    assert job.status.report is not None
    assert job.status.report.rejected == 1
    assert rows_in_store(engine) == 0


def test_rejected_rows_can_be_taken_along(jobs: Jobs) -> None:
    """After the check and also after the import, when the file itself is gone from the disk."""
    job = opened(jobs, good(1), FAULTY)
    for _ in range(2):
        assert job.status.report is not None
        left = left_out.unpack(job.status.report.left_out)
        assert (left.numbers, left.rows[0][1]) == ([3], "2077474-1")
        job.write("Maija", {}, 1)
        assert job.wait(LONG)


def test_dropping_a_file_forgets_it(jobs: Jobs) -> None:
    """Changing the file throws the first one away."""
    job = opened(jobs, good(1))
    jobs.drop(job.staged.id)
    assert jobs.open(job.staged.id) is None
    assert not job.staged.path.exists()
