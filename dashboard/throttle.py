"""How often one address may ask: whoever tries sign-ins or walks through routes by the thousand has to wait."""

import time
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from config.settings import Settings
from config.texts import text
from dashboard import measures
from dashboard.seeing import OPEN

# An address may be a whole organisation's, at the beginning of a workshop.
SIGN_INS = RateLimitItemPerMinute(60, namespace="sign-ins")
WINDOWS = RateLimitItemPerMinute(240, namespace="windows")
ROUTES = RateLimitItemPerMinute(600, namespace="routes")
# A room of two hundred telephones behind one address; codes that are wrong are counted by the gate itself.
WORKSHOPS = RateLimitItemPerMinute(9000, namespace="workshops")
WORKSHOP_PATHS = ("/entry", "/screen")
SIGN_IN_PATHS = ("/auth/", "/oauth2callback")
TOO_MANY = 429
NETWORK_BITS = 64  # of one subscriber, who has as many addresses of IPv6 as he likes


class Throttle:
    """Refuse with one sentence and the time to wait what comes too often from one address."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._language = settings.language
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes at a bearable pace."""
        item = limit(scope)
        if item is None or self._limiter.hit(item, address(scope)):
            await self._app(scope, receive, send)
            return
        measures.REFUSED.labels("pace").inc()
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1013})
            return
        wait_s = max(1, round(self._limiter.get_window_stats(item, address(scope)).reset_time - time.time()))
        key = "sign_in.busy" if item is SIGN_INS else "sign_in.slow_down"
        answer = PlainTextResponse(
            text(key, self._language, seconds=wait_s), TOO_MANY, headers={"Retry-After": str(wait_s)}
        )
        await answer(scope, receive, send)


def limit(scope: Scope) -> RateLimitItem | None:
    """Tell how often what is asked for may be; None: as often as one likes, as the frontend's own files."""
    if scope["type"] == "websocket":
        return WINDOWS
    if scope["type"] != "http":
        return None
    if scope["path"].startswith(SIGN_IN_PATHS):
        return SIGN_INS
    if scope["path"].startswith(WORKSHOP_PATHS):
        return WORKSHOPS
    return None if scope["path"].startswith(OPEN) else ROUTES


def address(scope: Scope) -> str:
    """Give whose requests are counted together: an address, of IPv6 a subscriber's network."""
    client = scope.get("client")
    try:
        found = ip_address(client[0] if client else "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> (128 - NETWORK_BITS))
    return str(found)
