"""Telephones that wait for their card: each is answered when its partners are there, and need not ask over and over."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

MOST_S = 8  # so long an answer is put off; the form gives up after ten seconds


class Waiting:
    """Wake whoever waits for a card, in the server's own loop; what another process has done is heard as well."""

    def __init__(self) -> None:
        self._waits: dict[UUID, set[asyncio.Event]] = {}

    @contextmanager
    def beside(self, card: UUID) -> Iterator[asyncio.Event]:
        """Give an event that is set when the card is done with, also where that was while somebody looked at it."""
        woken = asyncio.Event()
        self._waits.setdefault(card, set()).add(woken)
        try:
            yield woken
        finally:
            self._waits[card].discard(woken)
            if not self._waits[card]:
                del self._waits[card]

    def hear(self, told: str) -> None:
        """Wake those who wait for the cards that a notice names."""
        for one in told.split(","):
            with suppress(ValueError):
                for woken in self._waits.get(UUID(one), ()):
                    woken.set()

    def __len__(self) -> int:
        """Count the cards that somebody waits for."""
        return len(self._waits)


async def over(woken: asyncio.Event, most_s: float) -> None:
    """Wait until an event is set, or the time is over."""
    with suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), most_s)
