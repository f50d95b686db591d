"""One company: its name, what can be done with it, and its parts as a switch."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import coordinating, filters, forms, frame, layers_companies
from dashboard.activation import company as activation
from dashboard.companies import listing, profile_facts, resources, sites, timeline
from dashboard.forms import organisation, resource, site
from dashboard.reading import Reader
from dashboard.views import companies as list_view
from dashboard.views import company as view
from data.queries import companies as queries
from data.store import edit
from geo import regions

TABS = ("resources", "sites", "contacts", "facts", "history")
TAB = "tab"


def draw(columns: frame.Columns, read: Reader, company: Mapping[str, Any]) -> None:
    """Draw a company and the map of its sites."""
    organisation_id = int(company["id"])
    held = read(queries.resources, organisation_id)
    own = read(queries.sites, organisation_id)
    with columns.words:
        st.button(
            frame.say("companies.back"), type="tertiary", icon=":material/arrow_back:", key="back", on_click=_leave
        )
        _title(company)
        forms.notice()
        frame.sentence(view.summary(held, len(own), frame.language()))
        _buttons(company, own)
        counts = {"resources": len(held), "sites": len(own)}
        tab = filters.switch(
            TAB,
            [one for one in TABS if one != "contacts" or coordinating.may_know_people()],
            lambda one: frame.say(f"company.tab_{one}", count=counts.get(one, 0)),
            name=frame.say("company.tab"),
            default="resources",
        )
        if tab == "resources":
            resources.draw(read, organisation_id, held, own)
        elif tab == "sites":
            sites.draw(organisation_id, own)
        elif tab == "contacts":
            activation.draw(organisation_id, int(company["version"]), str(company["activation"]), str(company["name"]))
        elif tab == "facts":
            st.html(profile_facts.as_html(view.facts(company, frame.language())))
        else:
            timeline.draw(read(queries.history, organisation_id))
    with columns.map:
        _map(company, own)


def _title(company: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        # Not st.title: a name is shown letter by letter.
        st.html(f'<h1 class="name">{escape(str(company["name"]))}</h1>', width="stretch")
        if not company["naming_consent"]:
            st.badge(
                frame.say("frame.unnamed"), icon=":material/lock:", color="gray", help=frame.say("companies.locked")
            )
        if company["demo"]:
            frame.badge()


def _buttons(company: Mapping[str, Any], own: pd.DataFrame) -> None:
    organisation_id, row = int(company["id"]), edit.Row("organisation", int(company["id"]), int(company["version"]))
    first = int(own["id"].iloc[0]) if len(own) else None
    opened = filters.chosen("resource") is not None
    with st.container(horizontal=True):
        st.button(
            frame.say("company.add_resource"),
            type="secondary" if opened or first is None else "primary",
            icon=":material/add:",
            key="add_resource",
            disabled=first is None,
            on_click=lambda: forms.open_form(
                "resource", resource.fill(None, frame.language(), first), parent=organisation_id
            ),
        )
        st.button(
            frame.say("company.add_site"),
            type="primary" if first is None else "secondary",
            key="add_site",
            on_click=lambda: forms.open_form("site", site.fill(None), parent=organisation_id),
        )
        st.button(
            frame.say("company.edit"),
            type="tertiary",
            icon=":material/edit:",
            key="edit_organisation",
            on_click=lambda: forms.open_form("organisation", organisation.fill(company), row),
        )


def _leave() -> None:
    for name in ("organisation", "site", "resource"):
        filters.choose(name, None)


def _map(company: Mapping[str, Any], own: pd.DataFrame) -> None:
    language, colours = frame.language(), frame.colours()
    told = own.assign(organisation_id=company["id"], organisation=company["name"])
    spots = list_view.spots(told, regions.load(), language)
    chosen = filters.chosen("site") or ""
    chosen_id = int(chosen) if chosen.isdigit() and int(chosen) in set(own["id"]) else None
    key = f"map_company_{company['id']}_{chosen_id or 0}"
    st.pydeck_chart(
        layers_companies.company(spots, chosen_id, colours),
        height="stretch",
        key=key,
        on_select=lambda: _from_map(key),
        selection_mode="single-object",
        alt=frame.say("company.map_alt", organisation=company["name"], sites=len(own)),
    )
    frame.legend(listing.legend(colours, chosen=chosen_id is not None))


def _from_map(key: str) -> None:
    found = st.session_state[key].selection.get("objects", {}).get("sites", [])
    if found:
        filters.choose("site", str(found[0]["id"]))
