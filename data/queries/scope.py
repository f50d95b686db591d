"""What the overview counts: a choice that its reads share."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """Say what is counted: the situation of a year, of some types (none: all) and perhaps one direction."""

    year: int
    types: tuple[str, ...] = ()
    direction: str = ""

    def values(self) -> Mapping[str, object]:
        """Give the parameters of the statements."""
        return {
            "year": self.year,
            "begin": f"{self.year}-01-01",
            "end": f"{self.year}-12-31",
            "all_types": not self.types,
            "types": list(self.types),
            "direction": self.direction,
        }
