"""A workshop that runs behind a real server on a free port, on this module's database."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import streamlit as st
import uvicorn
from sqlalchemy import Engine, make_url

from config import settings
from dashboard.live import door, gate
from data import model
from data.store import edit, events
from data.store.events import Plan
from data.viewer import Role, Viewer, viewing

PATIENCE_S = 30.0
SECRETS = ("Salainen Kaivos Oy", "Yksityinen Tehdas", "Piilokatu 7", "Oma Romu", "kahden kesken", "Vieras Varjo Oy")
POINT = ("427321", "7210987")  # of a site that is seen by few
MAIJA = Viewer("Maija", Role.NATIONAL)


@dataclass
class Room:
    """Hold a running workshop: how to send cards, and what its screen has been sent."""

    address: str
    engine: Engine
    event_id: int
    code: str
    token: str
    sent: list[str] = field(default_factory=list)

    def send(self, title: str, **told: Any) -> httpx.Response:  # noqa: ANN401 - what a form may send
        """Send a card as a telephone does."""
        card = {
            "id": str(uuid4()),
            "table": 4,
            "title": title,
            "direction": "have",
            "type": "material",
            "company": "Kuitu Oy",
            "place": "Kemi",
        }
        return self.ask("POST", "/entry/cards", json={**card, **told})

    def ask(self, method: str, path: str, code: str | None = None, **more: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
        """Ask by the join code, and keep what was answered."""
        headers = {"X-Join-Code": self.code if code is None else code}
        answer = httpx.request(method, f"{self.address}{path}", headers=headers, timeout=PATIENCE_S, **more)
        self.sent.append(answer.text)
        return answer

    def card(self, card_id: str) -> Mapping[str, Any]:
        """Wait until a card is worked through, and tell what has become of it."""
        told: Mapping[str, Any] = self.until(
            lambda: self.ask("GET", f"/entry/cards/{card_id}").json(), lambda one: one["worked"]
        )
        return told

    def frame(self, enough: Any = lambda _frame: True) -> Mapping[str, Any]:  # noqa: ANN401 - a condition
        """Read the screen's stream until a frame is as it should be."""
        address = f"{self.address}/screen/events?t={self.token}"
        end = time.monotonic() + PATIENCE_S
        with httpx.stream("GET", address, timeout=PATIENCE_S) as answer:
            for line in answer.iter_lines():
                self.sent.append(line)
                assert time.monotonic() < end, line
                if line.startswith("data: {") and len(line) > len("data: {}"):
                    told: Mapping[str, Any] = json.loads(line.removeprefix("data: "))
                    if enough(told):
                        return told
        pytest.fail("the stream ended")

    @staticmethod
    def until(ask: Any, enough: Any) -> Any:  # noqa: ANN401 - any answer
        """Ask until the answer is as it should be."""
        end = time.monotonic() + PATIENCE_S
        while not enough(told := ask()):
            assert time.monotonic() < end, told
            time.sleep(0.1)
        return told


def forget() -> None:
    """Forget what other modules' servers have read."""
    settings.load.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()
    gate.forget()


class Serving:
    """A real server of the workshop's routes on one port, which can go away and come back."""

    def __init__(self) -> None:
        self.port = 0
        self._end = ExitStack()

    @property
    def address(self) -> str:
        """Give where it is open."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to answer: the form, the screen and their files, as a room's own server has them."""
        server = uvicorn.Server(uvicorn.Config(door.app(settings.load()), port=self.port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        Room.until(lambda: server.started and server.servers[0].sockets, bool)
        self.port = server.servers[0].sockets[0].getsockname()[1]
        self._end.callback(thread.join, timeout=10)
        self._end.callback(setattr, server, "force_exit", True)  # noqa: FBT003 - of setattr
        self._end.callback(setattr, server, "should_exit", True)  # noqa: FBT003 - of setattr

    def stop(self) -> None:
        """Go away in the middle of everything."""
        self._end.close()


@contextmanager
def serving(database: str, home: Path) -> Iterator[Serving]:
    """Serve the workshop's routes on a database."""
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SYNERGIA_DATABASE_URL", url)
        patched.setenv("SYNERGIA_HOME", str(home))
        forget()
        server = Serving()
        server.start()
        yield server
        server.stop()
    forget()


def begun(address: str, engine: Engine) -> Room:
    """Begin a workshop in Pohjois-Pohjanmaa."""
    with viewing(MAIJA):
        event_id = events.begin(engine, "Maija", Plan(name="Oulun paja", region="17"))
        until = datetime.now(UTC) + timedelta(hours=1)
        events.give_out(engine, "Maija", event_id, gate.hashes(event_id, 1), until)
    given = gate.given_out(event_id, 1)
    return Room(address, engine, event_id, given["code"], given["screen"])


def plant(room: Room) -> None:
    """Add private things that would be excellent partners, and a public one without a name."""
    with viewing(MAIJA):
        for name, visibility in (("Salainen Kaivos Oy", "private"), ("Vieras Varjo Oy", "network")):
            owner = edit.add_organisation(room.engine, "Maija", model.Organisation(name=name))
            place = model.Site(
                name="Yksityinen Tehdas", easting_m=427_321.0, northing_m=7_210_987.0, address="Piilokatu 7"
            )
            site = edit.add_site(room.engine, "Maija", owner.id, place)
            for title, seen in (("Oma Romu puutuhkaa lannoitteisiin", visibility), ("Puutuhkaa pellolle", "public")):
                want = model.Resource(
                    direction=model.Direction.WANT,
                    type=model.ResourceType.MATERIAL,
                    title=title,
                    description="kahden kesken" if seen != "public" else "",
                    visibility=model.Visibility(seen),
                )
                edit.add_resource(room.engine, "Maija", site.id, want)


@pytest.fixture(scope="module")
def served(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the workshop's routes behind a real server."""
    with serving(database, tmp_path_factory.mktemp("home")) as server:
        yield server.address


@pytest.fixture
def room(served: str, engine: Engine) -> Room:
    """Give a workshop that has just begun."""
    return begun(served, engine)


def identity(answer: httpx.Response) -> UUID:
    """Give the id of a card that was taken."""
    assert answer.status_code == 200, answer.text
    return UUID(answer.json()["id"])
