"""Everything that comes over the wire to a browser: bodies of answers, frames of connections, and files taken."""

import contextlib
import io
import struct
import zipfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Response, WebSocket, expect

SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
WAIT_MS = 60_000
SAME_FOR_ALL = {"script", "stylesheet", "font"}  # files of the program itself, megabytes of them at every address
LOOK_MS = 200
# In one go, for a menu may shut at any moment; also where a question lies before the button.
REACH = """
([at, press]) => {
  const button = document.querySelectorAll("[data-testid=stDownloadButton] button")[at];
  if (button) {
    if (press) button.click();
    return !button.disabled;
  }
  const menus = [...document.querySelectorAll("[data-testid=stPopover] button")];
  const menu = menus.find((one) => one.innerText.includes("Lataa"));
  if (menu && menu.getAttribute("aria-expanded") !== "true") menu.click();
  return null;
}
"""


class Wire:
    """Listen to all windows of a context, and keep what came under the address that was asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.said: dict[str, list[bytes]] = {}
        self.files = 0
        self.frames = 0
        self._at = ""
        self._answers: list[Response] = []
        context.on("response", lambda answer: self._answers.append(answer))  # noqa: PLW0108 - Playwright takes no builtin
        context.on("page", lambda page: page.on("websocket", self._listen))

    def _listen(self, opened: WebSocket) -> None:
        opened.on("framereceived", self._framed)

    def _framed(self, told: bytes | str) -> None:
        self.frames += 1
        self.keep(told if isinstance(told, bytes) else told.encode())

    def keep(self, told: bytes) -> None:
        """Keep what came, and what is packed in it."""
        self.said.setdefault(self._at, []).append(told)
        if told.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(told)) as packed:
                self.said[self._at].extend(packed.read(name) for name in packed.namelist())

    def visit(self, page: Page, url: str) -> None:
        """Open an address, wait until its page has settled, and take every file that it offers."""
        self._at = url
        page.goto(url)
        expect(page.locator("h1, [data-testid=stAlert]").first).to_be_visible(timeout=WAIT_MS)
        expect(page.locator(SETTLED)).to_be_attached(timeout=WAIT_MS)
        self.collect()

    def take_files(self, page: Page) -> None:
        """Press every button of a download, those of the menu too."""
        for at in range(_offered(page)):
            if _reach(page, at, press=False):
                with page.expect_download(timeout=WAIT_MS) as taking:
                    _reach(page, at, press=True)
                self.keep(Path(taking.value.path()).read_bytes())
                self.files += 1
        self.collect()

    def ask(self, context: BrowserContext, url: str) -> int:
        """Ask for an address by hand with the same cookies, and give the status."""
        self._at = url
        answer = context.request.get(url)
        self.keep(answer.body())
        return answer.status

    def collect(self) -> None:
        """Read the bodies of the answers that came since."""
        answers, self._answers[:] = list(self._answers), []
        for one in answers:
            if one.request.resource_type in SAME_FOR_ALL:
                continue
            with contextlib.suppress(Error):  # of a redirect, or gone with its window
                self.keep(one.body())

    def finds(self, wanted: str) -> set[str]:
        """Tell at which addresses a text, or a figure in any form, came over the wire."""
        forms = [wanted.encode(), wanted.encode("utf-16-le")]
        with contextlib.suppress(ValueError):
            forms = [wanted.encode(), struct.pack("<d", float(wanted))]
        return {at for at, told in self.said.items() if any(form in one for one in told for form in forms)}


def _offered(page: Page) -> int:
    """Open the menu of a page's files, and count them."""
    menu = page.get_by_role("button", name="Lataa", exact=True)
    if menu.count():
        menu.first.evaluate("button => button.click()")
        expect(page.get_by_test_id("stPopoverBody")).to_be_attached(timeout=WAIT_MS)
        expect(page.locator(SETTLED)).to_be_attached(timeout=WAIT_MS)
    return page.get_by_test_id("stDownloadButton").count()


def _reach(page: Page, at: int, *, press: bool) -> bool:
    """Tell whether a file can be taken, and press its button; some menus shut at every press and are opened again."""
    while (found := page.evaluate(REACH, [at, press])) is None:
        page.wait_for_timeout(LOOK_MS)
    return bool(found)
