"""What reading one cell yields: a value, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Generic, TypeVar

from data.importers.report import Severity

T_co = TypeVar("T_co", covariant=True)
Cell = str | float | int | bool | date | datetime | None


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Say what is wrong with a value, before it is known where it stands; see report.Problem."""

    rule: str
    severity: Severity = Severity.REJECTED
    suggestion: str = ""
    alternatives: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading(Generic[T_co]):
    """Hold the value read, None where there is none, and its faults."""

    value: T_co | None = None
    faults: tuple[Fault, ...] = ()

    def also(self, fault: Fault) -> "Reading[T_co]":
        """Add a fault."""
        return replace(self, faults=(*self.faults, fault))


def refuse(rule: str, suggestion: str = "", alternatives: tuple[str, ...] = (), **values: object) -> Fault:
    """Make a fault that keeps its row out."""
    return Fault(rule=f"import.{rule}", suggestion=suggestion, alternatives=alternatives, values=values)


def warn(rule: str, suggestion: str = "", **values: object) -> Fault:
    """Make a remark on a row that comes in."""
    return Fault(rule=f"import.{rule}", severity=Severity.WARNING, suggestion=suggestion, values=values)
