"""The workshop's doors alone, for a local network without the rest of the app: the form, the screen, their files.

The app in local mode answers this machine and nobody else. What telephones in the room may reach is a server of its own
that knows two pages, both behind a code or a token, and nothing more.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from config.settings import ROOT, Settings
from dashboard import live
from dashboard.headers import SecurityHeaders
from dashboard.live import service
from dashboard.throttle import Throttle


def app(settings: Settings) -> Starlette:
    """Give the app that telephones reach."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with service.running(settings):
            yield

    return Starlette(
        routes=[*live.routes(), Mount("/app/static", StaticFiles(directory=ROOT / "static"))],
        middleware=[Middleware(SecurityHeaders), Middleware(Throttle, settings=settings)],
        lifespan=lifespan,
    )
