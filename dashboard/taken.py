"""Files that somebody has taken, kept for them alone.

Streamlit serves what a download button made by an address that is the digest of the content: it can't be guessed, but
whoever is handed it could use it for as long as the page stays open. So we remember for whom each file was made.
"""

from collections import OrderedDict
from hashlib import sha256
from pathlib import PurePosixPath
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime

from data import viewer
from data.viewer import Viewer

MEDIA = "/media/"
REMEMBERED = 10_000

_makers: OrderedDict[bytes, frozenset[Viewer | None]] = OrderedDict()
_lock = Lock()


def note(made: bytes, seen: Viewer | None) -> None:
    """Remember for whom a file was made."""
    digest = sha256(made).digest()
    with _lock:
        _makers[digest] = _makers.pop(digest, frozenset()) | {seen}
        while len(_makers) > REMEMBERED:
            _makers.popitem(last=False)


def is_for(content: bytes, asking: Viewer | None) -> bool:
    """Tell whether somebody may have a file; what was made for nobody in particular is everybody's."""
    makers = _makers.get(sha256(content).digest())
    return makers is None or asking in makers


class Taken:
    """Answer with a file only the one for whom it was made; for all others it isn't there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it asks for somebody else's file."""
        asks = scope["type"] == "http" and scope["path"].startswith(MEDIA)
        if not asks or await run_in_threadpool(_may, scope["path"], viewer.current()):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("", 404)(scope, receive, send)


def _may(path: str, asking: Viewer | None) -> bool:
    held = Runtime.instance().media_file_mgr.read_file(PurePosixPath(path).stem)
    return held is None or is_for(held.content, asking)
