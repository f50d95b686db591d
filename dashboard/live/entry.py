"""The form on a telephone: the page, and what it sends and asks by its join code."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from config.errors import SynergiaError
from config.settings import load as load_settings
from config.texts import LANGUAGES, Language, language_of, text
from dashboard import plain
from dashboard.live import answers, gate, intake, keeping, suggesting, waiting
from dashboard.live.gate import Opened
from dashboard.live.service import Service, running_service
from data.model import ResourceType
from data.queries import events as queries
from data.store import events
from data.store.events import Card
from data.viewer import viewing
from geo import regions

CODE = "x-join-code"
BODY_MAX_BYTES = 64_000
CHANGED = {"waiting", "shown", "held"}
UNITS = ("t", "kg", "m3", "m2", "MWh", "MW", "h", "kpl")
TEXTS = "workshop_phone."
WORKED = b'"worked":true'  # in the answer about a card that is done with
FRESH_S = 0.5  # what a table has brought may be so old


async def page(request: Request) -> Response:
    """Answer with the form, or with the question for the code."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    asked = request.query_params
    try:
        service = running_service()
        opened = gate.by_code(service.engine, request, asked.get("t", ""))
        event = _event(service, opened)
    except SynergiaError as error:
        opened, event = Opened(refusal=error.key), None
    default = language_of(str(event["language"])) if event else load_settings().language
    language = language_of(asked.get("lang"), default)
    places = sorted(place.name(language) for place in regions.load().municipalities.values())
    return plain.page(
        "workshop_entry.html" if event else "workshop_code.html",
        language,
        status=200 if event or not asked.get("t") else 403,
        refusal="" if opened.refusal == "workshop_entry.code_asked" else opened.refusal,
        ended=opened.refusal == gate.ENDED,
        event=event,
        code=opened.code,
        table=intake.number(asked.get("table"), 1, 99) or "",
        tables=range(1, (event["tables"] if event else 0) + 1),
        types=[one.value for one in ResourceType],
        units=UNITS,
        places=places,
        languages=LANGUAGES,
        words=answers.words(language),
    )


def _event(service: Service, opened: Opened) -> Mapping[str, Any] | None:
    if not opened.event_id:
        return None
    with viewing(answers.SERVER):
        return queries.workshop(service.engine, opened.event_id)


async def send(request: Request) -> Response:
    """Take a card in; one that comes twice is one, and one that came before may be corrected by its table."""
    body = await _body(request)
    return await run_in_threadpool(_let_in, request, _send, body)


def _send(service: Service, opened: Opened, language: Language, body: Mapping[str, Any]) -> Response:
    card_id, table = intake.identity(body.get("id")), intake.number(body.get("table"), 1, events.TABLES_MAX)
    if card_id is None or table is None:
        return _refused("workshop_entry.not_understood", language, 400)
    read = intake.read(body, language, regions.load())
    if read.faults:
        return JSONResponse({"faults": answers.faults(read.faults, body, language)}, 422)
    status = "held" if read.held else "waiting"
    with viewing(events.entry(opened.event_id, table)):
        before = queries.card(service.engine, opened.event_id, card_id)
        if before is None:
            card = Card(
                id=card_id,
                table=table,
                told=read.told,
                status=status,
                remark=read.held,
                told_at=intake.moment(body.get("at")),
            )
            events.receive(service.engine, opened.event_id, card)
    if before is not None and dict(before["told"]) != dict(read.told) and before["status"] in CHANGED:
        with viewing(answers.SERVER):
            changed = events.rewrite(service.engine, f"{table}", card_id, read.told, status=status, remark=read.held)
        if not changed:  # in somebody's hands at this moment: the telephone sends it again
            return _refused("workshop_entry.away", language, 503)
    service.worker.call()
    return JSONResponse({"id": str(card_id), "taken": True, "held": bool(read.held)})


async def state(request: Request) -> Response:
    """Tell what has become of a card, with its best partners; `wait` puts the answer off until they are there."""
    asked = {"id": request.path_params["card"]}
    patience_s = intake.number(request.query_params.get("wait"), 1, waiting.MOST_S)
    card_id = intake.identity(asked["id"])
    if patience_s is None or card_id is None:
        return await run_in_threadpool(_let_in, request, _state, asked)
    try:
        waits = running_service().waiting
    except SynergiaError:
        return await run_in_threadpool(_let_in, request, _state, asked)
    with waits.beside(card_id) as woken:
        answer = await run_in_threadpool(_let_in, request, _state, asked)
        if answer.status_code != 200 or WORKED in answer.body:  # noqa: PLR2004 - there is such a card
            return answer
        await waiting.over(woken, patience_s)
    return await run_in_threadpool(_let_in, request, _state, asked)


