"""A workshop that runs behind a real server on a free port, on this module's database."""

import json
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
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
from starlette.applications import Starlette

from config import settings
from dashboard import live
from dashboard.live import gate, service
from data.store import events
from data.store.events import Plan
from data.viewer import Role, Viewer, viewing

PATIENCE_S = 30.0
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


@pytest.fixture(scope="module")
def served(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the workshop's routes behind a real server."""
    home = tmp_path_factory.mktemp("home")
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SYNERGIA_DATABASE_URL", url)
        patched.setenv("SYNERGIA_HOME", str(Path(home)))
        forget()

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            async with service.running(settings.load()):
                yield

        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=live.routes(), lifespan=lifespan), port=0, log_level="error")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        Room.until(lambda: server.started and server.servers[0].sockets, bool)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        server.force_exit = True
        thread.join(timeout=10)
    forget()


@pytest.fixture
def room(served: str, engine: Engine) -> Room:
    """Begin a workshop in Pohjois-Pohjanmaa."""
    with viewing(MAIJA):
        event_id = events.begin(engine, "Maija", Plan(name="Oulun paja", region="17"))
        until = datetime.now(UTC) + timedelta(hours=1)
        events.give_out(engine, "Maija", event_id, gate.hashes(event_id, 1), until)
    given = gate.given_out(event_id, 1)
    return Room(served, engine, event_id, given["code"], given["screen"])


def identity(answer: httpx.Response) -> UUID:
    """Give the id of a card that was taken."""
    assert answer.status_code == 200, answer.text
    return UUID(answer.json()["id"])
