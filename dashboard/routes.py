"""Layers of the map that are fetched by address: too large to go through the page's own connection.

The database gives an answer what the one who asks may see and nothing else. And an address is good only for those whose
page gave it out: it is signed together with what they may see and the time until which it holds, so it can be neither
guessed nor changed nor used by somebody who sees something else.
"""

import hmac
import json
from functools import lru_cache
from hashlib import blake2b, sha256
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from config import secrecy, settings
from config.errors import SynergiaError
from config.texts import Language, language_of
from dashboard import palette, source
from dashboard.views.overview_sites import site_points
from data import viewer
from data.model import Direction, ResourceType
from data.queries import overview
from data.queries.scope import Scope

SITES = "/layers/sites.json"
KEY = "key"
YEAR_MIN, YEAR_MAX = 1900, 2200
# Inline up to so many sites, by address beyond.
INLINE_MAX = 5_000


def sites_address(stamp: str, scope: Scope, language: Language, theme: str) -> str:
    """Give the address of the sites of a choice; the stamp in it makes it another one when the data changes."""
    asked: list[tuple[str, object]] = [("year", scope.year), ("direction", scope.direction), ("lang", language)]
    asked += [("theme", theme), ("data", _digest(stamp)), ("period", source.period())]
    asked += [("type", one) for one in scope.types]
    return f"{SITES}?{urlencode([*asked, (KEY, _key(urlencode(asked)))])}"


def sites(request: Request) -> Response:
    """Answer with the sites as deck.gl draws them, or with 304 when the browser has them."""
    if not _is_ours(request):
        return JSONResponse({"error": "roles.not_allowed"}, status_code=403)
    scope = _scope(request)
    if scope is None:
        return JSONResponse({"error": "year, type or direction"}, status_code=400)
    language = language_of(request.query_params.get("lang"))
    try:
        stamp = source.stamp()
        tag = _tag(stamp, scope, language, request.query_params.get("theme", ""))
        if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        body = _sites(stamp, scope, language, request.query_params.get("theme", ""))
    except SynergiaError as error:
        return JSONResponse({"error": error.key}, status_code=503)
    # The stamp is part of the page's address, so an answer never grows stale; asking again costs a 304.
    headers = {"ETag": tag, "Cache-Control": "private, max-age=60"}
    return Response(body, media_type="application/json", headers=headers)


def _key(asked: str) -> str:
    """Sign what an address asks for, for all who see what the one who asks sees; for nobody there is no key."""
    who = viewer.current()
    secret = secrecy.cookie_secret(settings.load()).encode()
    told = f"{SITES}?{asked}\n{who.sight if who else ''}"
    return hmac.new(secret, told.encode(), sha256).hexdigest()


def _is_ours(request: Request) -> bool:
    asked, _, key = request.url.query.rpartition(f"&{KEY}=")
    period = request.query_params.get("period", "")
    fresh = period in {str(source.period()), str(source.period() - 1)}
    return viewer.current() is not None and fresh and hmac.compare_digest(key.encode(), _key(asked).encode())


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _scope(request: Request) -> Scope | None:
    asked = request.query_params
    year, direction, types = asked.get("year", ""), asked.get("direction", ""), asked.getlist("type")
    if not (year.isascii() and year.isdigit() and YEAR_MIN <= int(year) <= YEAR_MAX):
        return None
    if direction not in {"", *Direction} or not set(types) <= set(ResourceType):
        return None
    return Scope(int(year), tuple(sorted(set(types))), direction)


def _tag(*parts: object) -> str:
    return f'"{_digest(*parts)}"'


@lru_cache(maxsize=8)
def _sites(_stamp: str, scope: Scope, language: Language, theme: str) -> bytes:
    rows = site_points(overview.sites(source.engine(), scope), palette.of(theme), language)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


ROUTES: list[BaseRoute] = [Route(SITES, sites, methods=["GET"])]
