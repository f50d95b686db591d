"""The cells of one row, and the problems found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from config.texts import Language
from data.importers import numbers
from data.importers.columns import EXPORTED, Columns, template_heading
from data.importers.faults import Cell, Fault, Reading
from data.importers.report import Heading, Problem, Severity
from data.importers.text import clean, plain, shown

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """A row of the source by field; `number` is what the user sees, `key` tells it from the rows of other parts."""

    number: int
    cells: Mapping[str, Cell]
    part: str = ""
    key: int = 0
    faults: Mapping[str, Fault] = field(default_factory=dict)  # found by the reader of the format, by field
    spare: Mapping[str, Cell] = field(default_factory=dict)  # what nobody understood, by heading


@dataclass(frozen=True)
class Sheet:
    """A source as rows of fields, whatever format it came in."""

    file: str
    sha256: str
    columns: Columns
    rows: tuple[Row, ...]
    notes: tuple[Problem, ...] = ()
    headings: tuple[Heading, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    coordinate_system: str = ""


@dataclass
class Cells:
    """Read the cells of a row one by one, and gather what is wrong with them."""

    row: Row
    columns: Columns
    language: Language
    decimal: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def raw(self, name: str) -> Cell:
        """Give a cell as found, or as the user has mended it."""
        return self.fixed[name] if name in self.fixed else self.row.cells.get(name)

    def has(self, name: str) -> bool:
        """Tell whether a cell says anything."""
        cell = self.raw(name)
        return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))

    def heading(self, name: str) -> str:
        """Give the heading of a field as it stands in the file, else our own."""
        if name in self.columns.headings:
            return self.columns.headings[name]
        return template_heading(name, self.language) if name in EXPORTED else name

    def add(self, fault: Fault, *names: str) -> None:
        """Note a fault of one field, or of several that belong together."""
        self.problems.append(
            Problem(
                row=self.row.number,
                column=", ".join(self.heading(name) for name in names),
                value=" ".join(shown(self.raw(name)) for name in names).strip(),
                rule=fault.rule,
                severity=fault.severity,
                suggestion=fault.suggestion,
                alternatives=fault.alternatives,
                values=fault.values,
                part=self.row.part,
            )
        )

    def take(self, name: str, reading: Reading[T]) -> T | None:
        """Note what is wrong with a reading of a field, and give its value."""
        for fault in reading.faults:
            self.add(fault, name)
        return reading.value

    def text(self, name: str, limit: int = 300, *, lines: bool = False) -> str:
        """Read a field as clean text; empty where there is none or it can't be used."""
        if self.raw(name) is None:
            return ""
        return self.take(name, clean(self.raw(name), limit, lines=lines)) or ""

    def number(self, name: str, *, degrees: bool = False) -> float | None:
        """Read a field as a number; degrees have no thousands, so that 24,941 is no riddle there."""
        cell = self.raw(name)
        sign = next((sign for sign in ",." if sign in plain(cell)), None) if degrees else self.decimal_of(name)
        return self.take(name, numbers.number(cell, sign))

    def decimal_of(self, name: str) -> str | None:
        """Tell the decimal sign of a field: in a value that the user has put in, the sign that stands there."""
        if name in self.fixed:
            return next((sign for sign in ",." if sign in self.fixed[name]), ",")
        return self.decimal

    @property
    def rejected(self) -> bool:
        """Tell whether anything found keeps the row out."""
        return any(problem.severity is Severity.REJECTED for problem in self.problems)
