"""What every importer can do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from data.importers.report import Options, Progress, Report

Fixes = Mapping[int, Mapping[str, str]]


class Importer(Protocol):
    """Read one format: safely into memory first, then row by row into a report."""

    suffixes: tuple[str, ...]

    def load(self, path: Path, options: Options, progress: Progress) -> Any:  # noqa: ANN401 - each format has its own
        """Read the file without judging its rows; raise ImportProblem when it can't be read safely."""

    def check(self, source: Any, options: Options, fixes: Fixes, progress: Progress) -> Report:  # noqa: ANN401 - see load
        """Judge the rows, with some cells replaced, and make what is to be written."""
