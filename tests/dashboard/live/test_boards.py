from sqlalchemy import event

from dashboard.live.board import Board
from dashboard.live.boards import Boards
from data.queries import events as queries
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room, identity


def filled(room: Room) -> None:
    """Enter two cards that answer each other, and one that nobody answers."""
    room.card(str(identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))))
    want = {"direction": "want", "company": "Lannoite Oy", "place": "Oulu"}
    room.card(str(identity(room.send("Puutuhkaa lannoitteisiin", **want))))
    room.card(str(identity(room.send("Lasimurskaa", company="Lasi Oy"))))


def test_a_board_holds_what_all_lines_come_to(room: Room) -> None:
    """Read piece by piece it is the same as read at once."""
    boards = Boards(room.engine)
    with boards.reading(room.event_id) as board:
        assert not board.cards
    filled(room)
    with viewing(MAIJA):
        whole = Board().take_all(queries.lines(room.engine, room.event_id))
    with boards.reading(room.event_id) as board:
        assert board.seq == whole.seq
        assert board.totals() == whole.totals()
        assert board.live_matches()


def test_a_line_is_read_from_the_store_once(room: Room) -> None:
    """However often somebody asks: only what came since is read."""
    filled(room)
    boards = Boards(room.engine)
    after: list[int] = []

    @event.listens_for(room.engine, "before_cursor_execute")
    def note(*asked: object) -> None:
        if "FROM workshop_line" in str(asked[2]):
            after.append(asked[3]["after"])  # type: ignore[index]

    for _ in range(3):
        with boards.reading(room.event_id) as board:
            seq = board.seq
    event.remove(room.engine, "before_cursor_execute", note)
    assert after == [0, seq, seq]


def test_the_matches_of_a_card_are_found_without_all_others(room: Room) -> None:
    """And none of a card that was taken down."""
    filled(room)
    with Boards(room.engine).reading(room.event_id) as board:
        (match,) = board.live_matches()
        have, want = match["have"]["card"], match["want"]["card"]
        assert board.matches_of(have) == board.matches_of(want) == [match]
        alone = next(number for number in board.cards if number not in {have, want})
        assert board.matches_of(alone) == []
        board.take({"seq": board.seq + 1, "at": "2026-01-01T00:00:00+00:00", "kind": "hide", "told": {"of": want}})
        assert board.matches_of(have) == []


def test_a_board_that_nobody_asks_for_is_forgotten(room: Room) -> None:
    """So that a server that runs for months holds no old workshops."""
    boards = Boards(room.engine)
    with boards.reading(room.event_id):
        pass
    boards.forget()
    assert len(boards) == 1
    boards.forget(idle_s=-1)
    assert len(boards) == 0


def test_two_hours_of_a_room_don_t_fill_the_memory(room: Room) -> None:
    """A resource that stands in many matches is held once, and reasons are left to those who ask for them."""
    room.card(str(identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))))
    for company, place in (("Lannoite Oy", "Oulu"), ("Rakeistus Oy", "Raahe")):
        want = {"direction": "want", "company": company, "place": place}
        room.card(str(identity(room.send("Puutuhkaa lannoitteisiin", **want))))
    with Boards(room.engine).reading(room.event_id) as board:
        first, second = board.live_matches()
    assert first["have"] is second["have"]
    assert "reasons" not in first
