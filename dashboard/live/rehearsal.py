"""People at tables who enter cards through the real form's own addresses, to rehearse a workshop and to measure it."""

import asyncio
import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx

from config.settings import ROOT
from geo import regions

SAMPLES = ROOT / "data" / "demo" / "workshop.toml"
EVERY_S = 20.0
LOST_S = 10.0
AGAIN_MAX = 60
TYPED = 3  # so often the form asks for words while one types what it is
FIRST_S, AGAIN_S, LOOKS_MAX = 0.2, 1.0, 60  # when the form looks what has become of a card; entry.js has the same
WAIT_S = 8  # so long the server may put its answer off


@dataclass(frozen=True)
class Room:
    """Say where a workshop is served, what opens it, and who comes."""

    address: str
    code: str
    region: str
    people: int = 60
    seconds: float = 300.0
    every_s: float = EVERY_S
    seed: int = 1


@dataclass
class Result:
    """Hold when each card was acknowledged (seconds on the monotonic clock), and what was refused or failed."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    answered_s: list[float] = field(default_factory=list)
    told_s: list[float] = field(default_factory=list)  # until the telephone knows what has become of its card,
    untold: int = 0  # and how often it never came to know before its owner entered the next
    failed: int = 0


async def run(room: Room) -> Result:
    """Let everybody enter a card about every twenty seconds until the time is over; a card that fails is sent again."""
    result = Result()
    limits = httpx.Limits(max_connections=room.people, max_keepalive_connections=room.people)
    async with httpx.AsyncClient(base_url=room.address, limits=limits, timeout=LOST_S, trust_env=False) as client:
        end = monotonic() + room.seconds
        await asyncio.gather(*(_person(client, room, number, end, result) for number in range(room.people)))
    return result


async def _person(client: httpx.AsyncClient, room: Room, number: int, end: float, result: Result) -> None:
    drawn = random.Random(room.seed * 1_000 + number)  # noqa: S311 - a rehearsal, the same each time
    await asyncio.sleep(drawn.uniform(0, room.every_s))
    while monotonic() < end:
        card = made(drawn, room.region, number)
        await _typed(client, room, card)
        sent = await _sent(client, room, card, result)
        for _ in range(AGAIN_MAX):
            if sent or monotonic() > end:
                break
            await asyncio.sleep(1)
            sent = await _sent(client, room, card, result)
        next_at = monotonic() + drawn.uniform(0.5, 1.5) * room.every_s
        await _followed(client, room, card, next_at, result)
        await asyncio.sleep(max(0.0, next_at - monotonic()))


async def _typed(client: httpx.AsyncClient, room: Room, card: Mapping[str, Any]) -> None:
    """Ask what the form asks while somebody fills it in: what the table has brought, and words that begin alike."""
    asked = [{"table": card["table"]}, *({"like": str(card["title"])[: 2 + 2 * turn]} for turn in range(TYPED))]
    for values in asked:
        await _asked(client, room, "/entry/sign", values)


async def _followed(
    client: httpx.AsyncClient, room: Room, card: Mapping[str, Any], until: float, result: Result
) -> None:
    """Look what has become of a card until its partners have been looked for, as the form does."""
    began = monotonic()
    for turn in range(LOOKS_MAX):
        await asyncio.sleep(AGAIN_S if turn else FIRST_S)
        if monotonic() > until:
            break
        told = await _asked(client, room, f"/entry/cards/{card['id']}", {"wait": WAIT_S})
        if told.get("worked"):
            result.told_s.append(monotonic() - began)
            return
    result.told_s.append(monotonic() - began)  # left out, it would make the figure better than it is
    result.untold += 1


async def _asked(client: httpx.AsyncClient, room: Room, path: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask by the join code; nothing where the server is away, and the form looks again later."""
    try:
        answer = await client.get(path, params=dict(values), headers={"X-Join-Code": room.code})
    except httpx.HTTPError:
        return {}
    told: Mapping[str, Any] = answer.json() if answer.is_success else {}
    return told


async def _sent(client: httpx.AsyncClient, room: Room, card: Mapping[str, Any], result: Result) -> bool:
    began = monotonic()
    try:
        answer = await client.post("/entry/cards", json=card, headers={"X-Join-Code": room.code})
    except httpx.HTTPError:
        result.failed += 1
        return False
    if not answer.is_success:
        result.failed += 1
        return False
    result.acknowledged[str(card["id"])] = monotonic()
    result.answered_s.append(monotonic() - began)
    return True


def made(drawn: random.Random, region: str, person: int) -> dict[str, object]:
    """Draw a card; most of the room comes from the event's own region."""
    pair = drawn.choice(_samples()["pair"])
    direction = drawn.choice(("have", "want"))
    own = regions.load().in_region(region)
    place = drawn.choice(own if own and drawn.random() < 0.7 else [*regions.load().municipalities.values()])  # noqa: PLR2004 - most
    company = f"{_samples()['companies'][person % len(_samples()['companies'])]} {person + 1} Oy"
    return {
        "id": str(uuid4()),
        "table": person // 8 + 1,
        "direction": direction,
        "type": pair["type"],
        "title": pair[direction],
        "quantity": str(drawn.choice((5, 20, 80, 300, 1200))) if pair["unit"] else "",
        "unit": pair["unit"],
        "continuity": "continuous",
        "company": company,
        "place": place.fi,
        "named": drawn.random() < 0.3,  # noqa: PLR2004 - few allow it
    }


@cache
def _samples() -> Mapping[str, Any]:
    return tomllib.loads(SAMPLES.read_text(encoding="utf-8"))
