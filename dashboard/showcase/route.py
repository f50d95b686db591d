"""The address of the showcase: whoever asks, it is read in the eyes of the public."""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from config import settings
from config.errors import SynergiaError
from config.texts import LANGUAGES, Language, language_of
from dashboard import plain, source
from dashboard.views import showcase as view
from data.queries import showcase as queries
from data.viewer import Role, Viewer, viewing

ADDRESS = "/showcase"
PUBLIC = Viewer("", Role.PUBLIC)
NOT_NOW = 503


def answer(request: Request) -> Response:
    """Show the released synergies, in a frame of somebody else's page where `embed` is asked for."""
    chosen = settings.load()
    asked = request.query_params
    language = language_of(asked.get("lang"), chosen.language)
    try:
        with viewing(PUBLIC):  # also for those who have signed in: what they may see besides is not shown here
            shown = _view(source.stamp(), language)
    except SynergiaError:
        return _away(language)
    embed = asked.get("embed") == "true"
    return plain.page(
        "showcase.html",
        language,
        framed_by=chosen.showcase_framed_by if embed else "'none'",
        view=shown,
        sentence=view.sentence(shown, language),
        width=view.WIDTH,
        embed=embed,
        languages=LANGUAGES,
    )


@lru_cache(maxsize=len(LANGUAGES))
def _view(_stamp: str, language: Language) -> view.View:
    engine = source.engine()
    return view.build(queries.cards(engine), queries.benefits(engine), language)


def _away(language: Language) -> HTMLResponse:
    return plain.page("showcase_away.html", language, status=NOT_NOW)


ROUTES: list[BaseRoute] = [Route(ADDRESS, answer, methods=["GET"])]
