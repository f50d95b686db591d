"""What a telephone is answered: sentences for faults, what became of a card, its partners, words as one types; pure."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from config.texts import Language, catalogue, text
from dashboard import amounts, wording
from dashboard.forms import fields
from dashboard.live import telling
from dashboard.live.board import Board
from dashboard.live.intake import LARGE_ASKED
from data.importers.faults import Fault
from data.importers.text import fold
from data.viewer import Role, Viewer
from geo import freight, regions
from matching import concepts

SERVER = Viewer("server", Role.NATIONAL)
WORDS = "workshop_phone."
PARTNERS_MAX = 3
WORDS_MAX = 6


def parsed(sent: bytes) -> Mapping[str, Any] | None:
    """Read what was sent; None where it is not what the form sends."""
    try:
        body = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def words(language: Language) -> dict[str, str]:
    """Give the texts that the form's own script shows."""
    return {key.removeprefix(WORDS): forms[language] for key, forms in catalogue().items() if key.startswith(WORDS)}


def faults(found: Mapping[str, Sequence[Fault]], typed: Mapping[str, Any], language: Language) -> dict[str, object]:
    """Give a sentence for each field, and the ways to mend it that can be chosen."""
    return {
        name: {
            "sentence": _sentence(one[0], name, typed, language),
            "choices": [choice for choice in (one[0].suggestion, *one[0].alternatives) if choice],
            "sure": one[0].rule == f"workshop_fault.{LARGE_ASKED}",
        }
        for name, one in found.items()
    }


def _sentence(fault: Fault, name: str, typed: Mapping[str, Any], language: Language) -> str:
    value = str(typed.get(name) or "")[:60]
    if not fault.rule.startswith("workshop_fault."):
        return fields.sentence(fault, value, language)
    flow = typed.get("continuity") != "one_off"
    amount = f"{value} {amounts.unit(str(typed.get('unit') or ''), language, flow=flow)}".strip()
    return text(fault.rule, language, value=value, amount=amount)


def card(card: Mapping[str, Any], board: Board, language: Language) -> dict[str, object]:
    """Tell what has become of a card, with its best partners in the order of their score."""
    number = card["seq"]
    own = board.matches_of(number) if number else []
    best = sorted(own, key=lambda match: -match["score"])[:PARTNERS_MAX]
    cross = sum(bool(match["cross"]) for match in best)
    summary = "workshop_entry.partners_none"
    if best:
        summary = "workshop_entry.partners_cross" if cross else "workshop_entry.partners"
    return {
        "status": card["status"],
        "worked": card["worked"],
        "sentence": text(summary, language, count=wording.counted(len(best), "suggestion", language), cross=cross),
        "held": text(f"workshop_held.{card['remark']}", language) if card["status"] == "held" else "",
        "partners": [_partner(match, number, language) for match in best],
    }


def _partner(match: Mapping[str, Any], number: int, language: Language) -> dict[str, object]:
    offered = match["have"]["card"] == number
    other = match["want"] if offered else match["have"]
    place = regions.load().municipalities[other["place"]]
    region = regions.load().regions[place.region]
    direction = text("direction.want" if offered else "direction.have", language)
    return {
        "match": match["n"],
        "name": other["name"] if other["named"] and other["name"] else text("workshop_entry.unnamed", language),
        "place": f"{place.name(language)}, {region.name(language)}",
        "what": f"{direction}: {other['title']}",
        "km": wording.km(match["km"], language, match["method"]),
        "cost": _cost(match, language),
        "score": round(float(match["score"]), 2),
        "cross": match["cross"],
        "at": telling.spot(other["place"]),
    }


def _cost(match: Mapping[str, Any], language: Language) -> str:
    if match["km"] is None or match["minutes"] is None:
        return ""
    euros = float(freight.eur_per_tonne(match["km"], match["minutes"]))
    about = f"≈{wording.SPACE}" if match["method"] == "estimate" else ""
    return f"{about}{wording.euros(euros, language, '/t', 0 if about else 1)}"


def table(board: Board, number: int | None, language: Language) -> str:
    """Tell what a table has brought so far."""
    own = {key for key, card in board.cards.items() if card["table"] == number}
    found = {match["n"] for key in own for match in board.matches_of(key)}
    return text(
        "workshop_entry.table_told",
        language,
        resources=wording.counted(len(own), "resource", language),
        suggestions=wording.counted(len(found), "suggestion", language),
    )


def materials(like: str, language: Language) -> list[str]:
    """List the names of materials that begin like what is typed, or hold it."""
    asked = fold(like[:60])
    if len(asked) < 2:  # noqa: PLR2004 - one letter begins too many
        return []
    names = _names(language)
    begun = [name for folded, name in names if folded.startswith(asked)]
    held = [name for folded, name in names if asked in folded and not folded.startswith(asked)]
    return [*begun, *held][:WORDS_MAX]


@cache
def _names(language: Language) -> list[tuple[str, str]]:
    known = (one for one in concepts.load().concepts.values() if not one.stop and one.kind != "property")
    return sorted((fold(one.name(language)), wording.capital(one.name(language))) for one in known)
