"""A workshop that was held on a laptop and is merged into the main store: two databases, by the commands."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, make_url, text

from commands import door
from config.errors import ImportProblem
from dashboard.live import carry, packing
from data import store
from data.queries import events as queries
from data.store import pipeline, wall
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room, forget, identity

COUNTED = ("event", "organisation", "site", "resource", "synergy", "workshop_card", "workshop_line", "change")
WANT = {"direction": "want", "company": "Lannoite Oy", "place": "Oulu", "quantity": "5000", "unit": "t"}
Merge = Callable[[Path], int]


@pytest.fixture(scope="module")
def main_url(cluster_url: str, template: str) -> Iterator[str]:
    """Give the address of the main store: another database, with nothing in it."""
    own = make_url(cluster_url).set(database="postgres", drivername="postgresql")
    with psycopg.connect(own.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE main_store TEMPLATE {template}")
        yield make_url(cluster_url).set(database="main_store").render_as_string(hide_password=False)
        store.engine.cache_clear()
        connection.execute("DROP DATABASE main_store WITH (FORCE)")


@pytest.fixture
def main_store(main_url: str) -> Iterator[Engine]:
    """Open the main store."""
    opened = store.engine(main_url)
    yield opened
    opened.dispose()


@pytest.fixture
def merge(main_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Merge]:
    """Give a function that merges a file into the main store as whoever comes home does, and tells the exit status."""
    address = make_url(main_url).set(host="localhost").render_as_string(hide_password=False)
    with monkeypatch.context() as patched:
        patched.setenv("SYNERGIA_DATABASE_URL", address)
        forget()
        yield lambda file: door.run(["workshop", "merge", str(file)])
    forget()


def held(room: Room, *, step: bool = True) -> Mapping[str, Any]:
    """Hold a workshop: matches, one liked and taken further, a joke that waits, a card that was taken down, a pause."""
    have = identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))
    room.card(str(have))
    partners = room.card(str(identity(room.send("Puutuhkaa lannoitteisiin", **WANT))))["partners"]
    liked = {"id": str(uuid4()), "table": 4, "match": partners[0]["match"], "yes": True}
    assert room.ask("POST", "/entry/interest", json=liked).status_code == 200
    room.send("🙂🙂🙂")
    gone = identity(room.send("Vanha rullakko"))
    room.card(str(gone))
    room.until(lambda: stages(room), lambda found: found == ["discussing"])
    with viewing(MAIJA):
        wall.take_down(room.engine, "Maija", room.event_id, gone)
        synergy = queries.taken_up(room.engine, room.event_id)[0]
        row = pipeline.Row(synergy["id"], synergy["version"])
        if step:
            pipeline.change(room.engine, "Maija", row, {"next_step": "Näyte laboratorioon", "stage": "assessing"})
        return carry.pack(room.engine, room.event_id)


def stages(room: Room) -> list[str]:
    """List the stages of what was taken up."""
    with viewing(MAIJA):
        return [str(one["stage"]) for one in queries.taken_up(room.engine, room.event_id)]


def counts(engine: Engine) -> dict[str, int]:
    """Count the rows of every table that a workshop writes to."""
    with engine.connect() as connection:
        return {
            name: int(connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0)  # noqa: S608 - own names
            for name in COUNTED
        }


def written(told: Mapping[str, Any], folder: Path) -> Path:
    """Write a workshop's file."""
    file = folder / "paja.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return file


def test_nothing_is_lost_or_doubled_between_two_stores(
    room: Room, main_store: Engine, merge: Merge, tmp_path: Path
) -> None:
    """Cards and answers have the same checksum in both stores; a second time writes no row, not even of history."""
    told = held(room)
    before = counts(main_store)
    file = written(told, tmp_path)
    assert merge(file) == 0
    after = counts(main_store)
    assert merge(file) == 0
    assert counts(main_store) == after
    assert {name: after[name] - before[name] for name in ("event", "organisation", "resource", "workshop_card")} == {
        "event": 1,
        "organisation": 2,
        "resource": 2,
        "workshop_card": 5,
    }
    with viewing(MAIJA):
        event_id = carry.known(main_store, told)
        assert event_id is not None
        home = carry.pack(main_store, event_id)
        synergy = queries.taken_up(main_store, event_id)[0]
    parts = ("cards", "interests")
    assert packing.checksum(home, parts) == packing.checksum(told, parts)
    assert home["event"]["opened_at"] == told["event"]["opened_at"]  # type: ignore[index]
    assert (synergy["stage"], synergy["next_step"], synergy["owner"]) == ("assessing", "Näyte laboratorioon", "Maija")
    came = {card["id"]: card["received_at"] for card in told["cards"]}
    with viewing(MAIJA):
        shown = {line["seq"]: line["at"] for line in queries.lines(main_store, event_id) if line["kind"] == "card"}
        cards = {str(card["id"]): card["seq"] for card in queries.cards(main_store, event_id)}
        event = queries.workshop(main_store, event_id)
    assert event is not None
    assert event["given_out"], "the screen opens, to go through the day again"
    for card, number in cards.items():
        if number is not None:
            assert shown[number].isoformat() == came[card], "a card stands where it stood in the room's own time"


