"""What every answer tells the browser to refuse: foreign scripts, foreign frames, guessing and leaking."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.texts import LANGUAGES

# The frame tells the browser the document's language by an inline script, one a language.
LANGUAGE_SCRIPT = "document.documentElement.lang='{}'"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _allowed_scripts() -> str:
    """List the hashes of the inline scripts that may run: Streamlit's own, as installed, and the frame's."""
    document = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = [*INLINE.findall(document), *map(LANGUAGE_SCRIPT.format, LANGUAGES)]
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' 'wasm-unsafe-eval' {_allowed_scripts()}",  # Streamlit's frontend runs WebAssembly
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's styled components write style elements
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",  # the base map cuts its tiles in a worker made from a blob
    "child-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
CONTENT_POLICY = "Content-Security-Policy"
HEADERS = {
    CONTENT_POLICY: "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# For two years; only where people come over TLS.
TLS_HEADERS = {"Strict-Transport-Security": "max-age=63072000"}


class SecurityHeaders:
    """Add the headers to every answer that goes out, and behind TLS to every cookie that it keeps to it."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self._app = app
        self._headers = HEADERS | TLS_HEADERS if secure else HEADERS
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer with the headers added."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                narrower = headers.get(CONTENT_POLICY)  # a page of ours that can do with less says so itself
                headers.update(self._headers)
                if narrower:
                    headers[CONTENT_POLICY] = narrower
                del headers["server"]
                if self._secure:
                    message["headers"] = [_kept_to_tls(*header) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _kept_to_tls(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Add what Streamlit leaves out of its cookies: never without TLS, never with another site's request."""
    if name.lower() != b"set-cookie":
        return name, value
    held = {part.partition(b"=")[0].strip().lower() for part in value.split(b";")[1:]}
    return name, value + b"".join(
        extra for word, extra in ((b"secure", b"; Secure"), (b"samesite", b"; SameSite=Lax")) if word not in held
    )
