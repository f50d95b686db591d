"""Who asks a route: the middleware that answers every request in the eyes of the one who asks."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import identity

# What anybody may fetch, whose answers hold nothing of the store: the frontend, its connection, signs of life.
OPEN = ("/_stcore/", "/static/", "/app/static/", "/auth/", "/oauth2callback", "/healthz", "/readyz", "/metrics")


class Seeing:
    """Answer a request as the one whose cookies it carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who asks, and pass the request on."""
        if scope["type"] != "http" or scope["path"].startswith(OPEN):
            await self._app(scope, receive, send)
            return
        standing = await run_in_threadpool(identity.of_cookies, Request(scope).cookies)
        with identity.standing_as(standing):
            await self._app(scope, receive, send)
