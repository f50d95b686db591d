"""Check what a telephone sends, by the rules that forms and imports know; pure, no database.

Nothing is run and nothing is drawn as markup, so a joke is shown as it was written; what is not words at all, too long
for a wall or leads elsewhere waits for the facilitator instead.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from config.errors import StoreProblem
from config.texts import Language
from data import model, rules
from data.importers import business_id
from data.importers.faults import Fault
from data.importers.report import Severity
from data.importers.text import clean
from data.model import Continuity, Direction, ResourceType
from data.rules.checked import Checked
from geo.regions import Regions

FIELDS = ("direction", "type", "title", "quantity", "unit", "continuity", "company", "business_id", "place", "ewc_code")
LARGE_ASKED = "large"
FIELD_MAX = 12_000  # what is longer than anybody means is cut before it is read
TITLE_MAX = 80  # what fits on a wall
COMPANY_MAX = 200
# A year's or a single amount above which a table is asked whether it means it: mostly kilograms, or a year for a month.
LARGE = {
    "t": 20_000.0,
    "kg": 1_000_000.0,
    "m3": 200_000.0,
    "m2": 200_000.0,
    "MWh": 500_000.0,
    "MW": 500.0,
    "h": 20_000.0,
    "kpl": 1_000_000.0,
}
_LINK = re.compile(r"(?i)\b(?:https?|ftp)://|\bwww\.|[a-z0-9-]+\.(?:com|net|org|fi|se|io|ru)\b")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Read:
    """Hold what a card comes to: what is kept of it, the faults by field, and why it is held, if it is."""

    told: Mapping[str, object]
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    held: str = ""


def number(given: object, least: int, most: int) -> int | None:
    """Read a small whole number; None where it is none."""
    try:
        found = int(str(given))
    except ValueError:
        return None
    return found if least <= found <= most else None


def identity(given: object) -> UUID | None:
    """Read the id that a telephone has made; None where it is none."""
    try:
        return UUID(str(given))
    except ValueError:
        return None


def moment(given: object) -> datetime | None:
    """Read a telephone's time; None where it makes no sense."""
    try:
        found = datetime.fromisoformat(str(given))
    except ValueError:
        return None
    return found if found.tzinfo else None


def read(raw: Mapping[str, Any], language: Language, regions: Regions) -> Read:
    """Check a card: what, by whom and where must be told; an amount must be one."""
    told: dict[str, object] = {name: str(raw.get(name) or "")[:FIELD_MAX] for name in FIELDS}
    told["named"] = raw.get("named") is True
    checked = _checked(told, language)
    faults = dict(checked.faults)
    if checked.value is not None and _large(checked.value, str(told["unit"])):
        told["sure"] = raw.get("sure") is True
        if not told["sure"]:
            faults["quantity"] = (_refuse(LARGE_ASKED),)
    company = clean(str(told["company"]), COMPANY_MAX)
    if company.faults and company.value is None:
        faults["company"] = company.faults
    elif not company.value:
        faults["company"] = (_refuse("company_missing"),)
    numbered = business_id.parse(str(told["business_id"]))
    if numbered.faults:
        faults["business_id"] = numbered.faults
    place = regions.by_name(str(told["place"]))
    if place.code is None:
        faults["place"] = (_refuse("place_meant" if place.suggestions else "place_unknown", place.suggestions),)
    refused = {name: found for name, found in faults.items() if _refuses(found)}
    made = {**told, "company": company.value, "business_id": numbered.value, "place": place.code}
    return Read(made, refused, "" if refused else held(str(told["title"])))


def _large(made: model.Resource, unit: str) -> bool:
    least = LARGE.get(unit or str(made.unit), float("inf"))
    return (made.quantity_high or 0.0) >= least or (made.tonnes_high or 0.0) >= LARGE["t"]


def _checked(told: Mapping[str, object], language: Language) -> Checked[model.Resource]:
    known = {
        "direction": told["direction"] if told["direction"] in {*Direction} else Direction.HAVE,
        "type": told["type"] if told["type"] in {*ResourceType} else ResourceType.MATERIAL,
        "continuity": told["continuity"] if told["continuity"] in {*Continuity} else Continuity.CONTINUOUS,
    }
    return rules.resource.check({**told, **known, "language": language})


def resource(told: Mapping[str, object], language: Language) -> model.Resource:
    """Give the resource that a card's words come to; raise StoreProblem where the rules have changed since."""
    made = _checked(told, language).value
    if made is None:
        raise StoreProblem("store.not_found")
    return made


def held(title: str) -> str:
    """Tell why a card waits for the facilitator: the end of a text id; empty: it doesn't."""
    if len(title) > TITLE_MAX:
        return "long"
    if _LINK.search(title):
        return "link"
    return "" if _WORD.search(title) else "wordless"


def _refuse(rule: str, alternatives: tuple[str, ...] = ()) -> Fault:
    return Fault(rule=f"workshop_fault.{rule}", severity=Severity.REJECTED, alternatives=alternatives)


def _refuses(faults: tuple[Fault, ...]) -> bool:
    return any(fault.severity is Severity.REJECTED for fault in faults)
