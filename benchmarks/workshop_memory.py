"""Whether the server's memory stays flat over a long workshop: two hours of a full room, replayed at speed."""

import asyncio
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

import httpx

from benchmarks import Figure
from benchmarks.rooms import REGION, Given, Seen, Tell, practice, until, watch
from benchmarks.workshop import TELL_EVERY_S, warmed
from dashboard.live import rehearsal, waiting
from data.queries import events as queries

PEOPLE, SCREENS, SENDERS = 60, 10, 8
SIGN_S = 20.0  # so often each telephone shows that it is there
STEPS = 8  # measurements over the time
GROWN_MAX = 0.10  # of what the warm server has, in the second half
ENTRY_MAX_KB = 30.0  # what a resource with its matches takes on the wall and in the index of its event
MANY = 1_000  # entries; of fewer, what the allocator takes as a server warms up would be counted as theirs
QUIET_S = 3.0
LOOK_S, LOOKS_MAX = 0.3, 200


@dataclass
class Course:
    """Hold how many entries were in at which memory: after each eighth of the time."""

    entries: int
    signs: int  # of life between two entries
    done: int = 0
    memory_mb: list[float] = field(default_factory=list)


def measure(hours: float, every_s: float, tell: Tell) -> Sequence[Figure]:
    """Replay a full room's hours as fast as the app works them through, and look at its memory on the way."""
    course = Course(round(hours * 3600 * PEOPLE / every_s), max(1, round(every_s / SIGN_S)))
    with practice() as given:
        tell(f"{hours:g} hours of {PEOPLE} people are {course.entries} entries; the app warms up")
        began = monotonic()
        matches = asyncio.run(_run(given, course, tell))
        took_s = monotonic() - began
    middle, last, first = course.memory_mb[len(course.memory_mb) // 2], course.memory_mb[-1], course.memory_mb[0]
    name = f"workshop: {hours:g} h of {PEOPLE} people"
    bound = ENTRY_MAX_KB if course.entries >= MANY else None
    return [
        Figure(f"{name}: memory grown in the second half", 100 * (last - middle) / first, "%", 100 * GROWN_MAX),
        Figure(f"{name}: memory when warm", first, "MB"),
        Figure(f"{name}: memory at half time", middle, "MB"),
        Figure(f"{name}: memory at the end", last, "MB"),
        Figure(f"{name}: memory an entry", 1000 * (last - first) / course.entries, "kB", bound),
        Figure(f"{name}: entries", course.entries, ""),
        Figure(f"{name}: matches", matches, ""),
        Figure(f"{name}: replayed in", took_s, "s"),
    ]


async def _run(given: Given, course: Course, tell: Tell) -> int:
    await warmed(given)
    seen = [Seen() for _ in range(SCREENS)]
    watching = [asyncio.create_task(watch(given, one)) for one in seen]
    telling = asyncio.create_task(_tell(given, course, tell))
    before = len(await asyncio.to_thread(queries.cards, given.engine, given.event_id))
    cards = _cards(course.entries)
    course.memory_mb.append(given.app.memory_mb)
    async with httpx.AsyncClient(base_url=given.app.address, timeout=30, trust_env=False) as client:
        for step in range(STEPS):
            until = round(course.entries * (step + 1) / STEPS)
            await asyncio.gather(*(_sender(client, given, course, cards, until) for _ in range(SENDERS)))
            await _caught_up(seen, before + course.done)
            course.memory_mb.append(given.app.memory_mb)
            watching.append(await _reopened(given, watching, seen))
    telling.cancel()
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, telling, return_exceptions=True)
    return max(one.matches for one in seen)  # the last has only just been opened


def _cards(entries: int) -> Iterator[Mapping[str, object]]:
    drawn = random.Random(9)  # noqa: S311 - the same each time
    return (rehearsal.made(drawn, REGION, number % PEOPLE) for number in range(entries))


async def _sender(
    client: httpx.AsyncClient, given: Given, course: Course, cards: Iterator[Mapping[str, object]], until: int
) -> None:
    """Enter cards, and ask for each what its telephone would ask."""
    ask = partial(_asked, client, {"X-Join-Code": given.code})
    while course.done < until and (card := next(cards, None)) is not None:
        course.done += 1
        for _ in range(course.signs):
            await ask("GET", "/entry/sign", params={"table": str(card["table"])})
        await ask("POST", "/entry/cards", json=card)
        for _ in range(LOOKS_MAX):
            if (await ask("GET", f"/entry/cards/{card['id']}", params={"wait": waiting.MOST_S})).json()["worked"]:
                break
            await asyncio.sleep(LOOK_S)


async def _asked(
    client: httpx.AsyncClient,
    headers: Mapping[str, str],
    method: str,
    path: str,
    **more: Any,  # noqa: ANN401 - of httpx
) -> httpx.Response:
    """Ask until there is an answer: a connection that ends is no fault of the memory."""
    while True:
        try:
            answer = await client.request(method, path, headers=headers, **more)
        except httpx.TransportError:
            await asyncio.sleep(LOOK_S)
            continue
        if answer.is_success:
            return answer
        await asyncio.sleep(LOOK_S)


async def _caught_up(seen: Sequence[Seen], cards: int) -> None:
    await until(lambda: all(one.resources >= cards for one in seen))
    await asyncio.sleep(QUIET_S)


async def _reopened(given: Given, watching: list[asyncio.Task[None]], seen: list[Seen]) -> asyncio.Task[None]:
    """Close the screen that has been open for longest, and open another."""
    watching.pop(0).cancel()
    seen.append(Seen(resources=seen[-1].resources))
    seen.pop(0)
    return asyncio.create_task(watch(given, seen[-1]))


async def _tell(given: Given, course: Course, tell: Tell) -> None:
    while True:
        await asyncio.sleep(TELL_EVERY_S)
        tell(f"{course.done}/{course.entries} entries: {given.app.memory_mb:.0f} MB")
