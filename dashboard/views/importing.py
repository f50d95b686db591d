"""What will happen if this file is imported: counts, what to mend, and what that makes of the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from config.texts import Language, catalogue, text
from data.importers import Heading, Problem, Report, Result, Severity
from data.importers.columns import TEMPLATE

SHOWN_ROWS = 1_000  # in a table on the screen; the download has all
QUICK_ROWS = 2_000  # are checked again within half a second, so the user may wait for it
TABS = ("rejected", "warnings", "created", "updated", "unchanged")
AMBIGUOUS_NUMBER = "import.ambiguous_number"

FIX, ROW, COLUMN, VALUE, RULE, PROPOSAL, PART = "fix", "row", "column", "value", "rule", "proposal", "part"

Decisions = Mapping[int, tuple[bool, str]]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Hold the figures of a checked file; `rows` is the sum of created, updated, unchanged and rejected."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    warnings: int

    def __post_init__(self) -> None:
        """Refuse figures that don't add up: a bar must never promise other rows than there are."""
        if self.rows != self.created + self.updated + self.unchanged + self.rejected:
            msg = f"{self} does not add up"
            raise ValueError(msg)

    @property
    def valid(self) -> int:
        """Count the rows that come in as they are."""
        return self.rows - self.rejected

    def shares(self) -> dict[str, float]:
        """Give each part of the bar that is not empty, as a share of all rows."""
        parts = {name: getattr(self, name) for name in ("created", "updated", "unchanged", "rejected")}
        return {name: count / self.rows for name, count in parts.items() if count}

    @property
    def first_tab(self) -> str:
        """Name the first part of the switch behind which there is anything."""
        return next((tab for tab in TABS if self.of_tab(tab)), TABS[0])

    def of_tab(self, tab: str) -> int:
        """Count what stands behind a part of the switch."""
        return int(getattr(self, tab))


def outlook(result: Result) -> Outlook:
    """Take the figures out of a dry run or an import."""
    return Outlook(
        rows=result.read,
        created=result.created,
        updated=result.updated,
        unchanged=result.unchanged,
        rejected=result.rejected,
        warnings=sum(problem.severity is Severity.WARNING for problem in result.problems),
    )


def first_decisions(report: Report) -> dict[int, tuple[bool, str]]:
    """Tick what keeps a row out and has one clear way to be mended; leave the rest to the user."""
    return {number: (_clear(problem), proposal(problem)) for number, problem in enumerate(report.problems)}


def _clear(problem: Problem) -> bool:
    return problem.severity is Severity.REJECTED and bool(problem.suggestion) and fixable(problem)


def proposal(problem: Problem) -> str:
    """Give what a problem's proposal starts as: the suggestion, or the readings there are, for the user to choose."""
    return problem.suggestion or "  |  ".join(problem.alternatives)


def fixable(problem: Problem) -> bool:
    """Tell whether a cell can be replaced at all: a fault of a whole row, or of one file of several, can't."""
    return bool(problem.column) and not problem.part


def chosen(problem: Problem, decision: tuple[bool, str]) -> str | None:
    """Give the value that a decision puts into the cell; None where it puts none."""
    ticked, value = decision
    undecided = not problem.suggestion and problem.alternatives and value == proposal(problem)
    return value if ticked and value.strip() and fixable(problem) and not undecided else None


def fixes(report: Report, decisions: Decisions) -> dict[int, dict[str, str]]:
    """Gather the cells to replace: row -> column -> value."""
    found: dict[int, dict[str, str]] = {}
    for number, problem in enumerate(report.problems):
        value = chosen(problem, decisions.get(number, (False, "")))
        if value is not None:
            found.setdefault(problem.row, {})[problem.column] = value
    return found


def promised(report: Report, decisions: Decisions) -> int:
    """Count the rows that come in when the decisions hold: the valid ones, and those with every fault mended."""
    left_out: dict[tuple[str, int], bool] = {}
    for number, problem in enumerate(report.problems):
        if problem.severity is Severity.REJECTED:
            mended = chosen(problem, decisions.get(number, (False, ""))) is not None
            place = (problem.part, problem.row)
            left_out[place] = left_out.get(place, False) or not mended
    mended_rows = sum(not out for out in left_out.values())
    return min(report.rows, report.rows - report.rejected + mended_rows)


def importable(report: Report, fixed: Report | None, decisions: Decisions) -> int:
    """Count the rows that the button imports: as tried where that was quick enough, else as the decisions promise."""
    return fixed.rows - fixed.rejected if fixed is not None else promised(report, decisions)


def undecided(report: Report, decisions: Decisions) -> list[int]:
    """List the rows whose proposal is ticked while it still names several readings, or none."""
    return [
        problem.row
        for number, problem in enumerate(report.problems)
        if fixable(problem) and decisions.get(number, (False, ""))[0] and chosen(problem, decisions[number]) is None
    ]


def still_wrong(report: Report, fixed: Report | None, decisions: Decisions) -> list[Problem]:
    """List what keeps rows out although their proposals were applied."""
    if fixed is None:
        return []
    touched = fixes(report, decisions)
    return [p for p in fixed.problems if p.severity is Severity.REJECTED and p.row in touched]


