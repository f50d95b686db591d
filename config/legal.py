"""What hints about the law of waste lean on: sources, the clock of the secondary service, steps of uses."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("legal.toml")


class Source(BaseModel):
    """Hold where a hint comes from: `act` and the section; `seen` tells whether Materiaalitori's own pages cite it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: str
    section: str
    url: str
    seen: bool


class Clock(BaseModel):
    """Hold the limits of the municipality's secondary service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_eur_per_year: int
    open_days: int
    request_months: int
    contract_years: int


class Law(BaseModel):
    """Hold the whole table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Mapping[str, Source]
    tsv: Clock
    listing: Mapping[str, int]
    end_of_waste: Mapping[str, frozenset[str]]
    step: Mapping[str, frozenset[str]]
    mara: Mapping[str, frozenset[str]]
    animal: Mapping[str, frozenset[str]]


@cache
def load() -> Law:
    """Read the table once a process."""
    return Law(**tomllib.loads(FILE.read_text(encoding="utf-8")))
