"""The remarks of an import as a file, so that whoever made the table can mend it."""

from collections.abc import Iterator, Sequence

from config.texts import Language, text
from data.exporters import cells
from data.exporters.cells import Value
from data.importers.report import Problem

COLUMNS = ("row", "column", "value", "rule", "message", "suggestion", "severity")


def to_csv(problems: Sequence[Problem], language: Language) -> bytes:
    """Write the remarks as CSV."""
    return cells.to_csv(_headings(language), _rows(problems, language), language)


def to_xlsx(problems: Sequence[Problem], language: Language) -> bytes:
    """Write the remarks as XLSX."""
    return cells.to_xlsx(_headings(language), _rows(problems, language), text("export.problems", language))


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
