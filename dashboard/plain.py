"""Pages without Streamlit: server-rendered HTML for those who have no session, or whose connection may break."""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from config.settings import ROOT
from config.texts import Language
from dashboard import wording

TEMPLATES = ROOT / "dashboard" / "templates"
# No inline script or style: what such a page needs is a file of ours under /app/static.
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def page(
    template: str, language: Language, *, status: int = 200, framed_by: str = "'none'", **values: object
) -> HTMLResponse:
    """Fill a template of dashboard/templates; `say` gives texts in it, and every value is escaped.

    `framed_by` lists who may show the page in a frame, as frame-ancestors of a content policy wants it.
    """

    def say(key: str, **of_text: object) -> str:
        return wording.t(key, language, **of_text)

    body = _environment().get_template(template).render(language=language, say=say, **values)
    policy = "; ".join(f"{name} {value}" for name, value in {**POLICY, "frame-ancestors": framed_by}.items())
    return HTMLResponse(body, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
