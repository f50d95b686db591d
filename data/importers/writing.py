"""Write a report into the store, or try what writing it would do."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine

from config.errors import ImportProblem
from data import store
from data.importers.report import Problem, Progress, Report, Result, Tie, quiet, tally
from data.store import imports
from data.store.bulk import Batch, Outcome, upsert


def write(engine: Engine, user: str, report: Report, progress: Progress = quiet) -> Result:
    """Write the valid rows in one transaction in the name of `user`, with a line in the log of imports.

    Raise ImportProblem when rows were rejected and all or nothing was asked, StoreProblem when the store refuses.
    """
    _all_or_nothing(report)
    with store.connection(engine, user) as connection:
        return _write(connection, report, progress, dry=False)


def dry_run(engine: Engine, report: Report, progress: Progress = quiet) -> Result:
    """Tell exactly what `write` would do: write, count and roll back."""
    with store.refusals(), engine.connect() as connection, connection.begin() as transaction:
        result = _write(connection, report, progress, dry=True)
        transaction.rollback()
    return result


def _all_or_nothing(report: Report) -> None:
    if report.options.all_or_nothing and report.rejected:
        first = next((problem for problem in report.problems if problem.severity == "rejected"), None)
        raise ImportProblem(
            "import.all_or_nothing",
            rejected=report.rejected,
            rows=report.rows,
            first=first.message(report.options.language) if first else "",
        )


def _write(connection: Connection, report: Report, progress: Progress, *, dry: bool) -> Result:
    def heard(done: int, total: int) -> None:
        progress("import.stage_trying" if dry else "import.stage_writing", done, total)

    batch = imports.fill_blanks(connection, report.batch)
    outcome = upsert(connection, batch, heard)
    states = {tie.row: _state(tie, outcome) for tie in report.ties}
    counts = {"read": report.rows, **tally(states), "rejected": report.rejected}
    import_id = None
    if not dry:
        import_id = imports.log(connection, _entry(report, counts))
    return Result(
        **counts,
        problems=report.problems,
        states=states,
        made=_made(outcome, batch),
        dry_run=dry,
        import_id=import_id,
    )


def _state(tie: Tie, outcome: Outcome) -> str:
    if tie.repeated:
        return "unchanged"
    own, *above = [
        states[key]
        for key, states in (
            (tie.resource, outcome.resources),
            (tie.site, outcome.sites),
            (tie.organisation, outcome.organisations),
        )
        if key
    ]
    # A row that says nothing new itself, but something new of its company or site, has changed something.
    return "updated" if own == "unchanged" and set(above) - {"unchanged"} else own


def _made(outcome: Outcome, batch: Batch) -> Mapping[str, int]:
    parts = {"organisations": outcome.organisations, "sites": outcome.sites, "resources": outcome.resources}
    made = {name: sum(state == "created" for state in states.values()) for name, states in parts.items()}
    return made | ({"years": outcome.years_changed} if len(batch.years) else {})


def _entry(report: Report, counts: Mapping[str, int]) -> imports.Entry:
    return imports.Entry(
        importer=report.importer,
        file_name=report.file,
        file_sha256=report.sha256,
        channel=str(report.channel),
        counts=counts,
        problems=[_logged(problem) for problem in report.problems],
    )


def _logged(problem: Problem) -> dict[str, object]:
    # Values of cells may be personal: the log keeps where and what rule, which is enough to mend a file.
    return {"row": problem.row, "column": problem.column, "rule": problem.rule, "severity": str(problem.severity)}
