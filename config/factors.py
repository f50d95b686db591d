"""Costs, speeds and emission factors, each with its unit, source and year."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("factors.toml")


class Factor(BaseModel):
    """Hold one figure and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    unit: str
    source: str
    year: int
    assumption: bool


@cache
def load() -> Mapping[str, Factor]:
    """Read all factors: name such as speed.main -> factor."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {f"{group}.{name}": Factor(**entry) for group, entries in groups.items() for name, entry in entries.items()}


def value(name: str) -> float:
    """Give the figure of a factor; KeyError when there is none of that name."""
    return load()[name].value
