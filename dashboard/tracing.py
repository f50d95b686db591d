"""One id for each request, in the logs and in the answer, so that a complaint leads to its lines."""

import re
from secrets import token_hex
from time import perf_counter

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from dashboard import measures

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")  # what a proxy before us may have given
FAULT = 500

log = structlog.get_logger(__name__)


class Tracing:
    """Give each request an id, log what went wrong under it, and count answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its id, and its answer back with it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope).get(HEADER, "")
        identity = asked if GIVEN.fullmatch(asked) else token_hex(8)
        began = perf_counter()

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = identity
                _tell(scope, int(message["status"]), perf_counter() - began)
            await send(message)

        with bound_contextvars(request=identity):
            await self._app(scope, receive, send_with_id)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    measures.ANSWERS.labels(str(status)).inc()
    # Without the query: names that people look for stand in it.
    tell = log.warning if status >= FAULT else log.debug
    tell("answered", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000))