def problem_table(
    report: Report, tab: str, decisions: Decisions, language: Language, limit: int | None = SHOWN_ROWS
) -> pd.DataFrame:
    """List the problems of a tab, indexed by their number: fix, row, column, value, rule, proposal, part."""
    wanted = Severity.REJECTED if tab == "rejected" else Severity.WARNING
    numbers = [number for number, problem in enumerate(report.problems) if problem.severity is wanted][:limit]
    rows = []
    for number in numbers:
        problem = report.problems[number]
        ticked, value = decisions.get(number, (False, proposal(problem)))
        rows.append((ticked, problem.row, problem.column, problem.value, problem.title(language), value, problem.part))
    columns = [FIX, ROW, COLUMN, VALUE, RULE, PROPOSAL, PART]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(numbers, name="number")).astype({FIX: bool, ROW: "int64"})


def decided(edited: pd.DataFrame, before: Decisions) -> dict[int, tuple[bool, str]]:
    """Take the ticks and proposals out of an edited table; editing a proposal ticks it."""
    after = dict(before)
    ticks, values = edited[FIX].to_list(), edited[PROPOSAL].fillna("").astype(str).to_list()
    for number, ticked, value in zip(edited.index, ticks, values, strict=True):
        was_ticked, was_value = before.get(int(number), (False, ""))
        after[int(number)] = (bool(ticked) or (value != was_value and not was_ticked), value)
    return after


def row_table(report: Report, states: Mapping[int, str], tab: str, limit: int | None = SHOWN_ROWS) -> pd.DataFrame:
    """List the rows of a tab: row, organisation, site, resource."""
    batch = report.batch
    names = [
        _names(batch.organisations, "name"),
        _names(batch.sites, "name"),
        _names(batch.resources, "title"),
    ]
    ties = [tie for tie in report.ties if states.get(tie.row) == tab][:limit]
    rows = [
        (
            tie.row,
            *(known.get(key, "") for known, key in zip(names, (tie.organisation, tie.site, tie.resource), strict=True)),
        )
        for tie in ties
    ]
    return pd.DataFrame(rows, columns=["row", "organisation", "site", "resource"])


def _names(frame: pd.DataFrame, column: str) -> dict[str, str]:
    if frame.empty:
        return {}
    return dict(zip(frame["source_key"], frame[column], strict=True))


def map_points(report: Report, states: Mapping[int, str], limit: int = 4_000) -> pd.DataFrame:
    """Prepare the file's points: row, easting, northing, sign, proposed_easting, proposed_northing.

    The sign is new, known, rejected or doubtful. Of points that share 100 m and sign one is kept, and no more than
    `limit`, the doubtful ones first: a browser reads 5,000 points well and 50,000 not at all.
    """
    points = report.points
    if points.empty:
        return points.assign(sign=pd.Series(dtype=str))
    state = points["row"].map(states)
    sign = state.map({"created": "new"}).fillna("known").where(state.notna(), "rejected")
    told = points.assign(sign=sign.mask(points["state"] == "doubtful", "doubtful"))
    order = told["sign"].map({"doubtful": 0, "rejected": 1, "new": 2, "known": 3})
    told = told.assign(order=order, e=(told["easting"] / 100).round(), n=(told["northing"] / 100).round())
    apart = told.sort_values("order", kind="stable").drop_duplicates(["sign", "e", "n"])
    return apart.head(limit).drop(columns=["order", "e", "n"]).reset_index(drop=True)


def field_labels(language: Language) -> dict[str, str]:
    """Name every field that a heading can mean, the template's first; the empty one is left out of the import."""
    labels = {"": text("importing.no_field", language)}
    for field in TEMPLATE:
        labels[field] = text(f"import_column.{field}", language)
    for key in catalogue():
        group, _, field = key.partition(".")
        if group == "importing_field":
            labels[field] = text(key, language)
    return labels


def heading_table(headings: Sequence[Heading], language: Language) -> pd.DataFrame:
    """List the headings of a file: heading, the label of its field, examples."""
    labels = field_labels(language)
    rows = [(heading.text, labels[heading.field], " · ".join(heading.examples)) for heading in headings]
    return pd.DataFrame(rows, columns=["heading", "field", "example"])


def meanings(headings: Sequence[Heading], chosen_labels: Sequence[str], language: Language) -> dict[str, str]:
    """Tell which headings the user gives another field than the program did: heading -> field, empty for none."""
    fields = {label: field for field, label in field_labels(language).items()}
    told = zip(headings, chosen_labels, strict=True)
    return {heading.text: fields[label] for heading, label in told if fields[label] != heading.field}


def chosen_twice(chosen_labels: Sequence[str], language: Language) -> str:
    """Name the first field that two headings claim; empty when there is none."""
    unstored = {text(f"importing_field.{name}", language) for name in ("contact", "import_remarks")}
    free = {text("importing.no_field", language), *unstored}
    counted = Counter(label for label in chosen_labels if label not in free)
    return next((label for label, count in counted.items() if count > 1), "")


def has_ambiguous_numbers(report: Report) -> bool:
    """Tell whether the file holds numbers that can be read in two ways."""
    return report.options.decimal is not None or any(p.rule == AMBIGUOUS_NUMBER for p in report.problems)
