"""What an importer answers: the rows it read, every problem it found, and what became of each row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

import pandas as pd

from config.errors import ImportProblem
from config.texts import Language, text
from data.model import Channel
from data.store.bulk import Batch
from geo.regions import Place

STATES = ("created", "updated", "unchanged", "rejected")


class Cancelled(Exception):
    """Raised by a progress callback that wants the work to stop; nothing has been written then."""


class Progress(Protocol):
    """Take note of how far a job is; may raise Cancelled."""

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """Hear that `done` of `total` rows are through the stage, a text id: import.stage_reading and the like."""


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Listen to nothing: the default where nobody watches."""


class Severity(StrEnum):
    """Tell a row that stays out from one that comes in with a remark."""

    REJECTED = "rejected"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Options:
    """Say how to read a file.

    `decimal` is the sign that numbers of this file have before their decimals, "," or "."; None: let the file tell.
    `channel` and `dated` hold where the rows don't say; `language` is that of the user who reads the remarks.
    """

    channel: Channel | None = None
    dated: date | None = None
    decimal: str | None = None
    sheet: str = ""
    language: Language = "fi"
    all_or_nothing: bool = False
    name: str = ""  # of the file, where the path is a temporary one
    meanings: Mapping[str, str] = field(default_factory=dict)  # heading -> field, empty: left out; beside what we know


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Say what is wrong with one cell: where it stands, the value as found, the rule and how to mend it.

    `suggestion` is what ticking the proposal puts into the column (of a pair such as "lon, lat": both, with a space
    between); where several readings are possible, `alternatives` names them and `suggestion` is empty.
    """

    row: int
    column: str
    value: str
    rule: str
    severity: Severity = Severity.REJECTED
    suggestion: str = ""
    alternatives: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    part: str = ""  # the file of a folder, where an import reads several

    def message(self, language: Language) -> str:
        """Say what is wrong, where, and how to mend it."""
        told = {name: _named(value, language) for name, value in self.values.items()}
        place = {"row": self.row, "column": self.column, "value": self.value, "suggestion": self.suggestion}
        return text(self.rule, language, **place, **told)

    def title(self, language: Language) -> str:
        """Name the rule in a few words, for a narrow column."""
        return text(f"import_rule.{self.rule.partition('.')[2]}", language)

    def as_dict(self, language: Language) -> dict[str, object]:
        """Give the five things that every answer carries, and the rest beside them."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "message": self.message(language),
            "severity": str(self.severity),
            "suggestion": self.suggestion,
            "alternatives": list(self.alternatives),
            **({"file": self.part} if self.part else {}),
        }


def _named(value: object, language: Language) -> object:
    return value.name(language) if isinstance(value, Place) else value


@dataclass(frozen=True)
class Heading:
    """Say how a heading was understood: its field, empty where it was left out, and the first values below it."""

    text: str
    field: str
    examples: tuple[str, ...] = ()


class HeadingsProblem(ImportProblem):
    """A table is refused for its headings alone: saying what they mean lets it in."""

    def __init__(self, key: str, headings: tuple[Heading, ...], **values: object) -> None:
        self.headings = headings
        super().__init__(key, **values)


@dataclass(frozen=True)
class Tie:
    """Tie a source row to the rows of the store that it makes: by their keys; the last one there is, is its own."""

    row: int
    organisation: str
    site: str = ""
    resource: str = ""
    repeated: bool = False  # says what an earlier row of the file says already


@dataclass(frozen=True, kw_only=True)
class Report:
    """Hold a file that has been read: nothing is written yet.

    `rows` counts source rows; `rejected` names those that stay out; `points` (row, easting, northing, state,
    proposed_easting, proposed_northing, label) is for the map, states being valid, doubtful and rejected; `columns`
    says which heading was understood as which field, `ignored` which were not.
    """

    importer: str
    file: str
    sha256: str
    options: Options
    rows: int
    problems: tuple[Problem, ...]
    batch: Batch
    ties: tuple[Tie, ...]
    points: pd.DataFrame
    channel: Channel
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()  # in the order of the file, where its headings are free
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    coordinates: str = ""  # such as EPSG:3067, as recognised
    preview: pd.DataFrame = field(default_factory=pd.DataFrame)  # the first rows, as found
    source: object = None  # what was read, kept so that fixes can be tried without the file
    left_out: bytes = b""  # the rejected rows as they stood, where the source goes: see left_out.pack

    @property
    def rejected(self) -> int:
        """Count the rows that stay out."""
        return self.rows - len(self.ties)

    @property
    def warnings(self) -> int:
        """Count the remarks on rows that come in."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)


@dataclass(frozen=True, kw_only=True)
class Result:
    """Tell what an import did, or would do: read = created + updated + unchanged + rejected, in source rows."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]
    states: Mapping[int, str]  # key of a source row -> what became of it; rejected rows are not in it
    made: Mapping[str, int]  # organisations, sites, resources, years -> how many new rows in the store
    dry_run: bool
    import_id: int | None = None

    def as_dict(self, language: Language) -> dict[str, object]:
        """Give the answer of the command line."""
        return {
            **{name: getattr(self, name) for name in ("read", *STATES)},
            "problems": [problem.as_dict(language) for problem in self.problems],
            "dry_run": self.dry_run,
            "made": dict(self.made),
        }


def tally(states: Mapping[int, str]) -> dict[str, int]:
    """Count the rows in each state."""
    counted = Counter(states.values())
    return {name: counted[name] for name in STATES if name != "rejected"}
