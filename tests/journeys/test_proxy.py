import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from config.settings import ROOT
from tests.journeys import signing_in
from tests.journeys.signing_in import ANY_CERTIFICATE, Process

pytestmark = pytest.mark.browser

WAIT_MS = 60_000
DEPLOY = ROOT / "deploy"
SEAT = "synergia_seat"


def certificate(folder: Path) -> None:
    """Make a certificate for localhost."""
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    files = ["-keyout", str(folder / "proxy.key"), "-out", str(folder / "proxy.crt")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)  # noqa: S603 - ours


@contextmanager
def nginx(folder: Path, port: int, behind: list[int]) -> Iterator[None]:
    """Run the real nginx with the very file that is offered, its name, ports and certificate changed."""
    site = (DEPLOY / "nginx.conf").read_text()
    for old, new in zip((8501, 8502), behind, strict=True):
        site = site.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    site = site.replace("listen 443", f"listen 127.0.0.1:{port}").replace("kartta.example.fi", "localhost")
    site = re.sub(r"/etc/ssl/synergiakartta\.(crt|key)", rf"{folder}/proxy.\1", site)
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {paths}\n{site}\n}}\n"
    )
    with _proxy(["nginx", "-c", str(folder / "nginx.conf")]):
        yield


@contextmanager
def caddy(folder: Path, port: int, behind: list[int]) -> Iterator[None]:
    """Run the real Caddy with the very file that is offered, its name, ports and certificate changed."""
    site = (DEPLOY / "Caddyfile").read_text()
    for old, new in zip((8501, 8502), behind, strict=True):
        site = site.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    own = f"https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {folder}/proxy.crt {folder}/proxy.key"
    site = site.replace("{$SYNERGIA_NAME:kartta.example.fi} {", own)
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + site)
    with _proxy(["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]):
        yield


@contextmanager
def _proxy(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Give the address of a real provider."""
    with signing_in.provider() as url:
        yield url


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda proxy: proxy.__name__)
def behind(
    request: pytest.FixtureRequest, own_home: Path, issuer: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[int, Process]]]:
    """Give the public address of two processes on one store behind a real proxy, and the processes by their ports."""
    if not (shutil.which(request.param.__name__) and shutil.which("openssl")):
        pytest.skip(f"{request.param.__name__} is not installed")
    tmp_path = tmp_path_factory.mktemp("proxy")
    certificate(tmp_path)
    port, ports = signing_in.free_port(), [signing_in.free_port(), signing_in.free_port()]
    url = f"https://localhost:{port}"
    with ExitStack() as open_until_end:
        apps = {one: open_until_end.enter_context(signing_in.app(own_home, issuer, one, url)) for one in ports}
        open_until_end.enter_context(request.param(tmp_path, port, ports))
        signing_in.wait_for(f"{url}/healthz")
        yield url, apps


def figure(port: int, name: str) -> float:
    """Read one figure of a process."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        found = re.search(rf"^{name} (\S+)$", answer.read().decode(), re.MULTILINE)
    return float(found[1]) if found else 0


def answered(address: str, **headers: str) -> tuple[int, str]:
    """Give the status and the body of an answer."""
    try:
        with urlopen(Request(address, headers=headers), timeout=5, context=ANY_CERTIFICATE) as answer:  # noqa: S310 - ours
            return int(answer.status), answer.read().decode()
    except HTTPError as error:
        return error.code, ""


def enter(page: Page, url: str) -> None:
    """Sign in through the proxy."""
    page.goto(url)
    page.get_by_role("button", name="Kirjaudu sisään").click(timeout=WAIT_MS)
    page.get_by_role("button", name="maija").click(timeout=WAIT_MS)
    expect(page.get_by_role("button", name="Maija Kansallinen")).to_be_visible(timeout=WAIT_MS)


def heard(stream: HTTPResponse, words: str) -> bool:
    """Read a stream line by line until it says something; what a proxy holds back is never read."""
    return any(words in line.decode() for line in iter(stream.readline, b""))


def test_events_and_windows_come_through_at_once(behind: tuple[str, dict[int, Process]], browser: Browser) -> None:
    """A page's own connection is a wss one; a card entered on a telephone is on an open stream while it goes on."""
    url, _ = behind
    context = browser.new_context(locale="fi-FI", ignore_https_errors=True)
    page, windows = context.new_page(), list[str]()
    page.on("websocket", lambda opened: opened.on("framereceived", lambda _: windows.append(opened.url)))
    enter(page, url)
    page.goto(f"{url}/workshop")
    page.get_by_label("Nimi", exact=True).fill("Paja välipalvelimen takana")
    page.get_by_role("button", name="Aloita työpaja").click(timeout=WAIT_MS)
    code = page.locator(".code strong").inner_text(timeout=WAIT_MS).replace(" ", "")
    screen = page.locator("iframe[src*='/screen']").get_attribute("src") or ""
    assert windows
    assert {one.partition("/_stcore")[0] for one in windows} == {url.replace("https", "wss")}
    with closing(HTTPSConnection(url.removeprefix("https://"), timeout=60, context=ANY_CERTIFICATE)) as connection:
        # Without the telephone's seat, so that it may be the other process that tells of the card.
        connection.request("GET", screen.replace("/screen?", "/screen/events?"))
        stream = connection.getresponse()
        assert stream.status == 200
        assert "text/event-stream" in (stream.getheader("content-type") or "")
        assert heard(stream, "data:")
        phone = context.new_page()
        phone.goto(f"{url}/entry?t={code.lower()}&table=4")
        phone.locator("input[name=direction][value=have]").check(force=True)
        for field, words in (
            ("title", "Puukuitutuhkaa"),
            ("quantity", "1200"),
            ("company", "Kuitu"),
            ("place", "Kemi"),
        ):
            phone.fill(f"#{field}", words)
        phone.select_option("#unit", "t")
        phone.locator("button.primary").click()
        assert heard(stream, "Puukuitutuhkaa")
    context.close()


def test_two_processes_serve_one_store(behind: tuple[str, dict[int, Process]], browser: Browser) -> None:
    """Sign in over TLS, stay at one process, and go on at the other when it dies; monitoring stays inside."""
    url, apps = behind
    context = browser.new_context(locale="fi-FI", ignore_https_errors=True)
    page = context.new_page()
    enter(page, url)
    kept = {cookie["name"]: cookie for cookie in context.cookies(url)}
    assert all(cookie["secure"] and cookie["sameSite"] in {"Lax", "Strict"} for cookie in kept.values())
    assert SEAT in kept
    assert {name for name, cookie in kept.items() if not cookie["httpOnly"]} <= {"_streamlit_xsrf"}
    for _ in range(3):
        page.goto(f"{url}/companies")
        expect(page.get_by_role("button", name="Lisää yritys")).to_be_visible(timeout=WAIT_MS)
    (mine,) = [port for port in apps if figure(port, 'synergia_page_runs_total{page="companies"}')]
    assert answered(f"{url}/metrics")[0] == 404
    assert answered(f"{url}/_stcore/metrics")[0] == 421
    assert "<html" in answered(url)[1]
    assert "<html" not in answered(url, Host="evil.example")[1]
    apps[mine].kill()
    page.goto(f"{url}/companies")
    expect(page.get_by_role("button", name="Maija Kansallinen")).to_be_visible(timeout=WAIT_MS)
    (other,) = set(apps) - {mine}
    assert figure(other, 'synergia_page_runs_total{page="companies"}') >= 1
    context.close()
