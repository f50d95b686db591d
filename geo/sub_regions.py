"""Sub-regions (seutukunta) of Finland: which municipalities each holds, and its name."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config import settings


@dataclass(frozen=True)
class SubRegion:
    """Hold a sub-region: its name is Finnish in every language, for the classification gives no other."""

    code: str
    name: str
    region: str
    municipalities: tuple[str, ...]


@cache
def load(folder: Path | None = None) -> Mapping[str, SubRegion]:
    """Read the sub-regions by code, in the order of their codes, from the table of municipalities."""
    path = (folder or settings.load().reference) / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    members: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        members.setdefault(row["sub_region_code"], []).append(row)
    return {
        code: SubRegion(
            code,
            members[code][0]["sub_region_fi"],
            members[code][0]["region_code"],
            tuple(row["code"] for row in members[code]),
        )
        for code in sorted(members)
    }


@cache
def of_municipality() -> Mapping[str, str]:
    """Give the sub-region's code of every municipality."""
    return {code: one.code for one in load().values() for code in one.municipalities}
