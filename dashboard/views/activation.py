"""How far companies have come into the network: sentence, rows, reminders, talks and silent municipalities; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from config.texts import Language
from dashboard import classes, wording
from dashboard.views.companies import place
from dashboard.views.overview_counts import spots
from dashboard.views.records import Record, records
from data.model import Activation, Channel
from geo.regions import Regions

EVERY = "all"
NAMED_MOST = 30  # municipalities; more are a page of names
STATUSES = tuple(one.value for one in Activation)
ENGAGED = frozenset({Activation.COMMITTED.value, Activation.IN_WORKSHOP.value, Activation.ACTIVE.value})


@dataclass(frozen=True)
class Row:
    """Say of one company what its row shows."""

    id: int
    version: int
    name: str
    status: str
    line: str
    reminder: str
    late: bool
    demo: bool


def counts(statuses: pd.DataFrame) -> Mapping[str, int]:
    """Give the number of companies of each status and of all."""
    told = dict(zip(statuses["activation"], statuses["companies"].astype(int), strict=True))
    return {EVERY: sum(told.values()), **{one: told.get(one, 0) for one in STATUSES}}


def sentence(told: Mapping[str, int], late: int, region: str, language: Language) -> str:
    """Say how many companies there are, how many have joined in, and how many reminders are due."""
    values = {
        "companies": wording.counted(told[EVERY], "organisation", language),
        "engaged": wording.number(sum(told[one] for one in ENGAGED), language),
    }
    key = "activating.sentence_region" if region else "activating.sentence"
    said = wording.rich(key, language, **(values | {"region": region} if region else values))
    if not late:
        return f"{said} {wording.rich('activating.sentence_in_time', language)}"
    waiting = wording.counted(late, "reminder", language)
    return f"{said} {wording.rich('activating.sentence_late', language, late=waiting)}"


def rows(page: pd.DataFrame, regions: Regions, language: Language, today: date) -> list[Row]:
    """Make the rows of companies in the order given."""
    return [_row(one, regions, language, today) for one in records(page)]


def _row(one: Record, regions: Regions, language: Language, today: date) -> Row:
    remind = one["remind_on"]
    where = [
        place(one["municipalities"], regions.municipalities, language),
        _regions(one["regions"], regions, language),
    ]
    parts = [
        wording.t(f"activation.{one['activation']}", language),
        *dict.fromkeys(part for part in where if part),
        last_talk(one, language),
        wording.counted(int(one["resources"]), "resource", language),
    ]
    return Row(
        id=int(one["id"]),
        version=int(one["version"]),
        name=str(one["name"]),
        status=str(one["activation"]),
        line=" · ".join(parts),
        reminder=wording.t("activating.reminder_on", language, day=wording.day(remind, language)) if remind else "",
        late=remind is not None and remind <= today,
        demo=bool(one["demo"]),
    )


def _regions(codes: Sequence[str] | None, regions: Regions, language: Language) -> str:
    return ", ".join(regions.regions[code].name(language) for code in codes or () if code in regions.regions)


def last_talk(one: Record, language: Language) -> str:
    """Say when and how somebody last spoke with a company."""
    if one["last_on"] is None:
        return wording.t("activating.no_talk", language)
    how = talked(str(one["last_channel"]), language)
    return wording.t("activating.last_talk", language, day=wording.day(one["last_on"], language), channel=how)


def talked(channel: str, language: Language) -> str:
    """Say how people talked; what is no channel of resources was mostly a call or a letter."""
    key = "activating.by_call" if channel == Channel.OTHER.value else f"channel.{channel}"
    return wording.t(key, language)


def talk(one: Record, language: Language) -> tuple[str, str, str]:
    """Say of a talk when, how and with whom it was, what was said, and what is to be remembered."""
    who = str(one["contact"] or "")
    head = [wording.day(one["happened_on"], language), talked(str(one["channel"]), language), who]
    remind = one["remind_on"]
    told = wording.t("activating.reminder_on", language, day=wording.day(remind, language)) if remind else ""
    return " · ".join(part for part in head if part), str(one["note"]), told


def reminder(one: Record, regions: Regions, language: Language) -> tuple[str, str]:
    """Say of a reminder how late it is, and what it is about."""
    late = int(one["late"])
    key = "late" if late > 0 else "today" if late == 0 else "coming"
    day = wording.day(one["remind_on"], language)
    due = wording.t(f"activating.{key}", language, day=day, days=wording.counted(abs(late), "day", language))
    about = [str(one["contact"] or ""), str(one["note"]), _regions(one["regions"], regions, language)]
    return due, " · ".join(part for part in about if part)


def silence(silent: pd.DataFrame, regions: Regions, language: Language) -> tuple[pd.DataFrame, tuple[float, ...]]:
    """Line up silent municipalities for the map, and give the limits of its classes.

    Columns: code, lon, lat, name, a, b (the tooltip's lines), number (the class), companies.
    """
    limits = classes.breaks(silent["companies"].astype(float))
    told = silent.set_index("code").join(spots(regions, "municipalities")[["lon", "lat", language]], how="inner")
    drawn = pd.DataFrame(
        {
            "code": told.index,
            "lon": told["lon"].to_numpy(),
            "lat": told["lat"].to_numpy(),
            "name": told[language].to_numpy(),
            "a": [wording.counted(int(one), "organisation", language) for one in told["companies"]],
            "b": [wording.t("activating.no_resources", language)] * len(told),
            "number": classes.classify(told["companies"].astype(float), limits),
            "companies": told["companies"].to_numpy(),
        }
    )
    return drawn, limits


def unknown(peopled: pd.DataFrame, region: str, regions: Regions) -> tuple[str, ...]:
    """Give the municipalities, of a region or all, where nobody has told of any company."""
    there = set(peopled["code"])
    return tuple(
        code for code, one in regions.municipalities.items() if code not in there and region in ("", one.region)
    )


def unknown_words(codes: Sequence[str], regions: Regions, language: Language) -> str:
    """Say where no company is known: by name where they are few enough to read."""
    if not codes:
        return ""
    names = ", ".join(sorted(regions.municipalities[code].name(language) for code in codes))
    key = "unknown_named" if len(codes) <= NAMED_MOST else "unknown_many"
    return wording.t(f"activating.{key}", language, count=len(codes), names=names)


def silent_classes(drawn: pd.DataFrame, regions: Regions) -> dict[str, int]:
    """Give the class of every municipality, the silent ones by their companies and all others the lowest."""
    return dict.fromkeys(regions.municipalities, 0) | dict(zip(drawn["code"], map(int, drawn["number"]), strict=True))


def silent_table(silent: pd.DataFrame, regions: Regions, language: Language) -> pd.DataFrame:
    """Make the table that equals the map, in the order given."""
    names = [wording.t(f"activating.col_{one}", language) for one in ("municipality", "region", "companies", "reached")]
    told = [
        (
            regions.municipalities[one["code"]].name(language),
            regions.regions[one["region"]].name(language),
            int(one["companies"]),
            int(one["contacted"]),
        )
        for one in records(silent)
    ]
    return pd.DataFrame(told, columns=names)
