"""A room with telephones: a line that can be cut, a workshop that has begun, and cards that are filled in."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import Page, ViewportSize

PHONE = ViewportSize(width=390, height=844)
# A telephone whose clock is wrong by a day.
YESTERDAY = """
const Right = Date;
Date = class extends Right {
  constructor(...told) { told.length ? super(...told) : super(Right.now() - 864e5); }
  static now() { return Right.now() - 864e5; }
};
"""


class Line:
    """Pass bytes on between telephones and the app, until it is cut; a cut line answers nobody."""

    def __init__(self, app: str) -> None:
        self._to = (urlsplit(app).hostname or "", urlsplit(app).port or 0)
        self._open: set[socket.socket] = set()
        self._door: socket.socket | None = None
        self.port = 0
        self.mend()

    @property
    def address(self) -> str:
        """Give the address at which telephones reach the app over this line."""
        return f"http://localhost:{self.port}"

    def mend(self) -> None:
        """Let telephones through again, at the same port."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._listen, args=(self._door,), daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and let no new one through."""
        if self._door is not None:
            with suppress(OSError):
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _listen(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = door.accept()
                there = socket.create_connection(self._to)
                self._open |= {here, there}
                for ends in ((here, there), (there, here)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    @staticmethod
    def _pass(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def line(app: str) -> Iterator[Line]:
    """Open a line to the app for as long as the block lasts."""
    opened = Line(app)
    yield opened
    opened.cut()


def begin(page: Page, app: str, name: str, invited: str = "") -> str:
    """Begin a workshop on the facilitator's page, and give its code."""
    page.goto(f"{app}/workshop?lang=fi")
    page.get_by_label("Nimi", exact=True).fill(name)
    if invited:
        page.get_by_role("textbox", name="Kutsutut yritykset").fill(invited)
    page.get_by_role("button", name="Aloita työpaja").click()
    return page.locator(".code strong").inner_text().replace(" ", "")


def enter(page: Page, title: str, direction: str = "have", company: str = "Kuitu Oy", place: str = "Kemi") -> None:
    """Fill in a card and send it."""
    page.locator(f"input[name=direction][value={direction}]").check(force=True)
    page.fill("#title", title)
    page.fill("#quantity", "1200")
    page.select_option("#unit", "t")
    page.fill("#company", company)
    page.fill("#place", place)
    page.locator("button.primary").click()
