"""Back to the link that somebody asked for before signing in: Streamlit itself comes back to the first page always."""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAVING = "/auth/login"
ARRIVING = "/oauth2callback"
ASKED = "synergia_asked_for"
# Time enough for a password and a second factor.
KEPT_S = 900
LONGEST = 2000


class Returning:
    """Keep the link in a cookie while its reader is at the provider's, and go there afterwards."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the page that a sign-in starts from, or send on to the one that was noted."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in {LEAVING, ARRIVING}:
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        asked = here(sent.get("referer", "")) if path == LEAVING else ""
        noted = unquote(cookie_parser(sent.get("cookie", "")).get(ASKED, "")) if path == ARRIVING else ""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if asked:
                    headers.append("Set-Cookie", _cookie(quote(asked, safe=""), KEPT_S))
                if noted:
                    headers.append("Set-Cookie", _cookie("", 0))
                    if headers.get("location") == "/" and here(noted) == noted:
                        headers["location"] = noted
            await send(message)

        await self._app(scope, receive, send_on)


def here(address: str) -> str:
    """Give path and query of an address, as one of our own pages; empty for what could lead elsewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    local = parts.path + (f"?{parts.query}" if parts.query else "")
    doubtful = parts.path.startswith("//") or "\\" in local or not local.isprintable() or len(local) > LONGEST
    return "" if doubtful or not parts.path.startswith("/") else local


def _cookie(value: str, seconds: int) -> str:
    return f"{ASKED}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax"
