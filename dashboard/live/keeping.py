"""What keeps the form on a telephone when the line is gone: a service worker, with the files it is to keep.

Browsers let a service worker in over HTTPS and on localhost alone. Over plain HTTP the form keeps what was entered all
the same (`static/live/entry.js`), but a page that is loaded anew needs the line.
"""

import json
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from config.settings import ROOT

FILES = (
    "/app/static/plain.css",
    "/app/static/brand/icon.svg",
    "/app/static/live/entry.css",
    "/app/static/live/entry.js",
    "/app/static/live/types.svg",
)
FONT = "/app/fonts/source-sans.woff2"
SCOPE = "/entry"


@cache
def script() -> str:
    """Give the worker's script; its version is that of the files, so that new ones take the place of those it keeps."""
    own = (ROOT / "static" / "live" / "keeper.js").read_text(encoding="utf-8")
    held = [(ROOT / name.removeprefix("/app/")).read_bytes() for name in FILES]
    version = sha256(b"".join([own.encode(), *held])).hexdigest()[:16]
    return f"const KEPT = {json.dumps({'version': version, 'files': [*FILES, FONT]})};\n{own}"


def worker(_request: Request) -> Response:
    """Answer with the service worker, which may rule the form and nothing else."""
    headers = {"Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"}
    return Response(script(), media_type="text/javascript", headers=headers)


ROUTES = [Route("/entry/keeper.js", worker, methods=["GET"])]
