"""Lay a workshop out as a file, with a sum over what must not be lost on the way, and read such a file; pure."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from config.errors import ImportProblem
from dashboard.live import intake
from dashboard.live.board import Board
from data.store.events import TABLES_MAX

FORM = "synergiakartta workshop 2"
KEPT = ("name", "region_code", "place", "language", "tables", "goals", "invited", "practice", "facilitator")
TIMES = ("starts_at", "ends_at", "opened_at", "closed_at")
MATCH = ("score", "km", "minutes", "method", "tonnes", "reasons")
STEP = ("stage", "owner", "next_step", "next_step_on")
SUMMED = ("event", "cards", "matches", "interests")
FILE_MAX_BYTES = 40_000_000
Told = Mapping[str, Any]


def packed(
    event: Told, cards: Sequence[Told], board: Board, steps: Mapping[int, Told], store: str
) -> dict[str, object]:
    """Lay out an event, its cards, the matches between them with what was agreed, and what tables liked."""
    ids = {card["seq"]: str(card["id"]) for card in cards if card["seq"] is not None}
    told: dict[str, object] = {
        "form": FORM,
        "origin": f"{store}/{event['id']}",
        "event": {name: event[name] for name in KEPT} | {name: _plain(event[name]) for name in TIMES},
        "cards": [_card(card) for card in cards if card["kind"] == "resource"],
        "matches": [
            _match(match, ids, steps.get(int(match["synergy"]), {}))
            for match in board.live_matches()
            if all(match[side]["card"] is not None for side in ("have", "want"))
        ],
        "interests": [_interest(card, board, ids) for card in cards if card["kind"] == "interest"],
    }
    return {**told, "sum": checksum(told)}


def _card(card: Told) -> dict[str, object]:
    plain = {name: card[name] for name in ("told", "status", "remark")}
    return {"id": str(card["id"]), "table": card["table_number"], **plain, **_times(card)}


def _times(card: Told) -> dict[str, object]:
    return {name: _plain(card[name]) for name in ("told_at", "received_at")}


def _match(match: Told, ids: Mapping[int, str], step: Told) -> dict[str, object]:
    agreed = {name: _plain(step.get(name)) for name in STEP}
    return {"sides": _sides(match, ids), **{name: match[name] for name in MATCH}, **agreed}


def _interest(card: Told, board: Board, ids: Mapping[int, str]) -> dict[str, object]:
    """Name a match by its two sides; one that came from elsewhere and is not on the board brought them along."""
    match = board.matches.get(int(card["told"].get("match") or 0))
    told = {"id": str(card["id"]), "table": card["table_number"], "yes": bool(card["told"].get("yes"))}
    return {**told, **_times(card), "sides": _sides(match, ids) if match else card["told"].get("sides", [])}


def _sides(match: Told, ids: Mapping[int, str]) -> list[dict[str, object]]:
    """Name a side by its card, or by what the screen said of it where it was no card's."""
    return [
        {"card": ids.get(match[side]["card"]), "title": match[side]["title"], "place": match[side]["place"]}
        for side in ("have", "want")
    ]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def checksum(told: Told, names: Sequence[str] = SUMMED) -> str:
    """Give the sum by which two stores, or a file and a store, can be seen to hold the same of some parts."""
    written = json.dumps({name: told[name] for name in names}, sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def parsed(data: bytes, name: str) -> Told:
    """Read a workshop's file; raise ImportProblem, which says what is wrong with it and what to do."""
    if len(data) > FILE_MAX_BYTES:
        raise ImportProblem("workshop_carry.too_large", file=name, megabytes=FILE_MAX_BYTES // 1_000_000)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ImportProblem("workshop_carry.unreadable", file=name) from error
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise ImportProblem("workshop_carry.no_workshop", file=name)
    check(told)
    return told


def check(told: Told) -> None:
    """Refuse a file that was changed after it was written, or whose cards are not as the program writes them."""
    try:
        same = checksum(told) == told["sum"]
        faulty = [number for number, one in enumerate(told["cards"], 1) if not _sound(one)]
        faulty += [number for number, one in enumerate(told["interests"], 1) if not _identified(one)]
    except (KeyError, TypeError, AttributeError) as error:
        raise ImportProblem("workshop_carry.changed") from error
    if not same:
        raise ImportProblem("workshop_carry.changed")
    if faulty:
        raise ImportProblem("workshop_carry.faulty_card", number=faulty[0])


def _identified(one: Told) -> bool:
    return intake.identity(one["id"]) is not None and intake.number(one["table"], 1, TABLES_MAX) is not None


def _sound(card: Told) -> bool:
    told = card["told"]
    known = all(isinstance(told.get(name), str) for name in ("title", "direction", "type", "company", "place"))
    return _identified(card) and known and bool(told["title"] and told["company"])


def held_on(told: Told) -> datetime | None:
    """Tell when the workshop of a file was held."""
    return intake.moment(told["event"]["opened_at"])
