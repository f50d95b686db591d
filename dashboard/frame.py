"""What every page stands in: language, colours, header, title row, map and words, legend, empty states."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from config import settings
from config.settings import ROOT
from config.texts import LANGUAGES, Language, language_of
from dashboard import identity, local_name, palette, style, wording
from dashboard.literal import literal
from dashboard.palette import Palette

LANGUAGE = "lang"
ACCOUNT = "account_name"
_PAGES = "pages_by_name"
COLUMNS_OVERVIEW = (53, 47)
COLUMNS_REST = (47, 53)
COLUMNS_MATRIX = (42, 58)
COLUMNS_IMPORT = (36, 64)


# The language of a run, asked for once: it names every text, and each run has a thread and so a context of its own.
_spoken: ContextVar[Language | None] = ContextVar("language", default=None)
_above: ContextVar[DeltaGenerator | None] = ContextVar("above", default=None)


class Columns(NamedTuple):
    """Hold the two halves of a page: the map's container, and the words."""

    map: DeltaGenerator
    words: DeltaGenerator


def language() -> Language:
    """Tell the user's language: from the link, else chosen before, else the browser's if Swedish, else Finnish.

    An English browser is no wish for English in Finland, so it gets the language of the settings.
    """
    return _spoken.get() or _language()


def _language() -> Language:
    asked = st.query_params.get(LANGUAGE) or st.session_state.get(LANGUAGE)
    default = settings.load().language
    if asked:
        chosen = language_of(asked, default)
    else:
        browser = language_of(st.context.locale, default)
        chosen = browser if browser == "sv" else default
    st.session_state[LANGUAGE] = chosen
    return chosen


def colours() -> Palette:
    """Give the colours of the theme that the browser shows."""
    return palette.of(st.context.theme.type)


def user() -> str:
    """Tell the name that goes into the history of changes."""
    standing = identity.current()
    known = standing.viewer.name if standing.viewer else ""
    # Whoever has signed in goes by the provider's name for them, and no other.
    return known if standing.person is not None else str(st.session_state.get(ACCOUNT) or known).strip()


def say(key: str, **values: object) -> str:
    """Give the text `key` in the user's language."""
    return wording.t(key, language(), **values)


def labels(prefix: str, options: Iterable[str]) -> Callable[[str], str]:
    """Give the function that names options by the texts `prefix` + option, looked up now and once."""
    return {one: say(f"{prefix}{one}") for one in options}.__getitem__


def begin() -> None:
    """Write what the page stands in before its content: style sheet, language of the document, logo."""
    _spoken.set(_language())
    if language() != settings.load().language:  # or a link that is passed on would change its language
        st.query_params[LANGUAGE] = language()
    st.html(style.sheet(colours()))
    st.html(f"<script>document.documentElement.lang='{language()}'</script>", unsafe_allow_javascript=True)
    if not st.context.is_embedded:
        name = "logo-dark.svg" if colours().theme == "dark" else "logo.svg"
        st.logo(str(ROOT / "static" / "brand" / name), size="large")
    _above.set(st.empty())


def above() -> DeltaGenerator:
    """Give the place above the page's content; it is the same one for a whole run."""
    place = _above.get()
    if place is None:  # a page that is drawn without its frame
        place = st.empty()
        _above.set(place)
    return place


def header() -> None:
    """Write the language menu and the account into the header; the last thing on a page."""
    if st.context.is_embedded:
        return
    with st.container(key="account", horizontal=True, gap="small"):
        st.menu_button(
            say(f"language.{language()}"),
            LANGUAGES,
            format_func=labels("language.", LANGUAGES),
            icon=":material/language:",
            type="tertiary",
            key="language_menu",
            on_click=_choose_language,
        )
        standing = identity.current()
        if not standing.refusal:
            with st.popover(literal(user()) or say("frame.account"), icon=":material/account_circle:", type="tertiary"):
                _account() if standing.person is None else _signed_in(standing)


def _account() -> None:
    st.text_input(
        say("frame.account_name"),
        value=user(),
        max_chars=100,
        placeholder=say("frame.account_hint"),
        key=ACCOUNT,
        on_change=_keep_name,
    )
    st.caption(say("frame.account_note"))


