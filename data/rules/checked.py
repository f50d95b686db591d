"""What checking a form yields: the row, and the faults of each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from data.importers import text
from data.importers.faults import Cell, Fault, Reading
from data.importers.report import Severity

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

Raw = Mapping[str, object]
LINE_MAX_CHARACTERS = 300


@dataclass(frozen=True)
class Checked(Generic[T]):
    """Hold the row that may be saved, None where a field refuses it, and every fault and remark by field."""

    value: T | None
    faults: Mapping[str, tuple[Fault, ...]]


@dataclass
class Desk:
    """Gather what the fields say while a form is read."""

    raw: Raw
    faults: dict[str, tuple[Fault, ...]] = field(default_factory=dict)

    def take(self, name: str, reading: Reading[T]) -> T | None:
        """Note a field's faults and hand on its value."""
        for fault in reading.faults:
            self.note(name, fault)
        return reading.value

    def note(self, name: str, fault: Fault) -> None:
        """Note one fault of a field."""
        self.faults[name] = (*self.faults.get(name, ()), fault)

    def refuse(self, name: str, rule: str, **values: object) -> None:
        """Refuse a field by a rule that only forms have."""
        self.note(name, Fault(rule=f"form.{rule}", values=values))

    def remark(self, name: str, rule: str, **values: object) -> None:
        """Say something of a field that doesn't stand in the way of saving."""
        self.note(name, Fault(rule=f"form.{rule}", severity=Severity.WARNING, values=values))

    def line(self, name: str, *, missing: str = "", limit: int = LINE_MAX_CHARACTERS, lines: bool = False) -> str:
        """Read a field as clean text; `missing` is the rule that refuses an empty one."""
        words = self.take(name, text.clean(self.cell(name), limit, lines=lines)) or ""
        if missing and not words and name not in self.faults:
            self.refuse(name, missing)
        return words

    def cell(self, name: str) -> Cell:
        """Give a field as it was typed."""
        value = self.raw.get(name)
        return value if isinstance(value, str | int | float) else None

    def choice(self, name: str, default: E) -> E:
        """Give the member of a set of choices that is chosen, else the default."""
        value = self.raw.get(name)
        return type(default)(str(value)) if value else default

    def done(self, value: T) -> Checked[T]:
        """Give the row, unless a field refuses it."""
        refused = any(fault.severity is Severity.REJECTED for told in self.faults.values() for fault in told)
        return Checked(None if refused else value, self.faults)
