"""What is done to a material between an offer and a need: which processes take it, and what comes out of them.

The table is config/taxonomy/processes.csv, in ids of the table of concepts: `process` a service or a capacity, `takes`
the materials that it treats (a use stands for all that is good for it, `!` goes before what it never takes), `makes`
what comes out (`=` the same material again), `hazardous` 1 where it is meant for hazardous waste.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching import concepts
from matching.concepts import Concept

TABLE = concepts.TABLE.with_name("processes.csv")
SAME, NEVER = "=", "!"
BY_WIDER = 0.7  # a material of which only the wider kind is known to be good for the process
PROCESSORS = ("service", "capacity")
TREATED = ("material", "water")
BY_USE = 0.9  # of a listing that names what the process is for instead of the process


@dataclass(frozen=True)
class Process:
    """Hold one row of the table; `takes` tells of each material how surely it can be treated."""

    concept: str
    takes: Mapping[str, float]
    makes: tuple[str, ...]
    same: bool
    hazardous: bool
    signs: Mapping[str, float]

    def best(self, named: Mapping[str, float]) -> tuple[str, float]:
        """Give which of the named materials the process takes, and how surely; "" and 0 where it takes none."""
        worth = {one: weight * self.takes[one] for one, weight in named.items() if one in self.takes}
        found = max(worth, key=lambda one: (worth[one], one), default="")
        return found, worth.get(found, 0.0)

    def named_in(self, named: Mapping[str, float]) -> float:
        """Tell how surely a listing that names these concepts offers the process."""
        return max((weight * self.signs[one] for one, weight in named.items() if one in self.signs), default=0.0)

    def product(self, material: str) -> list[str]:
        """Give the concepts of what comes out when a material goes in."""
        return [material, *self.makes] if self.same else list(self.makes)


@cache
def load(path: Path = TABLE) -> tuple[Process, ...]:
    """Read the table of processes once a process."""
    table = concepts.load().concepts
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_process(row, table) for row in csv.DictReader(lines))


def _process(row: Mapping[str, str], table: Mapping[str, Concept]) -> Process:
    makes = tuple(one for one in row["makes"].split("|") if one != SAME)
    given = row["takes"].split("|")
    ready = set(makes) - set(given)  # chips are not chipped again; a spent solvent is distilled into one
    never = frozenset(one.removeprefix(NEVER) for one in given if one.startswith(NEVER))
    takes = _takes(frozenset(given), never, table)
    return Process(
        concept=row["process"],
        takes={one: sure for one, sure in takes.items() if one not in ready},
        makes=makes,
        same=SAME in row["makes"].split("|"),
        hazardous=row["hazardous"] == "1",
        signs=_signs(row["process"], table),
    )


def _takes(given: frozenset[str], never: frozenset[str], table: Mapping[str, Concept]) -> dict[str, float]:
    found = {}
    for concept in table.values():
        wider = list(_wider(concept, table))
        if concept.kind not in TREATED or concept.stop or never & {concept.id, *(one.id for one in wider)}:
            continue
        if given & {concept.id, *concept.good_for, *(one.id for one in wider)}:
            found[concept.id] = 1.0
        elif any(given & set(one.good_for) for one in wider):
            found[concept.id] = BY_WIDER
    return found


@cache
def kin(concept: str) -> frozenset[str]:
    """Give a concept, all that it is a kind of, and all that are kinds of it."""
    table = concepts.load().concepts
    wider = {one.id for one in _wider(table[concept], table)}
    narrower = {one.id for one in table.values() if concept in {other.id for other in _wider(one, table)}}
    return frozenset({concept, *wider, *narrower})


def _wider(concept: Concept, table: Mapping[str, Concept]) -> Iterator[Concept]:
    for one in concept.broader:
        yield table[one]
        yield from _wider(table[one], table)


def _signs(process: str, table: Mapping[str, Concept]) -> dict[str, float]:
    """Give what names a process: itself, and a use that only it and its own kinds are good for."""
    kinds = kin(process) - {one.id for one in _wider(table[process], table)}
    others = [one for one in table.values() if one.kind in PROCESSORS and one.id not in kinds]
    own = [use for use in table[process].good_for if not any(use in one.good_for for one in others)]
    return {**dict.fromkeys(own, BY_USE), process: 1.0}
