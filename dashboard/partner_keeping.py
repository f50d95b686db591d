"""From an idea to the form of a resource: a company is chosen and the form opens filled; nothing is saved by that."""

from typing import Any

import streamlit as st

from config.texts import Language
from dashboard import forms, frame, source
from dashboard.forms import resource
from dashboard.forms.sheet import Raw
from dashboard.literal import literal
from dashboard.views.partner_subject import Idea
from data import viewer
from data.queries import companies
from data.viewer import READERS
from geo import regions

MOST = 300
SEARCH, COMPANY = "idea_company_search", "idea_company"


def popover(stamp: str, idea: Idea) -> None:
    """Offer to open an idea as a new resource of a company, to whoever may add one somewhere."""
    who = viewer.current()
    if who is None or who.role in READERS or not frame.has_page("companies"):
        return
    with st.popover(frame.say("partners.keep"), icon=":material/add_business:"):
        frame.note(frame.say("partners.keep_note"))
        first = _found(stamp, idea.municipality, "")
        found = first if len(first) < MOST else _found(stamp, idea.municipality, _search())
        if not found:
            frame.note(frame.say("partners.keep_nobody"))
            return
        named = {int(one["id"]): one for one in found}
        chosen = st.selectbox(
            frame.say("partners.keep_company"), list(named), format_func=lambda one: _name(named[one]), key=COMPANY
        )
        if st.button(frame.say("partners.keep_open"), type="primary", key="idea_to_form"):
            open_form(idea, int(chosen), int(named[chosen]["site_id"]))


def open_form(idea: Idea, organisation_id: int, site_id: int) -> None:
    """Open the form of a new resource at a site with what the idea says, on the page of its company."""
    forms.open_form("resource", filled(idea, site_id, frame.language()), parent=organisation_id)
    frame.open_page("companies", organisation=str(organisation_id))


def filled(idea: Idea, site_id: int, language: Language) -> Raw:
    """Give what the fields of a new resource hold for an idea."""
    told: dict[str, object] = {"direction": idea.direction.value, "type": idea.type.value, "title": idea.words.strip()}
    if idea.tonnes is not None:
        told |= {"quantity": resource.plainly(idea.tonnes), "unit": "t"}
    return {**resource.fill(None, language, site_id), **told}


def _search() -> str:
    return st.text_input(frame.say("partners.keep_search"), key=SEARCH, max_chars=100, icon=":material/search:")


@st.cache_data(max_entries=64, show_spinner=False)
def _found(stamp: str, municipality: str, search: str) -> list[dict[str, Any]]:  # noqa: ARG001 - part of the cache's key
    found = companies.writable(source.engine(), municipality, search, MOST)
    return [{str(name): one for name, one in row.items()} for row in found.to_dict("records")]


def _name(row: dict[str, Any]) -> str:
    town = regions.load().municipalities[str(row["municipality"])].name(frame.language())
    return f"{literal(str(row['name'] or frame.say('frame.unnamed')))}, {town}"
