"""How soon the wall shows what a room enters: everybody sends through the real form, the screens read their streams."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import httpx
from sqlalchemy import Engine

from benchmarks import Figure, percentile
from benchmarks.dashboard import Server, served
from config import secrecy
from config.settings import Settings
from dashboard.live import keys, rehearsal
from dashboard.live.rehearsal import Result, Room
from data import cluster, store
from data.queries import events as queries
from data.store import events, practice
from data.store.events import Plan
from data.viewer import Role, Viewer, viewing

REGION = "17"
SERVER = Viewer("server", Role.NATIONAL)
SILENCE_S = 30.0  # a screen is told that the server is there more often than that
AFTER_S = 15.0  # for the last cards to arrive
SMALL_ROOM, AT_MOST_S, AT_MOST_LARGE_S = 60, 2.0, 3.0


@dataclass
class Seen:
    """Hold when each screen had which frame: seconds on the monotonic clock, and the frame's number."""

    frames: list[tuple[float, int]] = field(default_factory=list)
    bytes: int = 0


def measure(people: int, screens: int, minutes: float) -> Sequence[Figure]:
    """Run a workshop against an app of its own, with demo data."""
    with served(1) as server:
        chosen = Settings(home=_home(server), database_url=None)
        with cluster.running(chosen) as url, viewing(SERVER):
            engine = store.engine(url)
            event_id, given = _begun(engine, secrecy.cookie_secret(chosen))
            room = Room(f"http://{server.address}", given["code"], REGION, people, minutes * 60)
            before_mb = server.memory_mb
            result, seen = asyncio.run(_run(room, given["screen"], screens))
            figures = _figures(engine, event_id, result, seen, people)
            figures.append(Figure("workshop: memory grown", server.memory_mb - before_mb, "MB"))
            practice.erase(engine, event_id)
            engine.dispose()
    return figures


def _home(server: Server) -> Path:
    return Path(server.process.environ()["SYNERGIA_HOME"])


def _begun(engine: Engine, secret: str) -> tuple[int, dict[str, str]]:
    """Begin a practice workshop under the key of the app that is measured."""
    event_id = events.begin(engine, "server", Plan(name="Workshop", region=REGION, practice=True, tables=30))
    given = {"code": keys.code(secret, event_id, 1), "screen": keys.token(secret, event_id, 1)}
    code, screen = (keys.digest(secret, what, one) for what, one in given.items())
    events.give_out(engine, "server", event_id, (code, screen), datetime.now(UTC) + timedelta(days=1))
    return event_id, given


async def _run(room: Room, token: str, screens: int) -> tuple[Result, list[Seen]]:
    seen = [Seen() for _ in range(screens)]
    watching = [asyncio.create_task(_watch(room.address, token, one)) for one in seen]
    result = await rehearsal.run(room)
    await asyncio.sleep(AFTER_S)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return result, seen


async def _watch(address: str, token: str, seen: Seen) -> None:
    async with (
        httpx.AsyncClient(timeout=SILENCE_S, trust_env=False) as client,
        client.stream("GET", f"{address}/screen/events?t={token}") as answer,
    ):
        async for line in answer.aiter_lines():
            if line.startswith('data: {"seq"'):
                seen.frames.append((monotonic(), json.loads(line.removeprefix("data: "))["seq"]))
                seen.bytes += len(line)


def _figures(engine: Engine, event_id: int, result: Result, seen: Sequence[Seen], people: int) -> list[Figure]:
    cards = {str(card["id"]): card for card in queries.cards(engine, event_id)}
    late = [
        max(0.0, _visible(one, int(cards[card]["seq"])) - at)
        for card, at in result.acknowledged.items()
        if card in cards and cards[card]["seq"] is not None
        for one in seen
    ]
    doubled = Counter(card["resource_id"] for card in cards.values() if card["resource_id"] is not None)
    lost = sum(one not in cards or cards[one]["status"] != "shown" for one in result.acknowledged)
    frames = sum(len(one.frames) for one in seen)
    bound = AT_MOST_S if people <= SMALL_ROOM else AT_MOST_LARGE_S
    name = f"workshop: {people} people, {len(seen)} screens"
    return [
        Figure(f"{name}: entry to wall, p95", percentile(late, 0.95), "s", bound),
        Figure(f"{name}: entry to wall, median", percentile(late, 0.5), "s"),
        Figure(f"{name}: answer to the telephone, p95", percentile(result.answered_s, 0.95), "s"),
        Figure(f"{name}: cards", len(result.acknowledged), ""),
        Figure(f"{name}: lost", lost, "", 0),
        Figure(f"{name}: doubled", sum(count - 1 for count in doubled.values()), "", 0),
        Figure(f"{name}: bytes a frame", sum(one.bytes for one in seen) / max(1, frames), "B"),
    ]


def _visible(seen: Seen, number: int) -> float:
    """Give the time of the first frame that holds a line; infinity where none came."""
    return next((at for at, frame in seen.frames if frame >= number), float("inf"))
