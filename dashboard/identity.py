"""Who looks at a page or asks a route: in local mode the one person at this machine.

`standing_as` runs a block as somebody; the hook in `runs.py` does so around every run of a page, and the
middleware in `seeing.py` around every answer of a route.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog

from config import settings
from dashboard import local_name
from data.viewer import Role, Viewer, viewing

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Standing:
    """Tell how somebody stands: as which viewer, or by which sentence they are kept out."""

    viewer: Viewer | None
    refusal: str = ""


NOBODY = Standing(None)

_standing: ContextVar[Standing] = ContextVar("standing", default=NOBODY)


def current() -> Standing:
    """Give how the one who asks in this run stands."""
    return _standing.get()


@contextmanager
def standing_as(standing: Standing) -> Iterator[None]:
    """Run a block as somebody; the database takes it from data.viewer."""
    token = _standing.set(standing)
    try:
        with viewing(standing.viewer):
            yield
    finally:
        _standing.reset(token)


def of_session(_claims: Mapping[str, object]) -> Standing:
    """Tell how the one whose browser opened a session stands."""
    return _local()


def of_cookies(_cookies: Mapping[str, str]) -> Standing:
    """Tell how the one whose browser sends these cookies stands."""
    return _local()


def _local() -> Standing:
    return Standing(Viewer(local_name.read(settings.load()), Role.NATIONAL))


def server() -> Standing:
    """Give how the server itself stands where it works for everybody, as when it warms what all will ask for."""
    return Standing(Viewer("server", Role.NATIONAL))
