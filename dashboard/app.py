"""The dashboard: its pages, the navigation between them, and the one place where an error becomes a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from secrets import token_hex

import streamlit as st
import structlog
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

from config.errors import SynergiaError
from config.settings import ROOT
from dashboard import frame, identity, measures, sign_in, turns
from data.viewer import Role

ROOT_PATH = "first"  # the default page answers at the root, and yet keeps an address from all others


@dataclass(frozen=True)
class Entry:
    """Name a page: its module in dashboard.pages, its icon, its address, and the menu it stands in."""

    name: str
    icon: str
    address: str
    menu: str = ""
    national: bool = False  # for the national coordinator alone; the page and the database refuse others, too


PAGES = (
    Entry("overview", "map", "overview"),
    Entry("partners", "near_me", "partners"),
    Entry("pipeline", "view_kanban", "synergies"),
    Entry("ecosystems", "hub", "ecosystems"),
    Entry("reports", "summarize", "reports"),
    Entry("companies", "apartment", "companies", menu="companies"),
    Entry("activation", "campaign", "activation", menu="companies"),
    Entry("experts", "school", "experts", menu="companies"),
    Entry("importing", "upload_file", "import", menu="companies"),
    Entry("doctor", "healing", "data-doctor", menu="companies"),
    Entry("matching", "fact_check", "matching", menu="companies"),
    Entry("sources", "menu_book", "sources", menu="companies"),
    Entry("workshop", "groups", "workshop", menu="workshop"),
    Entry("audit", "policy", "audit", menu="care", national=True),
)

# The pages beside this script are functions. Until st.navigation is first called, Streamlit would take the folder for
# scripts of its old kind: a process whose first visitor follows a link to /partners would show empty pages for good.
PagesManager.uses_pages_directory = False


def built() -> list[Entry]:
    """List the pages whose module is there."""
    return [entry for entry in PAGES if find_spec(f"dashboard.pages.{entry.name}") is not None]


def run() -> None:
    """Draw the page that the address asks for."""
    icon = str(ROOT / "static" / "brand" / "icon.svg")
    st.set_page_config(page_title=frame.say("product.name"), page_icon=icon, layout="wide")
    kept_out = bool(identity.current().refusal)
    # The pages stay known, so that a link to one of them opens it after signing in.
    chosen = st.navigation(_navigation(), position="hidden" if kept_out or st.context.is_embedded else "top")
    with turns.taken():
        frame.begin()
        try:
            if kept_out:
                measures.page("sign_in")
                sign_in.page()
            else:
                chosen.run()
        except SynergiaError as error:
            _refuse(error)
        frame.header()


def _navigation() -> dict[str, list[Page]]:
    menus: dict[str, list[Page]] = {"": []}
    viewer = identity.current().viewer
    for number, entry in enumerate(built()):
        heading = frame.say(f"nav.menu_{entry.menu}") if entry.menu else ""
        # Whoever may not see a page finds it in no menu; its address is answered by the page's own sentence.
        hidden = entry.national and viewer is not None and viewer.role is not Role.NATIONAL
        page = _page(entry, default=number == 0, hidden=hidden)
        if not hidden:
            frame.remember_page(entry.name, page)
        menus.setdefault("" if hidden else heading, []).append(page)
        if number == 0:
            menus[""].append(_by_name(entry))
    return menus


def _by_name(entry: Entry) -> Page:
    """Give the first page by its name, which Streamlit knows at the root alone: it goes there, with its link."""

    def go() -> None:
        st.switch_page(
            frame.page(entry.name),
            query_params=[(key, value) for key in st.query_params for value in st.query_params.get_all(key)],
        )

    return st.Page(go, title=frame.say(f"nav.{entry.name}"), url_path=entry.address, visibility="hidden")


def _page(entry: Entry, *, default: bool = False, hidden: bool = False) -> Page:
    return st.Page(
        _opener(entry.name),
        title=frame.say(f"nav.{entry.name}"),
        icon=f":material/{entry.icon}:",
        url_path=ROOT_PATH if default else entry.address,
        default=default,
        visibility="hidden" if hidden else "visible",
    )


def _opener(name: str) -> Callable[[], None]:
    def open_page() -> None:
        # Only the page that is asked for is imported: the others' libraries cost seconds.
        measures.page(name)
        import_module(f"dashboard.pages.{name}").page()

    return open_page


def _refuse(error: SynergiaError) -> None:
    st.error(frame.say(error.key, **error.values), icon=":material/error:")
    st.button(frame.say("frame.try_again"), key="try_again")


def failed(error: Exception) -> bool:
    """Say that a page broke and log it under a reference; the server calls this for what nothing else caught."""
    reference = token_hex(2).upper()
    measures.FAILED.inc()
    structlog.get_logger().error("page_failed", reference=reference, exc_info=error)
    st.error(frame.say("frame.failed", reference=reference), icon=":material/error:")
    st.button(frame.say("frame.try_again"), key=f"try_again_{reference}")
    return True


if __name__ == "__main__":
    run()
