"""The code tables that importers check against, read once from the reference tables."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from config import settings
from data.importers.text import fold

TAXONOMY = settings.ROOT / "config" / "taxonomy"
KG_IN_TONNE = 1000.0


@dataclass(frozen=True)
class Waste:
    """An entry of the list of waste; hazard is None where it is open, `change` says what autumn 2026 changed."""

    code: str
    hazardous: bool | None
    change: str
    hazardous_2026: bool | None


@dataclass(frozen=True)
class Unit:
    """A unit of quantity; `factor` turns it into its base unit."""

    code: str
    dimension: str
    factor: float
    base: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (settings.load().reference / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _truth(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


@cache
def waste() -> Mapping[str, Waste]:
    """Give the six-digit codes of the list of waste, old and new."""
    return {
        row["code"]: Waste(row["code"], _truth(row["hazardous"]), row["change_2026"], _truth(row["hazardous_2026"]))
        for row in _rows("ewc.csv")
        if row["level"] == "6"
    }


@cache
def chapters() -> frozenset[str]:
    """Give the codes of chapters and sub-chapters: real codes, but not of a waste."""
    return frozenset(row["code"] for row in _rows("ewc.csv") if row["level"] != "6")


@cache
def units() -> Mapping[str, Unit]:
    """Give the units by every way of writing them, folded."""
    found: dict[str, Unit] = {}
    for row in _rows("units.csv"):
        unit = Unit(row["code"], row["dimension"], float(row["factor"]), row["base"])
        names = [row["code"], *row["synonyms"].split("|"), row["fi"], row["sv"], row["en"]]
        found |= {unit_key(name): unit for name in names if name}
    return found


def unit_key(text: str) -> str:
    """Bring a unit to the form units are compared in: m³ and m3, Tn. and tn are the same."""
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "").strip(".")


@cache
def unit_codes() -> Mapping[str, Unit]:
    """Give the units by their codes."""
    return {unit.code: unit for unit in units().values()}


@cache
def densities() -> Mapping[str, float]:
    """Give the typical bulk density of a concept in kg/m3, the first of the table where there are several."""
    found: dict[str, float] = {}
    for row in _rows("densities.csv"):
        if row["concept"] and row["unit"].startswith("kg/m3") and row["typical"]:
            found.setdefault(row["concept"], float(row["typical"]))
    return found


@cache
def concept_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give the words of each concept by language, without concepts that mean nothing by themselves."""
    with (TAXONOMY / "concepts.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["id"]: {
                language: tuple(term.replace("+", "") for term in row[language].split("|") if term)
                for language in ("fi", "sv", "en")
            }
            for row in csv.DictReader(lines)
            if row["stop"] != "1"
        }


@cache
def concepts() -> Mapping[str, str]:
    """Give the concept of every term in fi, sv and en, folded."""
    found: dict[str, str] = {}
    for concept, words in concept_words().items():
        found |= {fold(term): concept for term in (concept, *words["fi"], *words["sv"], *words["en"])}
    return found
