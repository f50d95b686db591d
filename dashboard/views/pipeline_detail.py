"""One synergy in words: both sides, the haul, what is next, and everything that happened to it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import pandas as pd

from config.texts import Language, catalogue
from dashboard import amounts, wording
from dashboard.views.history import FINLAND, moment
from dashboard.views.records import Record, records
from data.model import Metric
from geo.haul import Haul
from geo.regions import Regions

SIDES = ("have", "want")
_ENDS = {"have": "from", "want": "to"}
VALUE_CHARACTERS = 200


@dataclass(frozen=True)
class Event:
    """Say what happened to a synergy: when, who, what, and each field before and after."""

    when: str
    who: str
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()
    decided: bool = False  # on the synergy itself, not on a benefit or an expert of it


def side(row: Record, which: str, regions: Regions, language: Language) -> str:
    """Write one side as HTML: what it is, whose, where, how much, and whether its listing still stands."""
    place = regions.municipalities[row[f"{_ENDS[which]}_municipality"]].name(language)
    company = row[f"{which}_company"] or wording.t("frame.unnamed", language)
    label = wording.t("pipeline.offered_by" if which == "have" else "pipeline.wanted_by", language, name=company)
    lines = [f"<h2>{escape(str(row[which]))}</h2>", f"<p>{escape(label)} · {escape(place)}</p>"]
    told = amounts.say(_resource(row, which), language)
    kind = wording.t(f"type.{row[f'{which}_type']}", language)
    code = row[f"{which}_ewc_code"]
    facts = [kind, told, " ".join(code[at : at + 2] for at in range(0, 6, 2)) if code else ""]
    if row[f"{which}_hazardous"]:
        facts.append(f"* {wording.t('field.hazardous', language)}")
    lines.append(f'<p class="pale">{escape(" · ".join(one for one in facts if one))}</p>')
    if row[f"{which}_description"]:
        lines.append(f"<p>{escape(str(row[f'{which}_description'])[:600])}</p>")
    lines += _validity(row, which, language)
    return f'<div class="syn">{"".join(lines)}</div>'


def _resource(row: Record, which: str) -> dict[str, object]:
    names = ("quantity_low", "quantity_high", "unit", "tonnes_low", "tonnes_high", "tonnes_basis", "continuity")
    return {name: row[f"{which}_{name}"] for name in names}


def _validity(row: Record, which: str, language: Language) -> list[str]:
    expires = row[f"{which}_expires_on"]
    if row[f"{which}_deleted"]:
        return [f'<p class="quiet">{escape(wording.t("pipeline.resource_deleted", language))}</p>']
    if not isinstance(expires, date):
        return []
    over = expires < datetime.now(FINLAND).date()
    key = "pipeline.expired" if over else "pipeline.expires"
    words = wording.t(key, language, day=wording.day(expires, language))
    return [f'<p class="{"quiet" if over else "pale"}">{escape(words)}</p>']


def haul(row: Record, way: Haul | None, language: Language) -> str:
    """Say how far it goes by which method, how long that takes, and what a tonne costs and emits."""
    distance = wording.distance(row["road_km"], language, str(row["method"] or "none"))
    if way is None:
        return distance
    parts = [distance]
    if row["road_minutes"]:
        parts.append(wording.minutes(row["road_minutes"], language))
    parts.append(wording.euros(way.eur_per_tonne, language, "/t", 1))
    parts.append(wording.quantity(float(way.emissions.well_to_wheel), "kg CO₂e/t", language, 1))
    return " · ".join(parts)


def events(history: pd.DataFrame, language: Language) -> tuple[Event, ...]:
    """Put the history of a synergy into words, in the order given."""
    return tuple(_event(row, language) for row in records(history))


def _event(row: Record, language: Language) -> Event:
    old, new = row["old"] or {}, row["new"] or {}
    return Event(
        when=moment(row["happened_at"], language),
        who=row["happened_by"] or wording.t("pipeline.history_nobody", language),
        what=_what(row, old, new, language),
        changes=()
        if row["kind"] in {"stage", "expert"} or row["operation"] != "UPDATE"
        else _changes(old, new, language),
        decided=row["kind"] in {"stage", "synergy"},
    )


def _what(row: Record, old: Mapping[str, object], new: Mapping[str, object], language: Language) -> str:
    if row["kind"] == "stage":
        stages = {
            name: wording.t(f"stage.{told['stage']}", language)
            for name, told in (("old", old), ("new", new))
            if told.get("stage")
        }
        if "old" in stages:
            return wording.t("pipeline.history_from", language, **stages)
        return wording.t("pipeline.history_stage", language, stage=stages.get("new", wording.UNKNOWN))
    if row["kind"] == "benefit":
        action = "added" if row["operation"] == "INSERT" else "changed"
        if "deleted_at" in old:
            action = "removed" if new.get("deleted_at") else "added"
        return wording.t(
            f"pipeline.history_benefit_{action}", language, metric=wording.t(f"metric.{row['metric']}", language)
        )
    return wording.t("pipeline.history_expert" if row["kind"] == "expert" else "pipeline.history_changed", language)


def _changes(
    old: Mapping[str, object], new: Mapping[str, object], language: Language
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (_label(name, language), _value(name, old[name], language), _value(name, new.get(name), language))
        for name in old
        if name != "deleted_at"
    )


def _label(name: str, language: Language) -> str:
    key = {
        "lapse_reason": "move.reason",
        "showcase_consent": "move.consent",
        "attribution_percent": "benefit.attribution",
    }
    for found in (key.get(name, f"move.{name}"), f"benefit.{name}", f"field.{name}"):
        if found in catalogue():
            return wording.t(found, language)
    return name


def _value(name: str, told: object, language: Language) -> str:
    if told is None or told == "":
        return wording.UNKNOWN
    if isinstance(told, bool):
        yes = "recurrence_yearly" if told else "recurrence_one_off"
        return wording.t(f"benefit.{yes}" if name == "yearly" else f"company.{'yes' if told else 'no'}", language)
    if isinstance(told, int | float):
        return str(told) if name == "year" else wording.number(told, language, 0 if float(told).is_integer() else 2)
    group = {"basis": "benefit_status", "lapse_reason": "lapse_reason", "metric": "metric"}.get(name, "")
    if f"{group}.{told}" in catalogue():
        return wording.t(f"{group}.{told}", language)
    if name == "next_step_on":
        return wording.day(date.fromisoformat(str(told)[:10]), language)
    words = str(told)
    return words if len(words) <= VALUE_CHARACTERS else f"{words[: VALUE_CHARACTERS - 1]}…"


def figure(row: Record, language: Language) -> str:
    """Say one benefit: its metric and amount."""
    metric = Metric(row["metric"])
    return f"{wording.capital(wording.t(f'metric.{metric}', language))}: {amount(float(row['amount']), language)}"


def amount(value: float, language: Language) -> str:
    """Say an amount, small ones with decimals."""
    decimals = 0 if abs(value) >= 100 or value.is_integer() else 1 if abs(value) >= 10 else 2  # noqa: PLR2004 - digits
    return wording.number(value, language, decimals)
