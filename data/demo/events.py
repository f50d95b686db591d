"""Workshops, visits and surveys in every region over six years."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.demo import places
from data.demo.frame import AS_OF, FIRST_DAY, draw, pick
from geo.regions import Regions

HELSINKI = ZoneInfo("Europe/Helsinki")
SWEDISH_REGIONS = ("21",)
NAMES = {
    "workshop": {"fi": "Synergiatyöpaja", "sv": "Synergiworkshop"},
    "visit": {"fi": "Yrityskierros", "sv": "Företagsrundtur"},
    "survey": {"fi": "Resurssikysely", "sv": "Resursenkät"},
}
PER_REGION = {"workshop": 2, "visit": 1}
EXTRA_WORKSHOPS = ("01", "06", "02", "17", "14", "11")
SURVEYS = ("01", "08", "15", "13")
SWEDISH_EVENT = 0.4  # of those in Ostrobothnia
JULY, FRIDAY = 7, 4
CHRISTMAS, EPIPHANY = (12, 20), (1, 7)
JOINED = 0.62  # of the companies came in by an event


@dataclass(frozen=True)
class Events:
    """Hold the events; `key` ties resources and synergies to them."""

    frame: pd.DataFrame
    days: list[date]
    by_region: dict[str, list[int]]  # rows

    def of_region(self, rng: np.random.Generator, region: str) -> int:
        """Draw the row of an event of the region, -1 when a company came in otherwise."""
        return pick(rng, self.by_region[region]) if rng.random() < JOINED else -1


def events(rng: np.random.Generator, regions: Regions, part: int) -> Events:
    """Draw one part's events."""
    wanted = [(kind, region) for region in regions.regions for kind, count in PER_REGION.items() for _ in range(count)]
    wanted += [("workshop", region) for region in EXTRA_WORKSHOPS] + [("survey", region) for region in SURVEYS]
    rows = [_event(rng, regions, kind, region) for kind, region in wanted]
    frame = pd.DataFrame(rows)
    frame.insert(0, "key", [f"demo-{part}-e{number}" for number in range(len(rows))])
    by_region = {region: [row for row, (_, held) in enumerate(wanted) if held == region] for region in regions.regions}
    return Events(frame, [starts.date() for starts in frame["starts_at"]], by_region)


def _event(rng: np.random.Generator, regions: Regions, kind: str, region: str) -> dict[str, object]:
    towns = regions.in_region(region)
    town = draw(rng, {place: places.inhabitants(place) ** 1.3 for place in towns})
    swedish = region in SWEDISH_REGIONS or (region == "15" and rng.random() < SWEDISH_EVENT)
    language = "sv" if swedish else "fi"
    day = working_day(FIRST_DAY + timedelta(days=int(rng.integers((AS_OF - FIRST_DAY).days - 20))))
    starts = datetime.combine(day, time(9 if kind != "visit" else 10), HELSINKI)
    name = town.name(language).strip()
    return {
        "kind": kind,
        "name": f"{NAMES[kind][language]} {name} {day.day}.{day.month}.{day.year}",
        "region_code": region,
        "place": name,
        "language": language,
        "starts_at": starts,
        "ends_at": starts + timedelta(days=30 if kind == "survey" else 0, hours=5),
    }


def working_day(day: date) -> date:
    """Move a day off the weekend and out of July and Christmas, when nobody collects anything."""
    if day.month == JULY:
        day += timedelta(days=62)
    if (day.month, day.day) > CHRISTMAS or (day.month, day.day) < EPIPHANY:
        day += timedelta(days=17)
    return day + timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)