def _state(service: Service, opened: Opened, language: Language, body: Mapping[str, Any]) -> Response:
    card_id = intake.identity(body["id"])
    with viewing(events.entry(opened.event_id, 0)):
        card = queries.card(service.engine, opened.event_id, card_id) if card_id else None
    if card is None:
        return _refused("workshop_entry.not_understood", language, 404)
    with service.boards.reading(opened.event_id, 0.0 if card["worked"] else FRESH_S) as board:
        told = answers.card(card, board, language)
    return JSONResponse(told)


async def interest(request: Request) -> Response:
    """Note that a table is interested in a match, or is not."""
    body = await _body(request)
    return await run_in_threadpool(_let_in, request, _interest, body)


def _interest(service: Service, opened: Opened, language: Language, body: Mapping[str, Any]) -> Response:
    card_id, table = intake.identity(body.get("id")), intake.number(body.get("table"), 1, events.TABLES_MAX)
    match = intake.number(body.get("match"), 1, 10**9)
    if card_id is None or table is None or match is None:
        return _refused("workshop_entry.not_understood", language, 400)
    told = {"match": match, "yes": body.get("yes") is True}
    with viewing(events.entry(opened.event_id, table)):
        events.receive(service.engine, opened.event_id, Card(id=card_id, table=table, told=told, kind="interest"))
    service.worker.call()
    return JSONResponse({"id": str(card_id), "taken": True})


async def sign(request: Request) -> Response:
    """Give a sign of life with what the table has brought so far, and words that begin like what is typed."""
    asked = request.query_params
    told = {name: asked.get(name, "") for name in ("table", "like", "of", "phone")}
    return await run_in_threadpool(_let_in, request, _sign, told)


def _sign(service: Service, opened: Opened, language: Language, body: Mapping[str, Any]) -> Response:
    event = _event(service, opened)
    if body["like"]:
        with service.boards.reading(opened.event_id, FRESH_S) as board:
            known = suggesting.known(event["invited"] if event else (), board) if body["of"] == "company" else ()
        return JSONResponse({"words": suggesting.suggest(body["of"], body["like"], known, language)})
    phone = intake.identity(body["phone"])
    if phone:
        service.phones.sign(opened.event_id, phone)
    with service.boards.reading(opened.event_id) as board:
        told = answers.table(board, intake.number(body["table"], 1, events.TABLES_MAX), language)
    return JSONResponse({"status": event["status"] if event else "closed", "told": told})


def _let_in(request: Request, act: Any, body: Mapping[str, Any] | None) -> Response:  # noqa: ANN401 - one of the above
    language = language_of(request.query_params.get("lang"), load_settings().language)
    if body is None:
        return _refused("workshop_entry.not_understood", language, 400)
    try:
        service = running_service()
        opened = gate.by_code(service.engine, request, request.headers.get(CODE, ""))
        if opened.refusal:
            status = 429 if opened.refusal == "workshop_entry.slow_down" else 403
            return _refused(opened.refusal, language, status)
        answer: Response = act(service, opened, language, body)
    except SynergiaError as error:
        return _refused("workshop_entry.away" if error.key == "store.away" else error.key, language, 503)
    return answer


def _refused(key: str, language: Language, status: int) -> Response:
    headers = {"Retry-After": "60"} if status == 429 else {}  # noqa: PLR2004 - too many
    return JSONResponse({"error": key, "sentence": text(key, language)}, status, headers)


async def _body(request: Request) -> Mapping[str, Any] | None:
    sent = b""
    async for piece in request.stream():
        sent += piece
        if len(sent) > BODY_MAX_BYTES:
            return None
    return answers.parsed(sent)


ROUTES: list[BaseRoute] = [
    *keeping.ROUTES,
    Route("/entry", page, methods=["GET"]),
    Route("/entry/cards", send, methods=["POST"]),
    Route("/entry/cards/{card}", state, methods=["GET"]),
    Route("/entry/interest", interest, methods=["POST"]),
    Route("/entry/sign", sign, methods=["GET"]),
]
