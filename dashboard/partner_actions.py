"""What a coordinator chooses on the page of nearby partners: a resource, a side of the border, a partner."""

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frame, layers_partners
from dashboard import source_partners as partners
from dashboard.views.partners import ROWS, SCOPES, Picked, Scope

ID_DIGITS = 18  # more than the store can count to
RESOURCE, PARTNER, SHOWN = "resource", "partner", "partner_rows_shown"
SEARCH = "partner_search"


def choose_resource(stamp: str, place: DeltaGenerator) -> int | None:
    """Show the box that finds a resource, and give the one chosen; None when there is none to choose."""
    language, asked = frame.language(), _number(filters.chosen(RESOURCE))
    labels = partners.choices(stamp, _search(stamp, place), language)
    own = {} if asked is None or asked in labels else partners.label(stamp, asked, language)
    if asked is not None and asked not in labels and not own:
        st.info(frame.say("partners.gone"), icon=":material/link_off:")
        asked = None
    labels = own | labels
    if not labels:
        _show_nothing()
        return None
    options = list(labels)
    key = f"{RESOURCE}_box_{asked}"  # the link decides what stands in the box
    place.selectbox(
        frame.say("partners.resource"),
        options,
        index=options.index(asked) if asked is not None else 0,
        format_func=labels.__getitem__,
        placeholder=frame.say("partners.choose"),
        key=key,
        on_change=_choose_resource,
        args=(key,),
    )
    return asked if asked is not None else options[0]


def _search(stamp: str, place: DeltaGenerator) -> str:
    """Ask for words first where there are more resources than a browser can search by itself."""
    if not partners.too_many(stamp):
        return ""
    return place.text_input(frame.say("partners.choose"), key=SEARCH, max_chars=100)


def _show_nothing() -> None:
    search = str(st.session_state.get(SEARCH, ""))
    if search:
        frame.empty(frame.say("partners.not_found", search=search))
    else:
        frame.empty(frame.say("partners.empty"), frame.say("partners.empty_text"))


def _choose_resource(key: str) -> None:
    filters.choose(RESOURCE, str(st.session_state[key]))
    filters.choose(PARTNER, None)
    st.session_state[SHOWN] = ROWS


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) <= ID_DIGITS else None


def choose_scope(picked: Picked) -> Scope:
    """Show the switch between the sides of the region border, each with its count."""
    counts = {str(scope): len(picked.within[scope]) for scope in SCOPES}
    scope = filters.switch(
        "scope",
        SCOPES,
        lambda one: frame.say(f"partners.scope_{one}", count=counts[one]),
        name=frame.say("partners.scope"),
        default=SCOPES[0],
    )
    return cast("Scope", scope)


def chosen_partner() -> int | None:
    """Tell whose row the link opens."""
    return _number(filters.chosen(PARTNER))


def from_map(key: str) -> None:
    """Open the row of the ring that was clicked."""
    objects = st.session_state[key].selection.objects
    picked = [one for layer, found in objects.items() if layer.startswith(layers_partners.PARTNERS) for one in found]
    if picked:
        filters.choose(PARTNER, str(picked[0]["partner"]))


def rows() -> int:
    """Tell how many rows the list shows."""
    return int(st.session_state.get(SHOWN, ROWS))


def show_all() -> None:
    """Show more rows of the list, in a callback."""
    st.session_state[SHOWN] = rows() * 2
