"""Files that would do harm, through the whole way of an upload: a sentence, nothing written, and the next one works."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator

import pytest
import xlsxwriter
from sqlalchemy import Engine, text

from config.settings import ROOT
from config.texts import LANGUAGES
from config.texts import text as sentence
from dashboard.importing.jobs import Job, Jobs
from dashboard.importing.staging import Staging, Upload
from data.importers import Options
from data.viewer import Role, Viewer, viewing

SAMPLES = ROOT / "tests" / "samples"
LONG = 120.0
GOOD = "Yritys;Kunta;Suunta;Otsikko\nHyvä Oy;Oulu;tarjolla;Hake\n".encode()


@pytest.fixture(autouse=True)
def _somebody() -> Iterator[None]:
    with viewing(Viewer("Anna", Role.NATIONAL)):
        yield


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Jobs]:
    """Give the desk of a server."""
    made = Jobs(Staging(tmp_path_factory.mktemp("staging")), database)
    yield made
    made.workers.close()


def checked(jobs: Jobs, name: str, data: bytes) -> Job:
    """Upload a file and wait for its check."""
    job = jobs.open(jobs.staging.put([Upload(name, data)], Options()).id)
    assert job is not None
    job.check()
    assert job.wait(LONG)
    return job


def far_corner() -> bytes:
    """Write a workbook whose last cell is the last there can be."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Yritys")
        page.write(1_048_575, 16_383, "x")
    return out.getvalue()


def bomb() -> bytes:
    """Pack a gigabyte's worth of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as member:
        for _ in range(100):
            member.write(bytes(1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("kaukana.xlsx", far_corner),
        ("pommi.xlsx", bomb),
        ("leveä.csv", lambda: b"Yritys" + b";" * 3_000_000),
        ("syvä.json", lambda: b"[" * 300_000),
        ("vrt.gpkg", (SAMPLES / "vrt.gpkg").read_bytes),
        ("vrt.csv", (SAMPLES / "vrt.csv").read_bytes),
    ],
)
def test_each_ends_in_a_sentence_with_nothing_written(
    name: str, make: Callable[[], bytes], jobs: Jobs, engine: Engine
) -> None:
    """The refusal names the file in each language; the store is as it was; the worker takes the next file."""
    status = checked(jobs, name, make()).status
    assert status.refusal is not None, status
    assert all(name in sentence(status.refusal.key, language, **status.refusal.values) for language in LANGUAGES)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM organisation")) == 0
    good = checked(jobs, "hyva.csv", GOOD).status
    assert good.expected is not None
    assert (good.expected.read, good.expected.created) == (1, 1)


LIMITED = """
from dashboard.importing import caps
caps.MEMORY_MIB, caps.CPU_S = 400, 1
caps.settle()
caps.begin()
try:
    {act}
except (MemoryError, caps.Overdue) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("act", "told"),
    [("bytearray(500 * 1024 * 1024)", "MemoryError"), ("while True: sum(range(1000))", "Overdue")],
)
def test_a_worker_stops_at_its_limits(act: str, told: str) -> None:
    """Whatever the file made it do, the worker lives to say so."""
    script = LIMITED.format(act=act)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == told


def test_each_file_has_its_own_time() -> None:
    """A worker that has served many files is not at its end: the limit moves on, and the hard one stays away."""
    script = (
        "import resource\nfrom dashboard.importing import caps\ncaps.settle()\ncaps.begin()\n"
        "soft, hard = resource.getrlimit(resource.RLIMIT_CPU)\nprint(soft >= caps.CPU_S, hard == -1 or hard > soft)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.split() == ["True", "True"]
