"""The real app on a store of its own, for journeys that fill it themselves or take its database away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from config.settings import ROOT
from tests.journeys import signing_in

LONG_MS = 90_000  # a slow machine that also draws the map without a graphics card


def environment(home: Path) -> dict[str, str]:
    """Give the environment in which a command works on the store of a home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SYNERGIA_")}
    return kept | {"SYNERGIA_HOME": str(home), "SYNERGIA_LOG_LEVEL": "warning"}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Run the app without demo data until it answers, and give its address."""
    port = signing_in.free_port()
    command = [sys.executable, "synergia.py", "serve", "--no-demo", "--port", str(port)]
    log = ROOT / "build" / "own_app.log"
    log.parent.mkdir(exist_ok=True)
    with (
        log.open("a") as written,
        subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=written, stderr=written) as process,  # noqa: S603 - ours
    ):
        try:
            signing_in.wait_for(f"http://127.0.0.1:{port}/readyz")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def command(home: Path, *words: str) -> None:
    """Run a command on the store of a home, as its user does beside the app."""
    subprocess.run(  # noqa: S603 - ours
        [sys.executable, "synergia.py", *words], cwd=ROOT, env=environment(home), check=True, capture_output=True
    )


def settled(page: Page) -> None:
    """Wait until the run of the page has ended and nothing on it is about to be replaced."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=LONG_MS)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=LONG_MS)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=LONG_MS)
