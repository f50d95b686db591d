"""The screen on the wall: its page, and server-sent events that bring it the newest frame."""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from io import BytesIO
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from config.errors import SynergiaError
from config.settings import load as load_settings
from config.texts import Language, catalogue, language_of
from dashboard import plain
from dashboard.live import answers, gate, intake, keys
from dashboard.live.service import running_service
from data.queries import events as queries
from data.viewer import viewing

WORDS = "workshop_wall."
STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def page(request: Request) -> Response:
    """Answer with the screen."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    asked = request.query_params
    default = load_settings().language
    try:
        event = _event(request)
    except SynergiaError:
        event = None
    if event is None:
        return plain.page("workshop_code.html", language_of(asked.get("lang"), default), status=403, **_closed())
    language = language_of(asked.get("lang"), language_of(str(event["language"])))
    code = gate.given_out(event["id"], event["round"])["code"]
    address = entry_address(request, code)
    return plain.page(
        "workshop_screen.html",
        language,
        framed_by="'self'",
        event=event,
        theme="light" if asked.get("theme") == "light" else "dark",
        token=asked.get("t", ""),
        at=intake.number(asked.get("at"), 1, 10**9) or 0,
        code=keys.shown(code),
        address=address.partition("?")[0].partition("://")[2],
        only_here=loopback(address),
        qr=qr(address),
        words=words(language),
        region=event["region_code"] or "",
    )


def _closed() -> Mapping[str, Any]:
    return {"refusal": "workshop_entry.screen_closed", "code": "", "table": "", "languages": (), "ended": False}


def _event(request: Request) -> Mapping[str, Any] | None:
    engine = running_service().engine
    opened = gate.by_token(engine, request, request.query_params.get("t", ""))
    if opened.refusal:
        return None
    with viewing(answers.SERVER):
        return queries.workshop(engine, opened.event_id)


def entry_address(request: Request, code: str) -> str:
    """Give the address of the form with its code, by the name that this server goes by."""
    own = load_settings().workshop_url or load_settings().public_url or str(request.base_url)
    return f"{own.rstrip('/')}/entry?t={code}"


def loopback(address: str) -> bool:
    """Tell whether an address leads no telephone anywhere: it names whoever asks."""
    host = urlsplit(address).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def qr(address: str) -> str:
    """Draw an address as a QR code that survives a projector: SVG, with the quiet zone it needs."""
    drawn = BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, dark="#10181d", light="#e6edf0")
    return drawn.getvalue().decode()


def words(language: Language) -> dict[str, str]:
    """Give the texts that the screen's own script shows."""
    return {key.removeprefix(WORDS): forms[language] for key, forms in catalogue().items() if key.startswith(WORDS)}


async def events(request: Request) -> Response:
    """Send the newest frame, and every newer one, until the screen goes."""
    try:
        service = running_service()
        opened = await run_in_threadpool(gate.by_token, service.engine, request, request.query_params.get("t", ""))
        feed = None if opened.refusal else await service.hub.feed(opened.event_id)
    except SynergiaError as error:
        return JSONResponse({"error": error.key}, 503)
    if feed is None:
        return JSONResponse({"error": opened.refusal}, 403)

    past = intake.number(request.query_params.get("at"), 1, 10**9)
    if past is not None:
        frame = await run_in_threadpool(service.hub.past, feed, past)
        return Response(b"retry: 3600000\n\ndata: " + frame + b"\n\n", media_type="text/event-stream", headers=STREAM)

    async def sent() -> AsyncIterator[bytes]:
        yield b"retry: 2000\n\n"
        async for frame in service.hub.frames(feed, counted=not request.query_params.get("preview")):
            yield b"data: " + frame + b"\n\n" if frame else b"event: alive\ndata: {}\n\n"

    return StreamingResponse(sent(), media_type="text/event-stream", headers=STREAM)


ROUTES: list[BaseRoute] = [
    Route("/screen", page, methods=["GET"]),
    Route("/screen/events", events, methods=["GET"]),
]
