"""What speaks for a match, as parts that each can be put into words of three languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DECIMALS = 4


@dataclass(frozen=True)
class Reason:
    """Name one part of an explanation: a text id, what fills it in, and how much of the score it gives.

    Facts carry their unit in their name (`have_tonnes`, `km`), or hold ids (`concepts`): whoever shows them puts
    them into words.
    """

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    contribution: float = 0.0

    def as_json(self) -> dict[str, object]:
        """Give the form in which the store keeps it, rounded so that counting again changes nothing."""
        values = {name: _rounded(value) for name, value in self.facts.items()}
        return {"key": self.key, "values": values, "contribution": round(self.contribution, DECIMALS)}


def _rounded(value: object) -> object:
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, DECIMALS) if isinstance(value, float) else value
