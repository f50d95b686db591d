"""Turns of pages: one at a time, and nobody is held up for good."""

from threading import Event, Thread

from dashboard import turns


def test_a_page_that_breaks_gives_its_turn_back() -> None:
    """The next page would wait for a turn that nobody has any more."""
    try:
        with turns.taken():
            raise ValueError
    except ValueError:
        pass
    assert turns._turn.acquire(blocking=False)
    turns._turn.release()


def test_a_page_that_takes_long_does_not_stop_the_others() -> None:
    """Whoever has waited long enough goes on, and leaves the turn to whom it belongs."""
    end = Event()

    def slow() -> None:
        with turns.taken():
            end.wait(timeout=30)

    page = Thread(target=slow)
    page.start()
    try:
        while not turns._turn.locked():
            pass
        with turns.taken():
            assert turns._turn.locked()
        assert turns._turn.locked()
    finally:
        end.set()
        page.join()
    assert not turns._turn.locked()
