import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import streamlit as st
from sqlalchemy import Engine

from data.store import events
from data.store.events import Card, Plan
from data.viewer import Role, Viewer, viewing

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def event(engine: Engine) -> int:
    """Begin a workshop that was held elsewhere, with one card."""
    st.cache_data.clear()
    st.cache_resource.clear()
    with viewing(Viewer("Maija", Role.NATIONAL)):
        event_id = events.begin(engine, "Maija", Plan(name="Kainuun paja", region="18", practice=True))
        told = {"title": "Lasimurskaa", "direction": "have", "type": "material", "company": "Lasi Oy", "place": "205"}
        rest = dict.fromkeys(("quantity", "unit", "continuity", "ewc_code"), "")
        card = Card(id=uuid4(), table=2, told={**told, **rest, "business_id": None, "named": False}, status="held")
        events.receive(engine, event_id, card)
    return event_id


@pytest.mark.usefixtures("home")
def test_a_rehearsal_without_a_server_is_refused(run: Run) -> None:
    """The sentence names the address that did not answer."""
    status, _, said = run("workshop", "simulate", "--url", "http://127.0.0.1:9")
    assert status == 1
    assert "http://127.0.0.1:9" in said


@pytest.mark.usefixtures("home")
def test_a_workshop_goes_into_a_file_and_comes_back(run: Run, event: int, tmp_path: Path) -> None:
    """Into the same store it is the same cards, so that none is new; a practice can be erased."""
    file = tmp_path / "paja.json"
    assert run("workshop", "export", event, file)[0] == 0
    assert [card["told"]["title"] for card in json.loads(file.read_text())["cards"]] == ["Lasimurskaa"]
    status, out, _ = run("--json", "workshop", "merge", file)
    assert (status, json.loads(out)["new"]) == (0, 0)
    assert run("workshop", "erase", event)[0] == 0
    assert run("workshop", "export", event, file)[0] == 1


@pytest.mark.usefixtures("home")
def test_what_is_no_workshop_is_refused(run: Run, tmp_path: Path) -> None:
    """Nothing is saved."""
    file = tmp_path / "muu.json"
    assert run("workshop", "merge", file)[0] == 1
    file.write_text("[]")
    assert run("workshop", "merge", file)[0] == 1
