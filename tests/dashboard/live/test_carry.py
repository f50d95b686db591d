import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from config.errors import ImportProblem
from dashboard.live import carry
from data.queries import events as queries
from data.store import events, practice
from data.store.events import Card
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room, identity


def elsewhere(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give a workshop's file as another store would have written it: other ids, another origin."""
    written = json.dumps(told)
    for card in [*told["cards"], *told["interests"]]:
        written = written.replace(card["id"], str(uuid4()))
    return {**json.loads(written), "origin": f"elsewhere/{uuid4()}"}


def count(room: Room) -> list[int]:
    """Count the rows that a card brings, and those of the history."""
    with room.engine.connect() as connection:
        asked = "SELECT (SELECT count(*) FROM organisation), (SELECT count(*) FROM site), (SELECT count(*) FROM change)"
        return list(connection.execute(text(asked)).one())


def test_a_workshop_held_elsewhere_is_merged_once(room: Room) -> None:
    """Nothing is lost, and the second time changes nothing."""
    room.card(str(identity(room.send("Puutuhkaa lannoitteeksi", quantity="1200", unit="t"))))
    want = {"direction": "want", "company": "Lannoite Oy", "place": "Oulu"}
    partners = room.card(str(identity(room.send("Puutuhkaa lannoitteisiin", **want))))["partners"]
    room.send("🙂🙂🙂")
    liked = {"id": str(uuid4()), "table": 4, "match": partners[0]["match"], "yes": True}
    room.ask("POST", "/entry/interest", json=liked)
    with viewing(MAIJA):
        told = elsewhere(carry.pack(room.engine, room.event_id))
        first = carry.merge(room.engine, told)
        again = carry.merge(room.engine, told)
        cards = queries.cards(room.engine, first["event"])
    assert (first["cards"], first["new"], first["interests"]) == (3, 3, 1)
    assert (again["new"], again["interests"], again["event"]) == (0, 0, first["event"])
    assert sorted(card["status"] for card in cards if card["kind"] == "resource") == ["held", "shown", "shown"]


@pytest.mark.parametrize("told", [{}, {"form": "something else"}])
def test_another_file_is_refused(room: Room, told: dict[str, str]) -> None:
    """With a sentence, before anything is written."""
    with viewing(MAIJA), pytest.raises(ImportProblem, match="no_workshop"):
        carry.merge(room.engine, told)


def test_a_card_that_another_process_took_reaches_this_ones_screens(room: Room) -> None:
    """The database tells every process; so nothing that was acknowledged waits for the one that died."""
    told = {"title": "Lasimurskaa", "direction": "have", "type": "material", "company": "Lasi Oy", "place": "564"}
    rest = dict.fromkeys(("quantity", "unit", "continuity", "ewc_code"), "")
    card = Card(id=uuid4(), table=2, told={**told, **rest, "business_id": None, "named": False})
    with viewing(events.entry(room.event_id, 2)):
        events.receive(room.engine, room.event_id, card)
    assert room.frame(lambda one: one["cards"])["cards"][0]["title"] == "Lasimurskaa"


def test_a_practice_leaves_nothing_behind(room: Room) -> None:
    """And what was held in earnest is not erased by mistake."""
    before = count(room)
    with room.engine.begin() as connection:
        connection.execute(text("UPDATE workshop SET practice = true WHERE event_id = :id"), {"id": room.event_id})
    room.card(str(identity(room.send("Puutuhkaa", company="Harjoitus Oy"))))
    with viewing(MAIJA):
        assert practice.erase(room.engine, room.event_id)["organisation"] == 1
    assert count(room) == before


def test_files_of_the_screen_are_served_with_the_program() -> None:
    """Nothing that a screen or a telephone loads comes from elsewhere."""
    for name in ("entry.js", "screen.js", "map.js", "entry.css", "screen.css"):
        written = (Path("static/live") / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in written
