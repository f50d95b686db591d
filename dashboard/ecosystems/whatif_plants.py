"""New plants for what-if views: what a plant of a kind usually has and needs, as listings that can be matched."""

import csv
from collections.abc import Sequence
from functools import cache

import pandas as pd

from config.settings import ROOT
from config.texts import Language
from dashboard.wording import hundreds
from data.demo import catalogue
from data.demo.catalogue import Archetype, Stream
from geo import regions
from matching.frame import COLUMNS
from matching.whatif import PLANT, Plant
from matching.whatif_terms import GOODS

OWN_WEIGHT = 3.0  # of a stream that is typical of the kind
INDUSTRIES = ROOT / "data" / "reference" / "tol2008.csv"
EACH = 1_000  # ids a plant
HELP = frozenset({"service", "expertise"})
UNITS = {"m3": "m³", "m2": "m²"}


@cache
def kinds() -> dict[str, Archetype]:
    """Give the kinds of plants by their keys."""
    return {one.key: one for one in catalogue.archetypes()}


@cache
def names(language: Language) -> dict[str, str]:
    """Name the kinds by what they do and their industry (TOL 2008), in the order of the names."""
    with INDUSTRIES.open(encoding="utf-8", newline="") as lines:
        industries = {row["code"]: row[language] for row in csv.DictReader(lines)}
    told = {
        key: f"{one.trades[language][0]} – {one.industry_code[:2]} {industries.get(one.industry_code[:2], '')}".strip()
        for key, one in kinds().items()
    }
    return {key: told[key] for key in sorted(told, key=told.__getitem__)}


def listings(plants: Sequence[Plant]) -> pd.DataFrame:
    """Write what some plants would have and need, in the columns that the matcher reads; unknown ones are left out."""
    rows = [
        _listing(number, at, plant, stream)
        for number, plant in enumerate(plants)
        if plant.kind in kinds() and plant.municipality in regions.load().municipalities
        for at, stream in enumerate(_streams(kinds()[plant.kind]))
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS])


def told(plant: Plant, side: str, language: Language) -> list[str]:
    """Say what a plant would offer (`have`) or need (`want`), each with t/a or the unit that it is counted in."""
    return [
        f"{_title(stream, language)} {_amount(plant, stream, language)}".rstrip()
        for stream in _streams(kinds()[plant.kind])
        if stream.direction == side
    ]


def _title(stream: Stream, language: Language) -> str:
    return stream.titles[language][0].replace("{n}", "10")


def _amount(plant: Plant, stream: Stream, language: Language) -> str:
    amount = _quantity(plant, stream)
    if amount is None:
        return ""
    if stream.tonnes_per_unit is not None and stream.type in GOODS:
        return f"{hundreds(amount * stream.tonnes_per_unit, language)}\u00a0t/a"
    return f"{hundreds(amount, language)}\u00a0{UNITS.get(stream.unit or '', stream.unit)}/a"


def _quantity(plant: Plant, stream: Stream) -> float | None:
    kind = kinds()[plant.kind]
    return None if stream.quantity is None else stream.quantity * kind.size * plant.size * kind.streams[stream.key][1]


def _streams(kind: Archetype) -> list[Stream]:
    """Give what a plant of a kind lives by; help that anybody may want is no exchange of the plant."""
    every = catalogue.streams()
    typical = [name for name, (weight, _) in kind.streams.items() if weight >= OWN_WEIGHT]
    return [every[name] for name in typical if not every[name].corridor and every[name].type not in HELP]


def _listing(number: int, at: int, plant: Plant, stream: Stream) -> dict[str, object]:
    place = regions.load().municipalities[plant.municipality]
    amount = _quantity(plant, stream)
    tonnes = amount * stream.tonnes_per_unit if amount is not None and stream.tonnes_per_unit is not None else None
    told: dict[str, object] = dict.fromkeys(COLUMNS)
    return told | {
        "id": PLANT - number * EACH - at,
        "organisation_id": PLANT - number,
        "site_id": PLANT - number,
        "direction": stream.direction,
        "type": stream.type,
        "title": stream.titles["fi"][0].replace("{n}", "10"),
        "description": stream.sentences["fi"][0] if stream.sentences["fi"] else "",
        "language": "fi",
        "concepts": [],
        "ewc_code": stream.ewc,
        "hazardous": stream.hazardous,
        "tonnes_low": tonnes,
        "tonnes_high": tonnes,
        "quantity_low": amount,
        "quantity_high": amount,
        "unit": stream.unit,
        "continuity": stream.continuity,
        "season_months": list(stream.months),
        "attributes": {},
        "visibility": "network",
        "region_code": place.region,
        "easting_m": place.easting,
        "northing_m": place.northing,
        "exact": True,
    }
