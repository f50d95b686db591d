"""How many telephones are there: those that gave a sign of life lately, at this process and at those beside it.

Each process counts its own and tells the others over the database's notices; nothing of it is stored.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from uuid import UUID, uuid4

from sqlalchemy import Engine, text

from config.errors import SynergiaError
from data import live, store
from data.live import Notice

HERE_S = 45.0  # a telephone gives a sign every twenty seconds
TELL_S = 5.0
KIND = "phones"


class Phones:
    """Count the telephones of each event; `clock` gives seconds that only go forward."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = monotonic) -> None:
        self._engine, self._clock = engine, clock
        self._process = uuid4().hex
        self._seen: dict[int, dict[UUID, float]] = {}
        self._others: dict[tuple[int, str], tuple[int, float]] = {}
        self._told: dict[int, float] = {}
        self._lock = Lock()

    def sign(self, event_id: int, phone: UUID) -> None:
        """Note a sign of life, and tell the other processes now and then."""
        now = self._clock()
        with self._lock:
            self._seen.setdefault(event_id, {})[phone] = now
            self._seen[event_id] = {key: at for key, at in self._seen[event_id].items() if at > now - HERE_S}
            count, due = len(self._seen[event_id]), now - self._told.get(event_id, -TELL_S) >= TELL_S
            if due:
                self._told[event_id] = now
        if due:
            self._tell(f"{KIND} {event_id} {self._process} {count}")

    def hear(self, notice: Notice) -> None:
        """Take note of what another process has counted."""
        process, _, count = notice.rest.partition(" ")
        if notice.event_id is not None and process != self._process and count.isdecimal():
            with self._lock:
                self._others[notice.event_id, process] = (int(count), self._clock())

    def count(self, event_id: int) -> int:
        """Count the telephones of an event that are there now."""
        old = self._clock() - HERE_S
        with self._lock:
            own = sum(at > old for at in self._seen.get(event_id, {}).values())
            beside = (told for (event, _), told in self._others.items() if event == event_id)
            return own + sum(count for count, at in beside if at > old)

    def _tell(self, payload: str) -> None:
        told = {"channel": live.CHANNEL, "told": payload}
        try:
            with store.connection(self._engine, "server") as connection:
                connection.execute(text("SELECT pg_notify(:channel, :told)"), told)
        except SynergiaError:  # the store is away: the next sign tells
            return
