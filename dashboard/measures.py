"""What monitoring reads at /metrics: runs of pages, how long they take, errors, open windows, answers and refusals.

Each process counts for itself, so each is asked at its own port and not through the proxy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hmac import compare_digest
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from streamlit.runtime import Runtime

from config import secrecy
from config.settings import Settings
from dashboard.guard import from_this_machine

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

RUNS = Counter("synergia_page_runs", "Runs of pages", ["page"], registry=REGISTRY)
TOOK = Histogram("synergia_page_seconds", "Seconds a run took", ["page"], buckets=SECONDS, registry=REGISTRY)
FAILED = Counter("synergia_page_errors", "Runs that met an error of ours", registry=REGISTRY)
ANSWERS = Counter("synergia_answers", "Answers of routes", ["status"], registry=REGISTRY)
REFUSED = Counter("synergia_refusals", "Requests and runs that were refused", ["why"], registry=REGISTRY)
SESSIONS = Gauge("synergia_sessions", "Open windows", registry=REGISTRY)

_page: ContextVar[list[str] | None] = ContextVar("page", default=None)


@contextmanager
def run() -> Iterator[None]:
    """Count a run and take its time, under the page that `page` names meanwhile; else it was a fragment's."""
    named: list[str] = []
    token, began = _page.set(named), perf_counter()
    try:
        yield
    finally:
        _page.reset(token)
        page = named[-1] if named else "fragment"
        RUNS.labels(page).inc()
        TOOK.labels(page).observe(perf_counter() - began)


def page(name: str) -> None:
    """Name the page that this run draws."""
    named = _page.get()
    if named is not None:
        named.append(name)


class Metrics:
    """Answer monitoring on this machine, or whoever brings the token; to all others there is no such page."""

    def __init__(self, settings: Settings) -> None:
        self._token = secrecy.metrics_token(settings)

    async def __call__(self, request: Request) -> Response:
        """Answer in the format of Prometheus."""
        if not (from_this_machine(request.scope) or self._bears_token(request)):
            return Response(status_code=404)
        SESSIONS.set(_sessions())
        return Response(
            generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
        )

    def _bears_token(self, request: Request) -> bool:
        brought = request.headers.get("authorization", "").removeprefix("Bearer ")
        return bool(self._token) and compare_digest(brought.encode(), self._token.encode())


def _sessions() -> int:
    if not Runtime.exists():
        return 0
    return Runtime.instance()._session_mgr.num_active_sessions()  # noqa: SLF001 - there is no public way
