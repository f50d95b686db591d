"""What is said of the organisers in the regions; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from config.texts import Language
from dashboard.views.records import Record, records
from dashboard.wording import UNKNOWN, day, number, rich, t
from geo import regions
from geo.regions import Place

SOON_DAYS = 90


@dataclass(frozen=True)
class Row:
    """Hold one organiser in words, and the row as it was read."""

    id: int
    name: str
    regions: str
    coordinators: str
    contract: str
    warning: str
    told: Record


def rows(found: pd.DataFrame, today: date, language: Language) -> list[Row]:
    """List the organisers."""
    names = {code: place.name(language) for code, place in regions.load().regions.items()}
    return [_row(one, names, today, language) for one in records(found)]


def _row(one: Record, names: Mapping[str, str], today: date, language: Language) -> Row:
    return Row(
        int(one["id"]),
        str(one["name"] or t("frame.unnamed", language)),
        ", ".join(names.get(code, code) for code in one["regions"]),
        ", ".join(one["coordinators"]) or UNKNOWN,
        f"{day(one['contract_from'], language)} – {day(one['contract_to'], language)}",
        _warning(one["contract_to"], today, language),
        one,
    )


def _warning(ends: date | None, today: date, language: Language) -> str:
    if ends is None:
        return ""
    left = (ends - today).days
    if left < 0:
        return t("organiser.ended", language)
    return t("organiser.ends_soon", language, days=number(left, language)) if left <= SOON_DAYS else ""


def sentence(found: pd.DataFrame, language: Language) -> str:
    """Say how many there are, and how many regions have none; HTML."""
    count, rest = number(len(found), language), number(len(_unserved(found)), language)
    return rich("organiser.sentence", language, count=count, without=rest)


def without(found: pd.DataFrame, language: Language) -> str:
    """Name the regions that nobody serves."""
    return ", ".join(sorted(place.name(language) for place in _unserved(found)))


def _unserved(found: pd.DataFrame) -> list[Place]:
    served = {code for one in records(found) for code in one["regions"]}
    return [place for code, place in regions.load().regions.items() if code not in served]
