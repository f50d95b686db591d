"""What happened to a company, in words: who, when, and what changed from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from config.texts import Language, catalogue
from dashboard import wording
from dashboard.views.records import Record, records
from data.importers.ewc import written
from geo.regions import Regions
from matching import concepts

FINLAND = ZoneInfo("Europe/Helsinki")
VALUE_CHARACTERS = 160
# What the store keeps for itself.
_HIDDEN = frozenset({"content_hash", "source_key", "deleted_at", "updated_at", "version"})
# Columns whose codes have words, and the group of texts that has them.
_WORDS = {
    "organisation.kind": "organisation_kind",
    "organisation.activation": "activation",
    "site.precision": "precision",
    "site.visibility": "site_visibility",
    "resource.direction": "direction",
    "resource.type": "type",
    "resource.tonnes_basis": "benefit_status",
    "resource.continuity": "continuity",
    "resource.visibility": "visibility",
    "resource.language": "language",
}


@dataclass(frozen=True)
class Event:
    """Say what happened: when, who did what to what, and each column before and after."""

    when: str
    who: str
    what: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


def events(history: pd.DataFrame, regions: Regions, language: Language) -> tuple[Event, ...]:
    """Put the history of a company into words, in the order given."""
    return tuple(_event(row, regions, language) for row in records(history))


def moment(when: datetime, language: Language, today: date | None = None) -> str:
    """Say when something happened in Finnish time: date and time of day, today the time alone."""
    local = when.astimezone(FINLAND)
    clock = wording.clock(local.time(), language)
    return clock if local.date() == today else f"{wording.day(local.date(), language)} {clock}"


def value(kind: str, column: str, told: object, regions: Regions, language: Language) -> str:
    """Say a column's value in words, shortened; – where there is none."""
    if told is None or told in ("", []):
        return wording.UNKNOWN
    said = _said(kind, column, told, regions, language)
    return said if len(said) <= VALUE_CHARACTERS else said[: VALUE_CHARACTERS - 1] + "…"


def _event(row: Record, regions: Regions, language: Language) -> Event:
    kind, old, new = str(row["kind"]), row["old"] or {}, row["new"] or {}
    action = _action(str(row["operation"]), old, new)
    columns = [column for column in old if column not in _HIDDEN] if action == "changed" else []
    return Event(
        when=moment(row["happened_at"], language),
        who=row["happened_by"] or wording.t("history.nobody", language),
        what=f"{wording.t(f'history.{kind}', language)}: {wording.t(f'history.{action}', language)}",
        title=str(row["title"]),
        changes=tuple(
            (
                label(kind, column, language),
                value(kind, column, old[column], regions, language),
                value(kind, column, new.get(column), regions, language),
            )
            for column in columns
        ),
    )


def _action(operation: str, old: Mapping[str, object], new: Mapping[str, object]) -> str:
    if operation == "INSERT":
        return "added"
    if operation == "DELETE":
        return "deleted"
    if "deleted_at" in old:
        return "deleted" if new.get("deleted_at") else "restored"
    return "changed"


def label(kind: str, column: str, language: Language) -> str:
    """Name a column as the form names its field."""
    key = "field.site_visibility" if (kind, column) == ("site", "visibility") else f"field.{column}"
    return wording.t(key, language) if key in catalogue() else column


def _said(kind: str, column: str, told: object, regions: Regions, language: Language) -> str:
    if isinstance(told, bool):
        return wording.t("company.yes" if told else "company.no", language)
    if isinstance(told, int | float):
        return wording.number(told, language, 0 if float(told).is_integer() else 2)
    if isinstance(told, list):
        return ", ".join(_member(column, one, language) for one in told)
    if isinstance(told, dict):
        return _point(told, language)
    return _text(kind, column, str(told), regions, language)


def _text(kind: str, column: str, told: str, regions: Regions, language: Language) -> str:
    group = _WORDS.get(f"{kind}.{column}", "channel" if column == "channel" else "")
    if group and f"{group}.{told}" in catalogue():
        return wording.t(f"{group}.{told}", language)
    places = {"municipality_code": regions.municipalities, "region_code": regions.regions}.get(column, {})
    if told in places:
        return places[told].name(language)
    if column == "ewc_code":
        return written(told)
    if column in {"available_from", "available_to", "expires_on", "source_date"}:
        return wording.day(date.fromisoformat(told[:10]), language)
    return told


def _member(column: str, told: object, language: Language) -> str:
    if column == "concepts":
        table = concepts.load().concepts
        return table[str(told)].name(language) if str(told) in table else str(told)
    return wording.t(f"month.m{told}", language) if column == "season_months" else str(told)


def _point(told: Mapping[str, Any], language: Language) -> str:
    if "coordinates" not in told:
        return ", ".join(f"{name}: {one}" for name, one in told.items()) or wording.UNKNOWN
    easting_m, northing_m = told["coordinates"][:2]
    return f"{wording.number(easting_m, language)}; {wording.number(northing_m, language)} m"
