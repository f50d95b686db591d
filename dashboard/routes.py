"""Layers of the map that are fetched by address: too large to go through the page's own connection.

An answer holds what any visitor may see and nothing else: the queries leave out private resources, hidden names and
exact points of sites that show only their municipality.
"""

import json
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from config.errors import SynergiaError
from config.texts import Language, language_of
from dashboard import palette, source
from dashboard.views.overview_sites import site_points
from data.model import Direction, ResourceType
from data.queries import overview
from data.queries.scope import Scope

SITES = "/layers/sites.json"
YEAR_MIN, YEAR_MAX = 1900, 2200
# Inline up to so many sites, by address beyond.
INLINE_MAX = 5_000


def sites_address(stamp: str, scope: Scope, language: Language, theme: str) -> str:
    """Give the address of the sites of a choice; the stamp in it makes it another one when the data changes."""
    query = {"year": scope.year, "direction": scope.direction, "lang": language, "theme": theme, "stamp": stamp}
    return f"{SITES}?{urlencode([*query.items(), *(('type', one) for one in scope.types)])}"


def sites(request: Request) -> Response:
    """Answer with the sites as deck.gl draws them, or with 304 when the browser has them."""
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


def _scope(request: Request) -> Scope | None:
    asked = request.query_params
    year, direction, types = asked.get("year", ""), asked.get("direction", ""), asked.getlist("type")
    if not (year.isascii() and year.isdigit() and YEAR_MIN <= int(year) <= YEAR_MAX):
        return None
    if direction not in {"", *Direction} or not set(types) <= set(ResourceType):
        return None
    return Scope(int(year), tuple(sorted(set(types))), direction)


def _tag(*parts: object) -> str:
    return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


@lru_cache(maxsize=8)
def _sites(_stamp: str, scope: Scope, language: Language, theme: str) -> bytes:
    rows = site_points(overview.sites(source.engine(), scope), palette.of(theme), language)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


ROUTES: list[BaseRoute] = [Route(SITES, sites, methods=["GET"])]
