"""How soon the wall shows what a room enters: telephones do what the real form does, screens read their streams."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

import psutil

from benchmarks import Figure, percentile
from benchmarks.rooms import REGION, Given, Seen, Tell, doubled, practice, watch
from dashboard.live import rehearsal
from dashboard.live.rehearsal import Result, Room
from data.queries import events as queries

PARTNERS_AT_MOST_S = 5.0  # on the telephone
AFTER_S = 15.0  # for the last cards to arrive
SMALL_ROOM, AT_MOST_S, AT_MOST_LARGE_S = 60, 2.0, 3.0
WARM = 12  # cards before the clock starts: the first of a process load the index, the road table and their libraries
WARM_MAX_S = 180.0
TELL_EVERY_S = 15.0


@dataclass(frozen=True)
class Order:
    """Say how large a room is measured, and for how long."""

    people: int = 60
    screens: int = 10
    minutes: float = 2.0


def measure(order: Order, tell: Tell) -> Sequence[Figure]:
    """Run a workshop against an app of its own, with demo data."""
    with practice() as given:
        seen = [Seen() for _ in range(order.screens)]
        tell(f"{order.people} people, {order.screens} screens, {order.minutes:g} minutes; the app warms up")
        psutil.cpu_percent()
        memory_mb, result = asyncio.run(_run(given, order, seen, tell))
        figures = _figures(given, result, seen, order)
        name = f"workshop: {order.people} people, {order.screens} screens"
        grown = Figure(f"{name}: memory grown", given.app.memory_mb - memory_mb, "MB")
        return [*figures, grown, Figure(f"{name}: processors in use", psutil.cpu_percent(), "%")]


async def warmed(given: Given) -> None:
    """Enter cards until one's partners are found: what comes now is what a room that has begun feels."""
    room = Room(given.app.address, given.code, REGION, people=WARM, seconds=1.0, every_s=0.5, seed=7)
    await rehearsal.run(room)
    end = monotonic() + WARM_MAX_S
    while monotonic() < end:
        cards = await asyncio.to_thread(queries.cards, given.engine, given.event_id)
        if cards and all(card["worked"] for card in cards):
            return
        await asyncio.sleep(0.5)


async def _run(given: Given, order: Order, seen: Sequence[Seen], tell: Tell) -> tuple[float, Result]:
    await warmed(given)
    watching = [asyncio.create_task(watch(given, one)) for one in seen]
    telling = asyncio.create_task(_tell(given, order, seen[0], tell))
    memory_mb = given.app.memory_mb
    result = await rehearsal.run(Room(given.app.address, given.code, REGION, order.people, order.minutes * 60))
    await asyncio.sleep(AFTER_S)
    for task in (*watching, telling):
        task.cancel()
    await asyncio.gather(*watching, telling, return_exceptions=True)
    return memory_mb, result


async def _tell(given: Given, order: Order, seen: Seen, tell: Tell) -> None:
    began = monotonic()
    while True:
        await asyncio.sleep(TELL_EVERY_S)
        minutes = (monotonic() - began) / 60
        tell(f"{minutes:.1f}/{order.minutes:g} min: {seen.resources} cards on the wall, {given.app.memory_mb:.0f} MB")


def _figures(given: Given, result: Result, seen: Sequence[Seen], order: Order) -> list[Figure]:
    cards = {str(card["id"]): card for card in queries.cards(given.engine, given.event_id)}
    late = [
        max(0.0, one.visible(int(cards[card]["seq"])) - at)
        for card, at in result.acknowledged.items()
        if card in cards and cards[card]["seq"] is not None
        for one in seen
    ]
    lost = sum(one not in cards or cards[one]["status"] != "shown" for one in result.acknowledged)
    frames = sum(len(one.frames) for one in seen)
    bound = AT_MOST_S if order.people <= SMALL_ROOM else AT_MOST_LARGE_S
    name = f"workshop: {order.people} people, {len(seen)} screens"
    figures = [
        Figure(f"{name}: entry to wall, p95", percentile(late, 0.95), "s", bound),
        Figure(f"{name}: entry to wall, median", percentile(late, 0.5), "s"),
        Figure(f"{name}: answer to the telephone, p95", percentile(result.answered_s, 0.95), "s"),
        Figure(f"{name}: cards", len(result.acknowledged), ""),
        Figure(f"{name}: lost", lost, "", 0),
        Figure(f"{name}: doubled", doubled(given), "", 0),
        Figure(f"{name}: bytes a frame", sum(one.size_b for one in seen) / max(1, frames), "B"),
    ]
    with suppress(IndexError):  # nobody was told of partners
        told_s = percentile(result.told_s, 0.95)
        figures.insert(2, Figure(f"{name}: partners on the telephone, p95", told_s, "s", PARTNERS_AT_MOST_S))
        figures.insert(3, Figure(f"{name}: never told before the next entry", result.untold, ""))
    return figures
