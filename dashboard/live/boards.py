"""The boards of a process: each event's lines are read once and folded once, whoever asks for what stands on its wall.

Telephones, screens and the worker ask for it many times a second. To read a long workshop anew each time would cost
more with each card, in the database, in this process and in its memory.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from sys import intern
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Engine

from dashboard.live.board import Board
from data.queries import events as queries
from data.store import events
from data.viewer import viewing

IDLE_S = 900.0  # a board that nobody has asked for so long is forgotten


class Lean:
    """Keep of lines what walls and telephones show, each word and each side of a match once.

    A full room brings three matches a card, each with its reasons and with both resources told anew: with two hours of
    them a process would grow by hundreds of megabytes. Who asks for reasons reads the lines themselves.
    """

    def __init__(self) -> None:
        self._sides: dict[object, Mapping[str, object]] = {}

    def line(self, line: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give a line as it is kept."""
        told = _shared_words(line["told"])
        told.pop("reasons", None)
        if line["kind"] == "match":
            told |= {name: self._side(told[name]) for name in ("have", "want")}
        return {**line, "told": told}

    def _side(self, told: Mapping[str, object]) -> Mapping[str, object]:
        lean = _shared_words(told)
        if self._sides.get(lean["key"]) != lean:
            self._sides[lean["key"]] = lean
        return self._sides[lean["key"]]


def _shared_words(told: Mapping[str, Any]) -> dict[str, Any]:
    return {intern(name): intern(value) if isinstance(value, str) else value for name, value in told.items()}


@dataclass
class _Held:
    """Hold one board; `lock` is held by whoever reads it, since lines that come change it in place."""

    board: Board = field(default_factory=Board)
    lean: Lean = field(default_factory=Lean)
    lock: Lock = field(default_factory=Lock)
    used_at: float = field(default_factory=monotonic)
    read_at: float = 0.0


class Boards:
    """Keep the boards of events up to date; lines are read in a screen's eyes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: dict[int, _Held] = {}

    @contextmanager
    def reading(self, event_id: int, at_most_s: float = 0.0) -> Iterator[Board]:
        """Give an event's board to this thread alone until the block ends.

        It holds all that had come `at_most_s` ago: whoever asks again and again need not read the store each time.
        """
        held = self._held.setdefault(event_id, _Held())
        held.used_at = monotonic()
        with held.lock:
            if monotonic() - held.read_at > at_most_s:
                held.read_at = monotonic()
                with viewing(events.screen(event_id)):
                    lines = queries.lines(self._engine, event_id, held.board.seq)
                held.board.take_all(map(held.lean.line, lines))
            yield held.board

    def forget(self, idle_s: float = IDLE_S) -> None:
        """Let go of boards that nobody has asked for in a while."""
        old = monotonic() - idle_s
        self._held = {key: held for key, held in self._held.items() if held.used_at > old}

    def __len__(self) -> int:
        """Count the boards that are held."""
        return len(self._held)
