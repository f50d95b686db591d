"""What must hold of any file that anybody imports: it is refused in a sentence, or every row of it is accounted for."""

import json
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import rmtree

from sqlalchemy import Engine

from config.errors import SynergiaError
from config.texts import LANGUAGES, text
from data import importers
from data.importers import HeadingsProblem, Options, Report, Result, left_out
from data.store.bulk import Batch

ROWS_FIXED = 50  # proposals tried of one file


class Fault(AssertionError):
    """Something that must hold of every import does not."""


@dataclass(frozen=True)
class Case:
    """A file to be imported, or the files of a folder where there are several."""

    importer: str
    files: Mapping[str, bytes]
    options: Options = field(default_factory=Options)

    @property
    def size(self) -> int:
        """Count the bytes."""
        return sum(map(len, self.files.values()))

    def lay(self, folder: Path) -> Path:
        """Write the files into an empty folder, and give the path to import."""
        rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)
        return folder if self.importer == "prtr" else folder / next(iter(self.files))


def judge(case: Case, folder: Path, engine: Engine | None = None) -> str:
    """Import a case, into a store where there is one; tell refused, empty or read, raise whatever went wrong."""
    path = case.lay(folder)
    try:
        report = importers.read(case.importer, path, case.options)
    except SynergiaError as error:
        _sentence(error)
        return "refused"
    _accounted(report)
    _whole(report.batch)
    _told(report)
    mended = importers.apply_fixes(report, _proposals(report))
    _accounted(mended)
    if engine is not None:
        _written(engine, report)
        _written(engine, mended)
    return "read" if report.ties else "empty"


def _sentence(error: SynergiaError) -> None:
    for language in LANGUAGES:
        _utf8([text(error.key, language, **error.values)])
    kept = (error.headings,) if isinstance(error, HeadingsProblem) else ()
    pickle.loads(pickle.dumps((error.key, error.values, kept)))  # noqa: S301 - as it goes from worker to server


def _accounted(report: Report) -> None:
    tied = {tie.row for tie in report.ties}
    _require(len(tied) == len(report.ties), "two ties of one row")
    _require(0 <= report.rejected <= report.rows, "more rows tied than read")
    blamed = {(problem.part, problem.row) for problem in report.problems if problem.severity == "rejected"}
    _require(len(blamed) == report.rejected, f"{report.rejected} rows left out, {len(blamed)} of them with a reason")
    for problem in report.problems:
        _require(isinstance(problem.row, int) and problem.row >= 0, "a problem without its row")
        _require(bool(problem.rule) and problem.title("fi") != "", "a problem without its rule")
        for language in LANGUAGES:
            _require("\0" not in json.dumps(problem.as_dict(language), ensure_ascii=False).encode().decode(), "a NUL")


def _whole(batch: Batch) -> None:
    for part in (batch.organisations, batch.sites, batch.resources):
        for record in part.to_dict("records"):
            _utf8(_texts(list(record.values())))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _utf8(texts: Iterable[str]) -> None:
    for said in texts:
        said.encode("utf-8")
        _require("\0" not in said and "\ufffd" not in said, "a broken character gets through")


def _told(report: Report) -> None:
    slim = replace(report, source=None, left_out=left_out.pack(report, report.options.language))
    again = pickle.loads(pickle.dumps(slim))  # noqa: S301 - as it goes from worker to server
    rows = left_out.unpack(again.left_out)
    _require(all(len(row) == len(rows.headings) for row in rows.rows), "a rejected row lost a cell")


def _proposals(report: Report) -> dict[int, dict[str, str]]:
    fixes: dict[int, dict[str, str]] = {}
    for problem in report.problems[:ROWS_FIXED]:
        chosen = problem.suggestion or next(iter(problem.alternatives), "")
        if chosen:
            fixes.setdefault(problem.row, {})[problem.column] = chosen
    return fixes


def _written(engine: Engine, report: Report) -> None:
    tried = importers.dry_run(engine, report)
    first = importers.write(engine, "fuzz", report)
    again = importers.write(engine, "fuzz", report)
    for result in (tried, first, again):
        _summed(result, report)
    _require(_figures(tried) == _figures(first), "the trial promised other figures")
    _require((again.created, again.updated) == (0, 0), "a second time changes something")


def _summed(result: Result, report: Report) -> None:
    states = result.created + result.updated + result.unchanged + result.rejected
    _require(result.read == report.rows == states, "read is not the sum of the states")


def _figures(result: Result) -> tuple[int, ...]:
    return result.created, result.updated, result.unchanged, result.rejected


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - as assert takes it
    if not holds:
        raise Fault(otherwise)
