"""The real app on a free port with demo data, and a real Chromium that opens it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import browser as drawing
from config.settings import ROOT

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It draws as where it is measured, and asks nothing of its own accord.
FLAGS = [
    *drawing.FLAGS,
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card
WINDOW = {"width": 1440, "height": 900}
SCREENSHOTS = ROOT / "build" / "screenshots"


@pytest.fixture(scope="session")
def served_app(served_home: Path) -> Iterator[str]:
    """Give the URL of the real app, started as a user starts it, on a free port and with demo data."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYNERGIA_")}
    environment |= {"SYNERGIA_HOME": str(served_home), "SYNERGIA_LOG_LEVEL": "warning"}
    command = [sys.executable, "synergia.py", "serve", "--port", "0", "--lang", "en"]
    log = ROOT / "build" / "served_app.log"
    log.parent.mkdir(exist_ok=True)
    with (
        log.open("w") as written,
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as app,  # noqa: S603 - ours
    ):
        yield _address(app, log)
        app.terminate()
        written.write(app.communicate(timeout=30)[1])


def _address(app: subprocess.Popen[str], log: Path) -> str:
    """Wait until the app says where it is open."""
    said = []
    for line in app.stderr or ():
        said.append(line)
        if found := re.search(r"http://localhost:\d+", line):
            return found.group()
    log.write_text("".join(said))
    pytest.fail("the app did not start:\n" + "".join(said))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open a Chromium without a window."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a fresh window of 1440x900 of a Finnish user."""
    context = browser.new_context(viewport=WINDOW, locale="fi-FI", timezone_id="Europe/Helsinki")
    context.set_default_timeout(LONG_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def screenshot(page: Page) -> Callable[[str], Path]:
    """Give a function that keeps what the page shows under a name in build/screenshots."""

    def keep(name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return keep
