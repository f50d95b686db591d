"""Whom the app answers at all: in local mode this machine by its own names, else whoever asks by the public address.

A page on the web could otherwise reach a local app by a name that it lets point at 127.0.0.1, and a proxy that
somebody puts before a local app would open it to all without signing in.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from config.settings import Settings
from config.sign_in import LOOPBACK
from config.texts import text

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
# What the machine itself asks for, as its monitoring does, by whatever name.
OWN = ("/healthz", "/readyz", "/metrics")
# Streamlit's own figures, which it would show to anybody; dashboard.measures has ours.
CLOSED = ("/_stcore/metrics", "/st-metrics")
MISDIRECTED = 421


class Guard:
    """Refuse what is not meant for this app with one sentence."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that is meant for us."""
        if scope["type"] not in {"http", "websocket"} or self._welcome(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(self._sentence(), MISDIRECTED)(scope, receive, send)

    def _welcome(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        named = {host(f"//{headers.get('host', '')}")}
        if "origin" in headers:
            named.add(host(headers["origin"]))
        if scope["path"].startswith(CLOSED):
            return False
        if self._settings.local:
            return named <= LOOPBACK and from_this_machine(scope)
        # Monitoring asks a process by its own address, and with a token also from another machine.
        return named == {self._settings.public_host} or scope["path"] in OWN

    def _sentence(self) -> str:
        chosen = self._settings
        key = "sign_in.local_only" if chosen.local else "sign_in.other_host"
        return text(key, chosen.language, url=chosen.public_url or "")


def host(address: str) -> str:
    """Give the name in an address, without port, in small letters; empty where there is none or it makes no sense."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def from_this_machine(scope: Scope) -> bool:
    """Tell whether a request comes from this machine and through no proxy."""
    headers, client = Headers(scope=scope), scope.get("client")
    here = client is None or client[0].removeprefix("::ffff:") in LOOPBACK
    return here and not any(name in headers for name in FORWARDED)
