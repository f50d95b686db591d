"""A real OpenID Connect provider on this machine, and the app as an organisation runs it, for the tests beside it."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from config.settings import ROOT

START_MAX_S = 180
PEOPLE = (
    {"sub": "maija", "name": "Maija Kansallinen", "synergia_role": "national"},
    {"sub": "risto", "name": "Risto Alueellinen", "synergia_role": ["regional"], "synergia_regions": ["11"]},
    {"sub": "pia", "name": "Pia Suunnitteleva", "synergia_role": "planner"},
    {"sub": "yrjo", "name": "Yrjö Yrittäjä", "synergia_role": "company", "synergia_business_id": "2077474-0"},
    {"sub": "seija", "name": "Seija Seinä", "synergia_role": "screen"},
    {"sub": "outi", "name": "Outi <b>Ulkopuolinen</b>"},
)
ANY_CERTIFICATE = ssl._create_unverified_context()  # noqa: S323, SLF001 - our own, made for the test
Process = subprocess.Popen[str]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def provider() -> Iterator[str]:
    """Run a provider that knows somebody of each role; its page asks for no password."""
    port = free_port()
    people = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *people]
    url = f"http://localhost:{port}"
    with _running(command, dict(os.environ)):
        wait_for(f"{url}/.well-known/openid-configuration")
        yield url


@contextmanager
def app(home: Path, issuer: str, port: int, public_url: str | None = None) -> Iterator[Process]:
    """Run the app for an organisation's people; without demo data, which would only take time."""
    public_url = public_url or f"http://localhost:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYNERGIA_")}
    environment |= {
        "SYNERGIA_HOME": str(home),
        "SYNERGIA_DEMO": "false",
        "SYNERGIA_LOG_LEVEL": "warning",
        "SYNERGIA_PUBLIC_URL": public_url,
        "SYNERGIA_OIDC_ISSUER": issuer,
        "SYNERGIA_OIDC_CLIENT_ID": "synergia",
        "SYNERGIA_OIDC_CLIENT_SECRET": "opens-nothing",
    }
    with _running([sys.executable, "synergia.py", "serve", "--port", str(port)], environment) as process:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        yield process


def account(home: Path, *command: str) -> str:
    """Run an `account` command on the app's database, as its administrator does."""
    environment = {**os.environ, "SYNERGIA_HOME": str(home)}
    return subprocess.run(  # noqa: S603 - ours
        [sys.executable, "synergia.py", "account", *command, "--json"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[Process]:
    log = ROOT / "build" / "signing_in.log"
    log.parent.mkdir(exist_ok=True)
    with (
        log.open("a") as written,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written, text=True) as process,  # noqa: S603 - ours
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(url: str) -> None:
    """Wait until an address answers; a certificate may be one of the test's own."""
    deadline = time.monotonic() + START_MAX_S
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5, context=ANY_CERTIFICATE) as answer:  # noqa: S310 - http on this machine
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"nobody answers at {url}")
