"""A workshop on one laptop without the internet, and what becomes of it at home.

The laptop is a network of its own with nothing behind it: the loopback, and the address that its Wi-Fi would have.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from config.settings import ROOT
from tests.journeys import room
from tests.journeys.conftest import CHROMIUMS, FLAGS, LONG_MS, SCREENSHOTS
from tests.journeys.own_app import environment

pytestmark = pytest.mark.browser

WIFI = "192.168.77.1"
APP, DOOR = "http://localhost:8501", f"http://{WIFI}:8600"
UP = f'ip link set lo up && ip addr add {WIFI}/24 dev lo && exec "$@"'
PATIENCE_S = 120
WALL = ViewportSize(width=1920, height=1080)
DESK = ViewportSize(width=1440, height=900)


@dataclass
class Laptop:
    """Hold the laptop's browser, and every address that it asked for."""

    browser: Browser
    asked: set[str] = field(default_factory=set)

    def open(self, size: ViewportSize) -> Page:
        """Open a window, or a telephone, that reaches the laptop and nothing else."""
        context: BrowserContext = self.browser.new_context(viewport=size, locale="fi-FI", accept_downloads=True)
        context.set_default_timeout(LONG_MS)
        context.on("request", lambda request: self.asked.add(str(urlsplit(request.url).hostname)))
        return context.new_page()


def _alone() -> bool:
    """Tell whether this machine lets us make a network of its own."""
    if not all(map(shutil.which, ("unshare", "nsenter", "ip"))):
        return False
    return subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode == 0  # noqa: S607 - found above


@contextmanager
def _run(command: list[str], home: Path, log: Path, sign: str) -> Iterator[int]:
    """Run a command on the laptop until it says that it is open, and give its process."""
    told = {**environment(home), "SYNERGIA_WORKSHOP_URL": DOOR}
    with (
        log.open("w") as written,
        subprocess.Popen(command, cwd=ROOT, env=told, stdout=written, stderr=written) as process,  # noqa: S603 - ours
    ):
        try:
            end = time.monotonic() + PATIENCE_S
            while sign not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.2)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture
def laptop(browser: Browser, own_home: Path, tmp_path: Path) -> Iterator[Laptop]:
    """Start app and door on a laptop that reaches nobody, and a browser in its network."""
    if not _alone():
        pytest.skip("needs the right to make a network namespace")
    python = [sys.executable, "synergia.py"]
    serve = ["unshare", "-n", "sh", "-c", UP, "sh", *python, "serve", "--no-demo", "--port", "8501", "--lang", "fi"]
    with _run(serve, own_home, tmp_path / "app.log", "http://localhost:8501") as pid:
        inside = ["nsenter", f"--net=/proc/{pid}/ns/net"]
        door = [*inside, *python, "workshop", "door", "--port", "8600", "--lang", "fi"]
        assert subprocess.run([*inside, "curl", "-sm", "2", "http://1.1.1.1"], check=False).returncode  # noqa: S603 - ours
        with _run(door, own_home, tmp_path / "door.log", DOOR):
            chromium = next(filter(None, map(shutil.which, CHROMIUMS)))
            starter = tmp_path / "chromium"
            starter.write_text(f'#!/bin/sh\nexec {" ".join(inside)} {chromium} "$@"\n')
            starter.chmod(0o755)
            opened = browser.browser_type.launch(executable_path=starter, args=FLAGS)
            yield Laptop(opened)
            opened.close()


def keep(page: Page, name: str) -> None:
    """Keep what a page shows."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"workshop-alone-{name}.png")


def hold(laptop: Laptop, tmp_path: Path) -> Path:
    """Hold a workshop with two tables, a screen and a facilitator, and take it along as a file."""
    desk, wall, phone = laptop.open(DESK), laptop.open(WALL), laptop.open(room.PHONE)
    code = room.begin(desk, APP, "Korpikylän paja")
    expect(desk.locator(".code")).to_contain_text(f"{WIFI}:8600/entry")
    wall.goto(DOOR + (desk.locator("iframe[src*='/screen']").get_attribute("src") or ""))
    wall.wait_for_selector("#map .land")
    phone.goto(f"{DOOR}/entry")
    phone.fill("#t", code.lower())
    phone.locator("button.primary").click()
    room.enter(phone, "Puukuitutuhkaa lannoitteeksi", company="Perämeren Kuitu Oy")
    expect(wall.locator("#n-resources")).to_have_text("1", timeout=LONG_MS)
    phone.locator("#next").click()
    phone.select_option("#table", "2")
    room.enter(phone, "Puukuitutuhkaa lannoiterakeisiin", "want", "Ruskon Rakeistus Oy", "Oulu")
    expect(phone.locator("article").first).to_be_visible(timeout=LONG_MS)
    phone.locator("article .yes").first.click()
    expect(wall.locator("#notice h2")).to_contain_text("Puukuitutuhkaa", timeout=LONG_MS)
    expect(wall.locator("#map .newest")).to_be_attached()
    expect(desk.locator(".sentence")).to_contain_text("Puhelimia mukana: 1", timeout=LONG_MS)
    for page, name in ((phone, "phone"), (wall, "wall"), (desk, "facilitator")):
        keep(page, name)
    assert phone.evaluate("navigator.serviceWorker === undefined"), "plain HTTP: the page itself is not kept"
    desk.get_by_role("button", name="Päätä ja tee kooste").click()
    desk.get_by_role("button", name="Päätä työpaja").click()
    expect(desk.get_by_role("button", name="Kooste, Suomi (PDF)")).to_be_visible()
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="Vie työpaja tiedostoon").click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    return file


def test_a_room_without_the_internet_comes_home(
    laptop: Laptop, served_app: str, page: Page, tmp_path: Path, screenshot: Callable[[str], Path]
) -> None:
    """Map, form, matches and screen from one laptop; at home the file is looked at, merged, and merged again."""
    file = hold(laptop, tmp_path)
    assert laptop.asked <= {"localhost", WIFI, "None"}
    for number, told in enumerate(("2 kirjausta, joista uusia 2", "2 kirjausta, joista uusia 0")):
        page.goto(f"{served_app}/workshop?lang=fi")
        page.get_by_role("button", name="Tuo toisella koneella pidetty työpaja").click()
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_role("dialog")).to_contain_text(told)
        screenshot(f"workshop-merge-{number}")
        page.get_by_role("button", name="Yhdistä: uusia").click()
        expect(page.get_by_role("dialog")).to_contain_text("Työpaja on yhdistetty", timeout=LONG_MS)
    page.get_by_role("dialog").get_by_role("button", name="Avaa").click()
    expect(page.locator(".sentence").first).to_contain_text("Korpikylän paja", timeout=LONG_MS)
    expect(page.locator(".sentence").first).to_contain_text("2 resurssia")
    again = page.frame_locator("iframe[src*='/screen']")
    expect(again.locator("#n-resources")).to_have_text("2", timeout=LONG_MS)
    screenshot("workshop-merged")
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")  # the day is gone through again, in the times of the room
    expect(again.locator("#n-resources")).to_have_text("1", timeout=LONG_MS)