def _signed_in(standing: identity.Standing) -> None:
    if standing.viewer is not None:
        st.markdown(f"**{literal(standing.viewer.name)}**")
        regions = ", ".join(standing.viewer.regions)
        st.caption(say(f"role.{standing.viewer.role}") + (f" · {regions}" if regions else ""))
    st.button(say("sign_in.leave"), icon=":material/logout:", key="sign_out", on_click=sign_out)


def sign_out() -> None:
    """End the sign-in here, in every other window, and at the provider."""
    identity.end()
    st.logout()


def _keep_name() -> None:
    local_name.keep(settings.load(), str(st.session_state[ACCOUNT]))


def _choose_language() -> None:
    chosen = st.session_state.get("language_menu")
    if chosen in LANGUAGES:
        st.session_state[LANGUAGE] = chosen
        st.query_params[LANGUAGE] = chosen


def remember_page(name: str, page: Page) -> None:
    """Keep a page of the navigation for links to it."""
    st.session_state.setdefault(_PAGES, {})[name] = page


def page(name: str) -> Page:
    """Give a page that was kept."""
    kept: dict[str, Page] = st.session_state[_PAGES]
    return kept[name]


def has_page(name: str) -> bool:
    """Tell whether there is a page to link to."""
    return name in st.session_state.get(_PAGES, {})


def open_page(name: str, **query: str) -> None:
    """Go to another page with parameters in its link, keeping the language."""
    st.switch_page(st.session_state[_PAGES][name], query_params={**query, LANGUAGE: language()})


def title_row(title: str, *, demo: bool = False, downloads: Callable[[], None] | None = None) -> None:
    """Write the h1, the badge of invented data, and the menu whose entries `downloads` writes."""
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="stretch")
        if demo:
            badge()
        if downloads is not None:
            with st.popover(say("frame.download"), icon=":material/download:"):
                downloads()


def share() -> None:
    """Show the link that opens what is on the screen."""
    st.caption(say("frame.share"))
    here = (st.context.url or "").split("?")[0]
    query = urlencode([(key, value) for key in st.query_params for value in st.query_params.get_all(key)])
    st.code(f"{here}?{query}" if query else here, language=None)


def badge() -> None:
    """Mark the page as showing invented companies."""
    st.badge(say("frame.demo"), icon=":material/science:", color="gray", help=say("frame.demo_help"))


def sentence(html: str) -> None:
    """Write the sentence that answers the page's question; `html` comes from wording.rich, so it is escaped."""
    st.html(f'<p class="sentence">{html}</p>')


def note(words: str) -> None:
    """Write small print in the secondary colour."""
    st.html(f'<p class="note">{escape(words)}</p>')


def two_columns(shares: tuple[int, int] = COLUMNS_REST) -> Columns:
    """Set up map left and words right; the map fills the window and stays while the words scroll."""
    left, right = st.columns(shares, gap="medium")
    return Columns(left.container(key="map"), right.container(key="words"))


def legend(html: str, *, low: bool = False) -> None:
    """Write the legend over the map; the caller stands in the map's container and has escaped every value."""
    with st.container(key="legend_low" if low else "legend"):
        st.html(f'<div class="legend">{html}</div>')


def legend_below(html: str) -> None:
    """Write the legend once more, folded, into a container with the key legend_below, which only a telephone shows."""
    with st.expander(say("frame.legend")):
        st.html(f'<div class="legend">{html}</div>')


def attribution(words: str) -> None:
    """Name the sources of the map at its foot; the caller stands in the map's container."""
    with st.container(key="attribution"):
        note(words)


def empty(title: str, words: str = "") -> None:
    """Say what was looked for and the nearest thing that exists; the caller adds the button that gets there."""
    detail = f'<p class="empty-text">{escape(words)}</p>' if words else ""
    st.html(f'<p class="empty-title">{escape(title)}</p>{detail}')


def warn(words: str, reference: str = "") -> None:
    """Say in an amber box what is missing and what is shown instead."""
    st.warning(words, icon=":material/warning:")
    if reference:
        st.caption(say("frame.reference", reference=reference))
