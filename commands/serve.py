"""The web server: everything from nothing to an open page, and back in order."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE
from ipaddress import ip_address
from types import FrameType
from typing import Annotated, NoReturn

import typer
import uvicorn

from commands import console
from config import secrecy, settings
from config.errors import SettingsProblem, StoreProblem
from config.settings import ROOT, Settings
from data.ready import ready

GOODBYE_MAX_S = 3  # how long open pages may hold up the end

app = typer.Typer()


class Announced(uvicorn.Server):
    """Say where the app is open as soon as it is."""

    def __init__(self, config: uvicorn.Config, steps: console.Steps, url: str, said: str = "cli_serve.open") -> None:
        super().__init__(config)
        self._steps = steps
        self._url = url
        self._said = said

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening and say so."""
        await super().startup(sockets)
        if self.started:
            self._steps.end()
            console.tell(self._said, url=self._url)


@app.command("serve")
def serve(
    *,
    host: Annotated[str | None, typer.Option("--host")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535)] = None,
    no_demo: Annotated[bool, typer.Option("--no-demo")] = False,
) -> None:
    """Start the app and its database; Ctrl-C stops both."""
    read = settings.load()
    changes = {
        "host": host or read.host,
        "port": read.port if port is None else port,
        "demo": read.demo and not no_demo,
    }
    chosen = read.model_copy(update=changes)
    if chosen.local and not _loopback(chosen.host):
        raise SettingsProblem("cli_serve.local_only", host=chosen.host)
    secrecy.check(chosen)
    os.chdir(ROOT)  # where Streamlit looks for its configuration
    door = bind(chosen)
    try:
        with stoppable():
            _serve(chosen, door)
    except KeyboardInterrupt:
        console.tell("cli_serve.closed")
    finally:
        door.close()


def _loopback(host: str) -> bool:
    """Tell whether an address is this machine's own, to which no other can connect."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, which may mean any address
        return False


def _serve(chosen: Settings, door: socket.socket) -> None:
    with console.steps(shortest_s=0) as steps, ready(chosen, steps, with_demo=chosen.demo):
        steps("cli_serve.loading")
        import streamlit as st  # noqa: PLC0415 - only now is there time for it

        from dashboard.server import SCRIPT, parts  # noqa: PLC0415

        built = st.App(SCRIPT, **parts(chosen))
        config = uvicorn.Config(
            built,
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            forwarded_allow_ips=chosen.trusted_proxies,
            ws_per_message_deflate=False,  # a tenth of the time of a page's run; Streamlit leaves it off as well
            timeout_graceful_shutdown=GOODBYE_MAX_S,
        )
        server = Announced(config, steps, _url(door))
        try:
            server.run(sockets=[door])
        except SystemExit as error:  # uvicorn's way to say that the app did not start
            raise StoreProblem("cli_serve.not_started") from error


def bind(chosen: Settings) -> socket.socket:
    """Take the port before the long work begins; it answers only once the app is ready."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    door = socket.socket(family)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((chosen.host, chosen.port))
    except OSError as error:
        door.close()
        key = "cli_serve.port_taken" if error.errno == EADDRINUSE else "cli_serve.port_closed"
        raise SettingsProblem(key, host=chosen.host, port=chosen.port, reason=error.strerror) from error
    return door


def _url(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    shown = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::1": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104 - only shown
    return f"http://{shown}:{port}"


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end in order wherever they strike, also where a script started us deaf to Ctrl-C."""

    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = {which: signal.signal(which, stop) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
