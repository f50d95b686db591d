"""Turns of pages: one at a time, and nobody is held up for good."""

from contextlib import suppress
from threading import Event, Thread
from time import sleep

from dashboard import turns


def test_a_page_that_breaks_gives_its_turn_back() -> None:
    """The next page would wait for a turn that nobody has any more."""
    with suppress(ValueError), turns.taken():
        int("no number")
    assert turns.TURN.acquire(blocking=False)
    turns.TURN.release()


def test_a_page_that_takes_long_does_not_stop_the_others() -> None:
    """Whoever has waited long enough goes on, and leaves the turn to whom it belongs."""
    end = Event()

    def slow() -> None:
        with turns.taken():
            end.wait(timeout=30)

    page = Thread(target=slow)
    page.start()
    try:
        while not turns.TURN.locked():
            sleep(0.01)
        with turns.taken():
            assert turns.TURN.locked()
        assert turns.TURN.locked()
    finally:
        end.set()
        page.join()
    assert not turns.TURN.locked()
