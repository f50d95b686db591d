import json
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy import text

from data.store import events, practice
from data.store.events import Card
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room, identity


def count(room: Room) -> list[int]:
    """Count the rows that a card brings, and those of the history."""
    with room.engine.connect() as connection:
        asked = "SELECT (SELECT count(*) FROM organisation), (SELECT count(*) FROM site), (SELECT count(*) FROM change)"
        return list(connection.execute(text(asked)).one())


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
    for name in ("entry.js", "keeper.js", "screen.js", "map.js", "entry.css", "screen.css"):
        written = (Path("static/live") / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in written


def test_the_worker_of_the_form_rules_the_form_alone(room: Room) -> None:
    """It may keep the form's page and its files, each of which is there, and has a version that follows from them."""
    answer = httpx.get(f"{room.address}/entry/keeper.js", timeout=30)
    assert answer.headers["service-worker-allowed"] == "/entry"
    kept = json.loads(answer.text.partition("const KEPT = ")[2].partition(";")[0])
    assert len(kept["version"]) == 16
    for name in kept["files"]:
        if name.startswith("/app/static/"):
            assert Path(name.removeprefix("/app/")).is_file(), name
        else:
            assert httpx.get(f"{room.address}{name}", timeout=30).status_code == 200
    page = httpx.get(f"{room.address}/entry?t={room.code}", timeout=30)
    assert "worker-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
