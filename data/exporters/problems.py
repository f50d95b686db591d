"""The remarks of an import as a file, with the rows they are on, so that whoever made the table can mend it."""

from collections.abc import Iterator, Sequence

from config.texts import Language, text
from data.exporters import cells
from data.exporters.cells import Value
from data.importers.left_out import unpack
from data.importers.report import Problem, Report

COLUMNS = ("row", "column", "value", "rule", "message", "suggestion", "severity")


def to_csv(problems: Sequence[Problem], language: Language) -> bytes:
    """Write the remarks as CSV."""
    return cells.to_csv(_headings(language), _rows(problems, language), language)


def to_xlsx(problems: Sequence[Problem], language: Language) -> bytes:
    """Write the remarks as XLSX."""
    return cells.to_xlsx(_headings(language), _rows(problems, language), text("export.problems", language))


def rejected_xlsx(report: Report, language: Language) -> bytes:
    """Write the rejected rows as they stood, each with what is wrong with it, and the remarks on a sheet of their own.

    The first sheet is what the import reads: once mended, the file can be given back as it is.
    """
    left = unpack(report.left_out)
    said: dict[int, list[str]] = {}
    for problem in report.problems:
        said.setdefault(problem.row, []).append(problem.message(language))
    mendable = (
        [*left.headings, text("export.remarks", language)],
        [[*row, " ".join(said.get(number, []))] for number, row in zip(left.numbers, left.rows, strict=True)],
    )
    remarks = (_headings(language), _rows(report.problems, language))
    return cells.to_book({text("export.rejected", language): mendable, text("export.problems", language): remarks})


def _headings(language: Language) -> list[str]:
    return [text(f"export.problem_{name}", language) for name in COLUMNS]


def _rows(problems: Sequence[Problem], language: Language) -> Iterator[Sequence[Value]]:
    for problem in problems:
        yield (
            problem.row,
            problem.column,
            problem.value,
            problem.title(language),
            problem.message(language),
            problem.suggestion or " / ".join(problem.alternatives),
            text(f"export.severity_{problem.severity}", language),
        )
