"""Carry a workshop that was held without a network into the main store: every card once, however often it is merged."""

from collections.abc import Mapping
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from config.errors import ImportProblem
from dashboard.live import intake
from dashboard.live.board import Board
from dashboard.live.working import Worker
from data.queries import events as queries
from data.queries import matching
from data.store import events
from data.store.events import Card, Plan

FORM = "synergiakartta workshop 1"
KEPT = ("name", "region_code", "place", "language", "tables", "goals", "invited")
SETTLED = ("held", "hidden", "merged", "refused")
PATIENCE_S, LOOK_S = 300.0, 0.1
Told = Mapping[str, Any]


def pack(engine: Engine, event_id: int) -> dict[str, object]:
    """Give a workshop with all that its tables sent in, as it goes into a file."""
    event = queries.workshop(engine, event_id)
    if event is None:
        raise ImportProblem("workshop_carry.no_event", event=event_id)
    board = Board().take_all(queries.lines(engine, event_id))
    cards = queries.cards(engine, event_id)
    ids = {card["seq"]: str(card["id"]) for card in cards if card["seq"] is not None}
    return {
        "form": FORM,
        "origin": f"{matching.identity(engine)}/{event_id}",
        "event": {name: event[name] for name in KEPT} | {"practice": event["practice"]},
        "cards": [_packed(card) for card in cards if card["kind"] == "resource"],
        "interests": [
            found for card in cards if card["kind"] == "interest" if (found := _interest(card, board, ids)) is not None
        ],
    }


def _packed(card: Told) -> dict[str, object]:
    times = {name: card[name].isoformat() if card[name] else None for name in ("told_at", "received_at")}
    plain = {name: card[name] for name in ("told", "status", "remark")}
    return {"id": str(card["id"]), "table": card["table_number"], **plain, **times}


def _interest(card: Told, board: Board, ids: Mapping[int, str]) -> dict[str, object] | None:
    """Name a match by its two cards; one with a resource of the store goes by the card that the table sent."""
    match = board.matches.get(int(card["told"].get("match") or 0))
    if match is None:
        return None
    sides = [ids.get(match[side]["card"]) for side in ("have", "want")]
    return {"id": str(card["id"]), "table": card["table_number"], "sides": sides, "yes": bool(card["told"].get("yes"))}


def merge(engine: Engine, told: Told) -> dict[str, int]:
    """Take a workshop's file in, and work its cards through; count cards, those that were new, and interests."""
    if told.get("form") != FORM:
        raise ImportProblem("workshop_carry.no_workshop")
    event_id = _event(engine, told)
    new = sum(_received(engine, event_id, card) for card in told["cards"])
    finish(engine, event_id)
    kept = sum(_noted(engine, event_id, one) for one in told["interests"])
    finish(engine, event_id)
    events.set_status(engine, "server", event_id, "closed")
    return {"event": event_id, "cards": len(told["cards"]), "new": new, "interests": kept}


def finish(engine: Engine, event_id: int) -> None:
    """Work until all cards are done with, also those that a server beside has taken."""
    worker = Worker(engine)
    end = monotonic() + PATIENCE_S
    while not all(card["worked"] for card in queries.cards(engine, event_id)) and monotonic() < end:
        worker.work()
        sleep(LOOK_S)


def _event(engine: Engine, told: Told) -> int:
    for one in queries.workshops(engine):
        if one["board"].get("origin") == told["origin"]:
            return int(one["id"])
    kept = told["event"]
    plan = Plan(
        name=kept["name"],
        region=kept["region_code"],
        place=kept["place"],
        language=kept["language"],
        tables=kept["tables"],
        goals=kept["goals"],
        invited=tuple(kept["invited"]),
        practice=kept["practice"],
    )
    event_id = events.begin(engine, "server", plan)
    events.steer(engine, "server", event_id, {"origin": told["origin"]})
    return event_id


def _received(engine: Engine, event_id: int, card: Told) -> bool:
    status = card["status"] if card["status"] in SETTLED else "waiting"
    return events.receive(
        engine,
        event_id,
        Card(
            id=UUID(card["id"]),
            table=int(card["table"]),
            told=card["told"],
            status=status,
            remark=card["remark"],
            told_at=intake.moment(card["told_at"]),
        ),
    )


def _noted(engine: Engine, event_id: int, one: Told) -> bool:
    """Note an interest in the match between the same cards, where the main store finds it, too."""
    numbers = {str(card["id"]): card["seq"] for card in queries.cards(engine, event_id)}
    wanted = [numbers.get(side) for side in one["sides"]]
    board = Board().take_all(queries.lines(engine, event_id))
    for match in board.live_matches():
        sides = [match[side]["card"] for side in ("have", "want")]
        if all(want in {None, side} for want, side in zip(wanted, sides, strict=True)) and any(wanted):
            told = {"match": match["n"], "yes": one["yes"]}
            card = Card(id=UUID(one["id"]), table=int(one["table"]), told=told, kind="interest")
            return events.receive(engine, event_id, card)
    return False
