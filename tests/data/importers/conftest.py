"""Samples of what comes in: small files, one for each kind of trouble."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data import importers
from data.importers import Options, Report

SAMPLES = Path(__file__).parents[2] / "samples"

Read = Callable[..., Report]


@pytest.fixture
def sample() -> Callable[[str], Path]:
    """Give the path of a sample file."""
    return SAMPLES.joinpath


@pytest.fixture
def read_sample() -> Read:
    """Read a sample as a table, or by another importer."""

    def read(name: str, importer: str = "table", **options: object) -> Report:
        return importers.read(importer, SAMPLES / name, Options(**options))  # type: ignore[arg-type]

    return read


@pytest.fixture
def found() -> Callable[[Report], dict[int, list[str]]]:
    """Give the rules that a report found, row by row, without their common prefix."""

    def by_row(report: Report) -> dict[int, list[str]]:
        rules: dict[int, list[str]] = {}
        for problem in report.problems:
            rules.setdefault(problem.row, []).append(problem.rule.removeprefix("import."))
        return rules

    return by_row


@pytest.fixture
def resources() -> Callable[[Report], dict[str, dict[str, object]]]:
    """Give the resources that a report would write, by title."""

    def by_title(report: Report) -> dict[str, dict[str, object]]:
        rows = report.batch.resources.to_dict("records")
        return {str(row["title"]): {str(name): value for name, value in row.items()} for row in rows}

    return by_title
