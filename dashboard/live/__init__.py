"""The workshop's own doors: the form on a telephone and the screen on the wall, without a Streamlit session."""

from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"


def font(_request: Request) -> Response:
    """Answer with the house's type, which Streamlit brings along under a name that changes with each version."""
    found = next(FONTS.glob("SourceSansVF-Upright*.woff2"), None)
    if found is None:
        return Response(status_code=404)
    return FileResponse(found, media_type="font/woff2", headers={"Cache-Control": "public, max-age=86400"})


def routes() -> list[BaseRoute]:
    """Give the routes of both, and the type that they are set in."""
    from dashboard.live import entry, screen  # noqa: PLC0415 - whoever asks for a part of it needs no routes

    return [*entry.ROUTES, *screen.ROUTES, Route("/app/fonts/source-sans.woff2", font, methods=["GET"])]
