"""The web server's side of the dashboard: start and end, health, headers, and files for the map."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from importlib import import_module
from typing import Any, TypedDict

import streamlit as st
import structlog
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config as streamlit_config

from config import logs, secrecy
from config.errors import SynergiaError
from config.settings import ROOT, Settings
from config.texts import text
from dashboard import app as script
from dashboard import identity, live, runs
from dashboard.guard import Guard
from dashboard.headers import SecurityHeaders
from dashboard.health import Health
from dashboard.live import service
from dashboard.measures import Metrics
from dashboard.returning import Returning
from dashboard.routes import ROUTES
from dashboard.seeing import Seeing
from dashboard.showcase.route import ROUTES as SHOWCASE
from dashboard.taken import Taken
from dashboard.throttle import Throttle
from dashboard.tracing import Tracing
from data import cluster
from data.ready import ready

SCRIPT = ROOT / "dashboard" / "app.py"
LOOK_EVERY_S = 5

log = structlog.get_logger(__name__)
Lifespan = Callable[[st.App], AbstractAsyncContextManager[None]]


class Parts(TypedDict):
    """Hold what st.App is built from, apart from the script."""

    lifespan: Lifespan
    routes: list[BaseRoute]
    middleware: list[Middleware]
    on_script_error: Callable[[Exception], bool | None]
    secrets: dict[str, Any]


def parts(settings: Settings) -> Parts:
    """Give everything that makes Streamlit's app ours."""
    logs.set_up(settings.log_level)
    logs.adopt("streamlit", "uvicorn")
    runs.hook()
    secrecy.check(settings)
    streamlit_config.set_option("server.maxUploadSize", settings.import_max_mb)
    if not settings.local:
        # The session in which a sign-in begins is signed before st.App takes note of its secrets.
        streamlit_config.set_option("server.cookieSecret", secrecy.cookie_secret(settings))
    return {
        "lifespan": _lifespan(settings),
        "routes": _routes(settings),
        "middleware": [
            Middleware(Tracing),
            Middleware(SecurityHeaders, secure=settings.secure),
            Middleware(Guard, settings=settings),
            Middleware(Throttle, settings=settings),
            Middleware(Returning),
            Middleware(Seeing),
            Middleware(Taken),
        ],
        "on_script_error": script.failed,
        "secrets": _provider(settings),
    }


def _provider(settings: Settings) -> dict[str, Any]:
    """Give what st.login has to know of the provider, which would else stand in a file secrets.toml."""
    if settings.local:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{settings.public_url}/oauth2callback",
            "cookie_secret": secrecy.cookie_secret(settings),
            "client_id": settings.oidc_client_id,
            "client_secret": secrecy.client_secret(settings),
            "server_metadata_url": f"{settings.oidc_issuer}/.well-known/openid-configuration",
        }
    }


def _preload(settings: Settings) -> None:
    """Load what every page needs before the first visitor comes, and take it out of the garbage collector's rounds.

    Streamlit collects garbage after every run of a script while it holds the interpreter: walking through the
    libraries' objects each time made 30 viewers wait 1.6-3.0 s instead of 12 ms.
    """
    for entry in script.built():
        import_module(f"dashboard.pages.{entry.name}")
    _freeze(settings)


def _freeze(settings: Settings) -> None:
    if not settings.development:  # a hot reload throws modules away
        gc.collect()
        gc.freeze()


def _warm(settings: Settings) -> None:
    """Do beside the first visits what somebody would otherwise wait for: a page may have a function `warm`."""
    try:
        for entry in script.built():
            warm = getattr(import_module(f"dashboard.pages.{entry.name}"), "warm", None)
            if warm is not None:
                with identity.standing_as(identity.server()):
                    warm()
    except SynergiaError as error:  # then the first visitor waits, or is told
        log.warning("warming_failed", reason=error.key)
    finally:
        _freeze(settings)  # what was read is large, and stays


def _routes(settings: Settings) -> list[BaseRoute]:
    health = Health(settings)
    return [
        Route("/healthz", health.__call__, methods=["GET"]),
        Route("/readyz", health.ready, methods=["GET"]),
        Route("/metrics", Metrics(settings).__call__, methods=["GET"]),
        *ROUTES,
        *live.routes(),
        *SHOWCASE,
        # Streamlit would serve a folder beside its script and call every style and outline text/plain.
        Mount("/app/static", StaticFiles(directory=ROOT / "static")),
    ]


async def _revive_crashed(settings: Settings) -> None:
    """Start the private database again when it was found dead twice in a row, so that nobody is called at night."""
    was_dead = False
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        dead = cluster.has_crashed(settings)
        if dead and was_dead:
            log.error("database_crashed", consequence="started again")
            await run_in_threadpool(cluster.revive, settings)
        was_dead = dead


def _lifespan(settings: Settings) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        logs.adopt("streamlit", "uvicorn")  # those that came since
        with ExitStack() as open_until_end:
            try:
                await run_in_threadpool(open_until_end.enter_context, ready(settings, with_demo=settings.demo))
            except SynergiaError as error:
                log.error("start_failed", reason=text(error.key, settings.language, **error.values))  # noqa: TRY400 - the sentence says it all
                raise
            await run_in_threadpool(_preload, settings)
            watch = asyncio.create_task(_revive_crashed(settings))
            warming = asyncio.create_task(run_in_threadpool(_warm, settings))
            async with service.running(settings):
                yield
            watch.cancel()
            warming.cancel()

    return lifespan
