"""The door of a workshop in a local network: a small server of its own beside the app, until Ctrl-C."""

import socket
from contextlib import closing

import uvicorn

from commands import console
from commands.serve import Announced, bind, stoppable
from config import secrecy
from config.errors import StoreProblem
from config.settings import Settings
from dashboard.live import door
from data.ready import ready

GOODBYE_MAX_S = 3
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only compared
NOWHERE = ("192.0.2.1", 9)  # an address for examples: a datagram's socket tells our own without sending anything


def open_door(chosen: Settings, host: str, port: int) -> None:
    """Serve the form and the screen to whoever reaches this machine, and say at which address."""
    secrecy.check(chosen)
    taken = bind(chosen.model_copy(update={"host": host, "port": port}))
    url = chosen.workshop_url or f"http://{own_address() if host in ANYWHERE else host}:{taken.getsockname()[1]}"
    try:
        with stoppable():
            _serve(chosen, taken, url)
    except KeyboardInterrupt:
        console.tell("cli_workshop.closed")
    finally:
        taken.close()


def _serve(chosen: Settings, taken: socket.socket, url: str) -> None:
    with console.steps(shortest_s=0) as steps, ready(chosen, steps):
        config = uvicorn.Config(
            door.app(chosen),
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_MAX_S,
        )
        try:
            Announced(config, steps, url, "cli_workshop.opened").run(sockets=[taken])
        except SystemExit as error:  # uvicorn's way to say that the server did not start
            raise StoreProblem("cli_serve.not_started") from error


def own_address() -> str:
    """Find the address that this machine has in its network; its own name for itself where it has none."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asked:
        try:
            asked.connect(NOWHERE)
        except OSError:
            return "localhost"
        return str(asked.getsockname()[0])