def test_nobody_s_ideas_are_not_the_program_s(room: Room, main_store: Engine, merge: Merge, tmp_path: Path) -> None:
    """Where the laptop's facilitator gave no name, what a table liked has no owner at home either."""
    with room.engine.begin() as connection:
        connection.execute(text("UPDATE workshop SET facilitator = '' WHERE event_id = :id"), {"id": room.event_id})
    told = held(room, step=False)
    assert merge(written(told, tmp_path)) == 0
    with viewing(MAIJA):
        event_id = carry.known(main_store, told)
        assert event_id is not None
        assert [one["owner"] for one in queries.taken_up(main_store, event_id)] == [None]


def test_a_later_file_of_the_same_workshop_adds_what_came_since(
    room: Room, main_store: Engine, merge: Merge, tmp_path: Path
) -> None:
    """One card more is one card more; and a match that the room saw stays, though nothing here would find it."""
    room.card(str(identity(room.send("Lasimurskaa", company="Lasi Oy"))))
    with viewing(MAIJA):
        first = carry.pack(room.engine, room.event_id)
    assert merge(written(first, tmp_path)) == 0
    room.card(str(identity(room.send("Vuokrataan varastotilaa", type="storage", direction="want", company="Halli Oy"))))
    with viewing(MAIJA):
        told = dict(carry.pack(room.engine, room.event_id))
    sides = [{"card": card["id"], "title": card["told"]["title"], "place": "240"} for card in told["cards"]]
    nothing = dict.fromkeys(("km", "minutes", "tonnes", *packing.STEP))
    told["matches"] = [{"sides": sides, "score": 0.5, "method": "none", "reasons": [], **nothing}]
    told["sum"] = packing.checksum(told)
    before = counts(main_store)
    for _ in range(2):
        assert merge(written(told, tmp_path)) == 0
    after = counts(main_store)
    assert [after[name] - before[name] for name in ("event", "workshop_card", "resource", "synergy")] == [0, 1, 1, 1]


def test_a_file_goes_back_into_its_own_store_without_a_second_event(room: Room) -> None:
    """It is the same workshop."""
    room.card(str(identity(room.send("Kumirouhetta"))))
    with viewing(MAIJA):
        told = carry.pack(room.engine, room.event_id)
        assert carry.merge(room.engine, told)["event"] == room.event_id


@pytest.mark.parametrize("change", ["table", "id", "told", "sum"])
def test_a_file_that_was_changed_is_refused_whole(room: Room, change: str) -> None:
    """By its sum, before anything is written."""
    identity(room.send("Kumirouhetta"))
    with viewing(MAIJA):
        told = json.loads(json.dumps(carry.pack(room.engine, room.event_id)))
        if change == "sum":
            told["sum"] = "0"
        else:
            told["cards"][0][change] = {"table": 7, "id": "x", "told": {}}[change]
        with pytest.raises(ImportProblem, match="changed"):
            packing.parsed(json.dumps(told).encode(), "paja.json")
        told["sum"] = packing.checksum(told)
        if change in {"id", "told"}:
            with pytest.raises(ImportProblem, match=r"faulty_card|changed"):
                packing.parsed(json.dumps(told).encode(), "paja.json")


def test_what_is_no_workshop_is_refused() -> None:
    """Also bytes that are no text at all."""
    for data in (b"\x00\xff", b"[]", b"{}", b'{"form": "else"}', b"[" * 100_000):
        with pytest.raises(ImportProblem, match=r"unreadable|no_workshop"):
            packing.parsed(data, "paja.json")
