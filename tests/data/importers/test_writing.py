"""Item 17: the same file twice, half a file, two people at once; and dry runs that tell the truth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from config.errors import ImportProblem
from data import importers
from data.importers import Cancelled, Options, Report, Result

Read = Callable[..., Report]
Sample = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, import_log, change RESTART IDENTITY CASCADE"))


def _counts(result: Result) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, result.rejected


def _rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - a table of ours


def test_the_sum_holds_and_the_log_knows(engine: Engine, read_sample: Read) -> None:
    """Read is created, updated, unchanged and rejected together; the row that stands twice is unchanged."""
    result = importers.write(engine, "Testi", read_sample("twice.csv"))
    assert (result.read, _counts(result)) == (5, (3, 0, 1, 1))
    assert result.made == {"organisations": 2, "sites": 2, "resources": 3}
    with engine.connect() as connection:
        row = connection.execute(text("SELECT read, created, imported_by, file_name, problems FROM import_log")).one()
    assert row[:4] == (5, 3, "Testi", "twice.csv")
    assert {problem["rule"] for problem in row[4]} == {"import.duplicate_row", "import.quantity_negative"}


def test_the_same_file_again_creates_nothing(engine: Engine, read_sample: Read) -> None:
    """By content, whoever imports it."""
    importers.write(engine, "a", read_sample("twice.csv"))
    assert _counts(importers.write(engine, "b", read_sample("twice.csv"))) == (0, 0, 4, 1)
    assert (_rows(engine, "organisation"), _rows(engine, "resource"), _rows(engine, "change")) == (2, 3, 0)


def test_a_dry_run_tells_what_writing_then_does(engine: Engine, read_sample: Read) -> None:
    """The figures are exact, and nothing stays."""
    report = read_sample("twice.csv")
    tried = importers.dry_run(engine, report)
    assert _rows(engine, "organisation") == _rows(engine, "import_log") == 0
    done = importers.write(engine, "", report)
    assert (_counts(tried), tried.states, tried.made) == (_counts(done), done.states, done.made)


def test_half_a_file_and_then_all_of_it(engine: Engine, tmp_path: Path, sample: Sample) -> None:
    """What came in before is unchanged; only the rest is new."""
    lines = sample("twice.csv").read_text(encoding="utf-8").splitlines()
    half = tmp_path / "twice.csv"
    half.write_text("\n".join(lines[:2]), encoding="utf-8")
    assert _counts(importers.write(engine, "", importers.read("table", half))) == (1, 0, 0, 0)
    assert _counts(importers.write(engine, "", importers.read("table", sample("twice.csv")))) == (2, 0, 2, 1)


def test_two_people_at_once_create_one_of_each(engine: Engine, read_sample: Read) -> None:
    """The second waits for the first, and finds its rows."""
    reports = [read_sample("twice.csv"), read_sample("twice.csv")]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda report: importers.write(engine, "", report), reports))
    assert sorted(_counts(result) for result in results) == [(0, 0, 4, 1), (3, 0, 1, 1)]
    assert _rows(engine, "resource") == 3


def test_a_changed_row_is_updated(engine: Engine, tmp_path: Path, sample: Sample) -> None:
    """And only that one."""
    importers.write(engine, "", importers.read("table", sample("twice.csv")))
    changed = tmp_path / "uusi.csv"
    changed.write_text(sample("twice.csv").read_text(encoding="utf-8").replace("Sora;5", "Sora;6"), encoding="utf-8")
    assert _counts(importers.write(engine, "", importers.read("table", changed))) == (0, 1, 3, 1)


def test_a_file_that_says_less_wipes_out_nothing(engine: Engine, tmp_path: Path) -> None:
    """An address known from one file stays when the next one has no such column."""
    more, less = tmp_path / "enemman.csv", tmp_path / "vahemman.csv"
    more.write_text(
        "Yritys;Toimipaikka;Osoite;Kunta;lon;lat;Suunta;Otsikko;Tyyppi\n"
        "A Oy;Tehdas;Tehtaankatu 1;Oulu;25,47;65,01;tarjolla;Hiekka;jäte\n",
        encoding="utf-8",
    )
    less.write_text(
        "Yritys;Toimipaikka;Kunta;Suunta;Otsikko;Tyyppi\nA Oy;Tehdas;Oulu;tarvitaan;Sora;sivuvirta\n", encoding="utf-8"
    )
    importers.write(engine, "", importers.read("table", more))
    assert _counts(importers.write(engine, "", importers.read("table", less))) == (1, 0, 0, 0)
    with engine.connect() as connection:
        sites = connection.execute(text("SELECT address, precision, round(ST_X(point)) FROM site")).all()
    assert [tuple(site) for site in sites] == [("Tehtaankatu 1", "exact", 427883)]


def test_all_or_nothing_refuses_the_whole_file(engine: Engine, read_sample: Read) -> None:
    """One faulty row, and nothing is written."""
    with pytest.raises(ImportProblem) as refused:
        importers.write(engine, "", read_sample("twice.csv", all_or_nothing=True))
    assert (refused.value.key, refused.value.values["rejected"]) == ("import.all_or_nothing", 1)
    assert _rows(engine, "organisation") == 0


def test_cancelling_leaves_nothing_behind(engine: Engine, read_sample: Read) -> None:
    """A progress callback that raises Cancelled ends the work wherever it is."""

    def stop(stage: str, done: int, _total: int) -> None:
        if stage == "import.stage_writing" and done:
            raise Cancelled

    with pytest.raises(Cancelled):
        importers.write(engine, "", read_sample("twice.csv"), stop)
    assert _rows(engine, "organisation") == _rows(engine, "import_log") == 0


def test_progress_is_told_stage_by_stage(engine: Engine, sample: Sample) -> None:
    """Reading, checking, writing: each to its end."""
    heard = {}

    def hear(stage: str, done: int, total: int) -> None:
        heard[stage] = (done, total)

    importers.write(engine, "", importers.read("table", sample("twice.csv"), Options(), hear), hear)
    assert list(heard) == ["import.stage_reading", "import.stage_checking", "import.stage_writing"]
    assert all(done == total for done, total in heard.values())


def test_chosen_channel_and_date_hold_where_rows_say_nothing(engine: Engine, read_sample: Read) -> None:
    """They stand on every row of the file."""
    report = read_sample("twice.csv", channel="workshop", dated="2026-11-18")
    importers.write(engine, "", report)
    with engine.connect() as connection:
        origins = connection.execute(text("SELECT DISTINCT channel, source_date::text, source_document FROM resource"))
        assert [tuple(row) for row in origins] == [("workshop", "2026-11-18", "twice.csv")]
