"""The industries of the demo data: what a kind of plant has and needs, read from the tables beside this file.

A stream is `[key]` with `what = "have waste 900 t"` (direction, type, a usual plant's quantity a year and its unit,
both left out where nothing is counted), titles in `fi`, `sv`, `en` and sentences in `fi_more`, ..., and perhaps `ewc`,
`hazardous`, `tonnes` a unit, `months`, `cont`, `attr` ranges, `corridor`. A need lists in `fed_by` the offers that can
meet it. An archetype lists its streams as `key:weight:factor`; `pools` adds those that whole families of plants share.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
POOL_WEIGHT = 1.0
OWN_WEIGHT = 3.0
MASS_TONNES = {"t": 1.0, "kg": 0.001}


@dataclass(frozen=True, kw_only=True)
class Stream:
    """Describe one thing that plants have or want, and the words coordinators note it in."""

    key: str
    direction: str
    type: str
    quantity: float | None
    unit: str | None
    tonnes_per_unit: float | None
    ewc: str | None
    hazardous: bool
    continuity: str
    months: tuple[int, ...]
    attributes: Mapping[str, list[Any]]
    corridor: bool
    fed_by: tuple[str, ...]
    titles: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Archetype:
    """Describe a kind of plant; `streams` gives each stream's weight and how its usual quantity is scaled."""

    key: str
    industry_code: str
    weight: float
    size: float
    urban: float
    english: float
    kind: str
    cooperative: bool
    forms: tuple[str, ...]
    regions: Mapping[str, float]
    towns: frozenset[str]
    trades: Mapping[str, tuple[str, ...]]
    streams: Mapping[str, tuple[float, float]]


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the tables beside this file."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _tables(folder: str) -> dict[str, Any]:
    names = sorted(path.stem for path in (FOLDER / folder).glob("*.toml") if path.stem != "pools")
    return {key: entry for name in names for key, entry in table(f"{folder}/{name}").items()}


@cache
def streams() -> Mapping[str, Stream]:
    """Give every stream by its key."""
    return {key: _stream(key, entry) for key, entry in _tables("streams").items()}


def _stream(key: str, entry: dict[str, Any]) -> Stream:
    direction, kind, *rest = entry["what"].split()
    unit = rest[1] if rest else None
    return Stream(
        key=key,
        direction=direction,
        type=kind,
        quantity=float(rest[0]) if rest else None,
        unit=unit,
        tonnes_per_unit=MASS_TONNES.get(unit or "", entry.get("tonnes")),
        ewc=entry.get("ewc"),
        hazardous=entry.get("hazardous", False),
        continuity=entry.get("cont", "continuous"),
        months=tuple(entry.get("months", ())),
        attributes=entry.get("attr", {}),
        corridor=entry.get("corridor", False),
        fed_by=tuple(entry.get("fed_by", ())),
        titles={language: tuple(entry[language]) for language in ("fi", "sv", "en")},
        sentences={language: tuple(entry[f"{language}_more"]) for language in ("fi", "sv", "en")},
    )


@cache
def archetypes() -> tuple[Archetype, ...]:
    """Give every kind of plant, in the order of the tables."""
    return tuple(_archetype(key, entry) for key, entry in _tables("archetypes").items())


def _archetype(key: str, entry: dict[str, Any]) -> Archetype:
    pools = table("archetypes/pools")
    chosen = {name: told for pool in entry["pools"] for name, told in _weights(pools[pool], POOL_WEIGHT).items()}
    chosen |= _weights(entry["streams"], OWN_WEIGHT)
    return Archetype(
        key=key,
        industry_code=entry["tol"],
        weight=entry["weight"],
        size=entry.get("size", 1.0),
        urban=entry["urban"],
        english=entry.get("english", 0.03),
        kind=entry.get("kind", "company"),
        cooperative=entry.get("cooperative", False),
        forms=tuple(entry.get("form", ())),
        regions=entry.get("regions", {}),
        towns=frozenset(entry.get("towns", ())),
        trades={language: tuple(entry[language]) for language in ("fi", "sv", "en")},
        streams=chosen,
    )


def _weights(items: list[str], usual: float) -> dict[str, tuple[float, float]]:
    """Read `stream:weight:factor`, of which the numbers may be left out."""
    told = (item.split(":") for item in items)
    return {
        name: (float(numbers[0]) if numbers else usual, float(numbers[1]) if len(numbers) > 1 else 1.0)
        for name, *numbers in told
    }


def shares(total: int) -> list[int]:
    """Divide a number of companies among the archetypes by their weights, largest remainders first."""
    weights = [archetype.weight for archetype in archetypes()]
    exact = [total * weight / sum(weights) for weight in weights]
    counts = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (counts[at] - exact[at], at))
    for at in by_remainder[: total - sum(counts)]:
        counts[at] += 1
    return counts
