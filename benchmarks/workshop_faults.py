"""What of ten thousand entries is there after connections broke, the app was killed and the database was killed."""

import asyncio
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from benchmarks import Figure
from benchmarks.rooms import REGION, Given, Seen, Tell, doubled, practice, until, watch
from benchmarks.workshop import TELL_EVERY_S, warmed
from dashboard.live import rehearsal
from data.queries import events as queries

SENDERS, SCREENS, PEOPLE = 16, 3, 60
BREAKS = 0.15  # of all sendings break off: before the request is whole, or before its answer is read
SOON_S = 0.05
AWAY_S = 0.5  # a telephone whose connection broke sends again after so long
ANSWER_S = 15.0
BACKLOG = 400  # cards that wait: who sends faster measures only how long a queue can get
QUIET_MAX_S = 1800.0
APP_AT, DATABASE_AT = 1 / 3, 2 / 3  # of the entries


@dataclass
class Sent:
    """Hold the cards that were acknowledged, and what went wrong on the way."""

    acknowledged: set[str] = field(default_factory=set)
    broken: int = 0
    unanswered: int = 0
    killed: list[str] = field(default_factory=list)


def measure(entries: int, tell: Tell) -> Sequence[Figure]:
    """Send entries as fast as they are worked through, kill one thing and then the other, and count."""
    with practice() as given:
        began = monotonic()
        tell(f"{entries} entries with broken connections; the app warms up")
        sent, seen = asyncio.run(_run(given, entries, tell))
        return _figures(given, sent, seen, monotonic() - began)


async def _run(given: Given, entries: int, tell: Tell) -> tuple[Sent, Sequence[Seen]]:
    await warmed(given)
    sent, seen = Sent(), [Seen() for _ in range(SCREENS)]
    watching = [asyncio.create_task(watch(given, one)) for one in seen]
    before = len(await asyncio.to_thread(queries.cards, given.engine, given.event_id))
    cards = _cards(entries)
    senders = [asyncio.create_task(_sender(given, number, cards, sent, seen[0], before)) for number in range(SENDERS)]
    kills = asyncio.create_task(_kills(given, entries, sent, tell))
    telling = asyncio.create_task(_tell(entries, sent, seen[0], tell))
    await asyncio.gather(*senders, kills)
    tell("all are sent; the last are worked through")
    await _worked(given, before + entries, seen)
    for task in (*watching, telling):
        task.cancel()
    await asyncio.gather(*watching, telling, return_exceptions=True)
    return sent, seen


def _cards(entries: int) -> Iterator[Mapping[str, object]]:
    drawn = random.Random(8)  # noqa: S311 - the same each time
    return (rehearsal.made(drawn, REGION, number % PEOPLE) for number in range(entries))


async def _sender(
    given: Given, number: int, cards: Iterator[Mapping[str, object]], sent: Sent, seen: Seen, before: int
) -> None:
    drawn = random.Random(number)  # noqa: S311 - the same each time
    for card in cards:
        while str(card["id"]) not in sent.acknowledged:
            if drawn.random() < BREAKS:
                sent.broken += await _broken(given, card, drawn)
                await asyncio.sleep(AWAY_S * drawn.random())
            elif await _answered(given, card):
                sent.acknowledged.add(str(card["id"]))
            else:
                sent.unanswered += 1
                await asyncio.sleep(AWAY_S)
        await until(lambda: len(sent.acknowledged) + before - seen.resources <= BACKLOG)


def _request(given: Given, card: Mapping[str, object]) -> bytes:
    body = json.dumps(card).encode()
    head = (
        f"POST /entry/cards HTTP/1.1\r\nHost: localhost:{given.app.port}\r\nX-Join-Code: {given.code}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


async def _broken(given: Given, card: Mapping[str, object], drawn: random.Random) -> int:
    """Break off somewhere: in the middle of the request, or any moment after it, without reading the answer."""
    with suppress(OSError):
        _, writer = await asyncio.open_connection("localhost", given.app.port)
        whole = _request(given, card)
        writer.write(whole if drawn.random() < 0.5 else whole[: drawn.randrange(len(whole))])  # noqa: PLR2004 - half
        await asyncio.sleep(drawn.random() * 0.05)
        writer.transport.abort()
    return 1


async def _answered(given: Given, card: Mapping[str, object]) -> bool:
    """Send a card and read the answer; whatever fails on the way, the telephone doesn't know and sends again."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(ANSWER_S):
            reader, writer = await asyncio.open_connection("localhost", given.app.port)
            writer.write(_request(given, card))
            answer = await reader.read()
            writer.close()
            return answer.startswith(b"HTTP/1.1 200") and b'"taken":true' in answer
    return False


async def _kills(given: Given, entries: int, sent: Sent, tell: Tell) -> None:
    """Kill the app when a third is in, and start it again; kill the database when two thirds are: the app mends it."""
    await until(lambda: len(sent.acknowledged) >= entries * APP_AT, SOON_S)
    tell(f"kill -9 of the app after {len(sent.acknowledged)} entries")
    await asyncio.to_thread(given.app.kill)
    await asyncio.to_thread(given.app.start)
    sent.killed.append("app")
    await until(lambda: len(sent.acknowledged) >= entries * DATABASE_AT, SOON_S)
    tell(f"kill -9 of the database after {len(sent.acknowledged)} entries")
    await asyncio.to_thread(given.app.kill_database)
    sent.killed.append("database")


async def _tell(entries: int, sent: Sent, seen: Seen, tell: Tell) -> None:
    while True:
        await asyncio.sleep(TELL_EVERY_S)
        tell(f"{len(sent.acknowledged)}/{entries} acknowledged, {seen.resources} on the wall, {sent.broken} broken off")


async def _worked(given: Given, cards: int, seen: Sequence[Seen]) -> None:
    """Wait until every card is on the wall with its partners looked for, and every screen has the last frame."""
    end = monotonic() + QUIET_MAX_S
    while monotonic() < end:
        await asyncio.sleep(2)
        known = await asyncio.to_thread(queries.cards, given.engine, given.event_id)
        done = sum(bool(card["worked"]) for card in known)
        if done >= cards and all(one.resources >= cards for one in seen):
            return


def _figures(given: Given, sent: Sent, seen: Sequence[Seen], took_s: float) -> list[Figure]:
    cards = {str(card["id"]): card for card in queries.cards(given.engine, given.event_id)}
    lost = sum(one not in cards or cards[one]["status"] != "shown" for one in sent.acknowledged)
    shown = sum(card["status"] == "shown" for card in cards.values())
    lines = queries.lines(given.engine, given.event_id)
    matches = sum(line["kind"] == "match" for line in lines)
    name = f"workshop: {len(sent.acknowledged)} entries"
    wrong = sum(one.resources != shown or one.matches != matches for one in seen)
    return [
        Figure(f"{name}: acknowledged ones lost", lost, "", 0),
        Figure(f"{name}: doubled (resources, points, matches)", doubled(given), "", 0),
        Figure(f"{name}: screens that don't end with all of them", wrong, "", 0),
        Figure(f"{name}: gaps in the lines' numbers", len(lines) - int(lines[-1]["seq"]), "", 0),
        Figure(f"{name}: kill -9 (app, database)", len(sent.killed), "", None, at_least=2),
        Figure(f"{name}: connections broken off", sent.broken, ""),
        Figure(f"{name}: sent again, since nobody answered", sent.unanswered, ""),
        Figure(f"{name}: matches", matches, ""),
        Figure(f"{name}: time until all stand", took_s, "s"),
    ]
