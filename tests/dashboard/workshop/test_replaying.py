from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.live.board import Board, until
from dashboard.workshop import replaying

BEGAN = datetime(2026, 11, 22, 12, tzinfo=UTC)


def line(seq: int, minute: int, kind: str = "card") -> dict[str, Any]:
    """Give a line of a workshop, as many minutes after it began."""
    told = {"table": 1, "resource": seq, "company": seq, "type": "material"}
    return {"seq": seq, "at": BEGAN + timedelta(minutes=minute), "kind": kind, "told": told}


def test_a_merged_workshop_goes_back_by_its_own_times() -> None:
    """Its lines came in another order and are as old as its cards: what was later there is not there yet."""
    lines = [line(1, 900, "begin"), line(2, 30), line(3, 10), line(4, 20)]
    assert [one["seq"] for one in replaying.moments(lines)] == [3, 4, 2]
    board = Board().take_all(until(lines, 4))
    assert sorted(board.cards) == [3, 4]
    assert sorted(Board().take_all(until(lines, 404)).cards) == [2, 3, 4]


def test_a_long_workshop_has_no_more_stops_than_anybody_looks_at() -> None:
    """The last is the end."""
    found = replaying.moments([line(number, number) for number in range(1, 1001)])
    assert 30 < len(found) <= replaying.MOMENTS_MAX
    assert found[-1]["seq"] == 1000


def test_what_came_in_one_second_is_one_stop() -> None:
    """With all that it brought."""
    assert [one["seq"] for one in replaying.moments([line(1, 1), line(2, 1), line(3, 2)])] == [2, 3]
