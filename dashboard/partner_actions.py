"""What a coordinator chooses among nearby partners: how far, a side of the border, a partner, whom to compare."""

from collections.abc import Collection
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frame, layers_partners, old_links
from dashboard.partner_choosing import PARTNER, SHOWN, number
from dashboard.views.partner_pick import DEFAULT, MOST, SCOPES, STEP, UNITS, Limit, Picked, Scope, Unit
from dashboard.views.partners import ROWS

COMPARED = "compare"
COMPARED_MOST = 3


def choose_unit() -> Unit:
    """Show the switch between kilometres and minutes."""
    picked = filters.switch(
        "unit", UNITS, frame.labels("partners.unit_", UNITS), name=frame.say("partners.unit"), default=UNITS[0]
    )
    return cast("Unit", picked)


def choose_limit(unit: Unit, place: DeltaGenerator) -> Limit:
    """Show the slider of the limit."""
    label = frame.say("partners.limit" if unit == "km" else "partners.limit_min")
    asked = st.query_params.get(unit)  # the slider forgets by itself what it can't show
    if asked is not None and not (asked.isdecimal() and int(asked) in range(0, MOST[unit] + 1, STEP)):
        old_links.note(unit, [asked])
    amount = place.slider(label, 0, MOST[unit], DEFAULT[unit], STEP, key=unit, bind="query-params")
    return Limit(amount, unit)


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
    return number(filters.chosen(PARTNER))


def look_for_gone(there: Collection[int]) -> None:
    """Say which partners of the link there are not."""
    for key in (PARTNER, COMPARED):
        asked = st.query_params.get_all(key)
        old_links.note(key, [one for one in asked if one and number(one) not in there])


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


def compared() -> list[int]:
    """Give the partners that stand side by side, as the link has them."""
    found = [number(one) for one in st.query_params.get_all(COMPARED)]
    return list(dict.fromkeys(one for one in found if one is not None))[:COMPARED_MOST]


def compare(partner: int) -> None:
    """Put a partner beside the others or take it away again, in a callback."""
    now = compared()
    if partner in now:
        now.remove(partner)
    elif len(now) == COMPARED_MOST:
        st.toast(frame.say("partners.compare_full", count=COMPARED_MOST), icon=":material/warning:")
    else:
        now.append(partner)
    filters.choose(COMPARED, [str(one) for one in now])


def compare_nobody() -> None:
    """Take all away, in a callback."""
    filters.choose(COMPARED, None)
