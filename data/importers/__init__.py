"""Every way for data to come in: one file a format, all through the same checks and the same transaction.

A file is read into a Report, which writes nothing; a dry run gives the exact figures by writing and rolling back:

    report = importers.read("table", path, Options(channel=Channel.WORKSHOP), progress)
    expected = importers.dry_run(engine, report, progress)
    report = importers.apply_fixes(report, {12: {"Y-tunnus": "2077474-0"}})
    result = importers.write(engine, user, report, progress)

A file that can't be read safely raises ImportProblem; a faulty row is a Problem in the report, and stays out. A
progress callback that raises Cancelled stops the work at any point, and nothing has been written then.
"""

from collections.abc import Mapping
from pathlib import Path

from data.importers import geo, materiaalitori, prtr, table
from data.importers.protocol import Importer
from data.importers.report import (
    Cancelled,
    Heading,
    HeadingsProblem,
    Options,
    Problem,
    Progress,
    Report,
    Result,
    Severity,
    Tie,
    quiet,
)
from data.importers.writing import dry_run, write

IMPORTERS: Mapping[str, Importer] = {
    "table": table.IMPORTER,
    "materiaalitori": materiaalitori.IMPORTER,
    "prtr": prtr.IMPORTER,
    "geo": geo.IMPORTER,
}

__all__ = [
    "IMPORTERS",
    "Cancelled",
    "Heading",
    "HeadingsProblem",
    "Importer",
    "Options",
    "Problem",
    "Progress",
    "Report",
    "Result",
    "Severity",
    "Tie",
    "apply_fixes",
    "dry_run",
    "importer_for",
    "read",
    "write",
]


def read(name: str, path: Path, options: Options | None = None, progress: Progress = quiet) -> Report:
    """Read a file (of `prtr`: a folder) and check every row; raise ImportProblem where the whole file is refused."""
    chosen = options or Options()
    importer = IMPORTERS[name]
    return importer.check(importer.load(path, chosen, progress), chosen, {}, progress)


def apply_fixes(
    report: Report, fixes: Mapping[int, Mapping[str, str]], options: Options | None = None, progress: Progress = quiet
) -> Report:
    """Check a report's rows again with cells replaced: row -> column, as the problems name them -> value.

    Give all fixes each time: those of an earlier call are not kept. Other `options` may come along, such as the
    decimal sign that the user has chosen.
    """
    return IMPORTERS[report.importer].check(report.source, options or report.options, fixes, progress)


def importer_for(name: str) -> str | None:
    """Guess the importer of an uploaded file by the end of its name; None when it is none of ours."""
    for key, importer in IMPORTERS.items():
        if name.lower().endswith(importer.suffixes):
            return key
    return None
