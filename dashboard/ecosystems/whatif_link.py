"""A what-if view in the link: read from it, written to it, and taken back step by step."""

import re

import streamlit as st

from matching import concepts
from matching.whatif import Plant, Scenario
from matching.whatif_terms import NO_LIMIT_KM, Terms

CLOSED, PLANT, LIMIT, VALUE, TRANSPORT, PRICE = "closed", "plant", "limit", "value", "transport", "price"
KEYS = (CLOSED, PLANT, LIMIT, VALUE, TRANSPORT, PRICE)
PAST = "whatif_past"
STEPS_MOST, CLOSED_MOST, PLANTS_MOST, PRICES_MOST = 50, 20, 5, 10
LIMITS = {LIMIT: (10.0, NO_LIMIT_KM), VALUE: (0.0, 500.0), PRICE: (0.0, 5_000.0), TRANSPORT: (0.5, 3.0)}
_PLANT = re.compile(r"([a-z0-9_]{1,40}):(\d{3}):(\d{1,2}(?:\.\d{1,2})?)")
_PRICE = re.compile(r"([a-z0-9_]{1,60}):(\d{1,4}(?:\.\d{1,2})?)")


def read() -> Scenario:
    """Give the scenario of the link; what makes no sense in it is left out."""
    closed = [int(one) for one in st.query_params.get_all(CLOSED) if one.isascii() and one.isdigit() and len(one) < 19]  # noqa: PLR2004 - digits of a bigint
    found = [_PLANT.fullmatch(one) for one in st.query_params.get_all(PLANT)]
    plants = tuple(Plant(one[1], one[2], float(one[3])) for one in found if one is not None and float(one[3]) > 0)
    plain = Terms()
    terms = Terms(
        _number(LIMIT, plain.limit_km),
        _number(VALUE, plain.eur_per_tonne),
        _number(TRANSPORT, plain.transport),
        _prices(),
    )
    return Scenario(tuple(dict.fromkeys(closed))[:CLOSED_MOST], plants[:PLANTS_MOST], terms)


def _prices() -> tuple[tuple[str, float], ...]:
    """Give the prices of materials in the link, of each the last."""
    found = [_PRICE.fullmatch(one) for one in st.query_params.get_all(PRICE)]
    most = LIMITS[PRICE][1]
    told = {one[1]: min(float(one[2]), most) for one in found if one is not None and one[1] in concepts.load().concepts}
    return tuple(sorted(told.items()))[:PRICES_MOST]


def _number(key: str, otherwise: float) -> float:
    told = st.query_params.get(key, "")
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", told):
        return otherwise
    low, high = LIMITS[key]
    return min(max(float(told), low), high)


def write(scenario: Scenario) -> None:
    """Make the link that of another scenario, and remember the one before."""
    before = read()
    if before == scenario:
        return
    st.session_state[PAST] = [*st.session_state.get(PAST, []), before][-STEPS_MOST:]
    _put(scenario)


def undo() -> None:
    """Take the last step back."""
    past = st.session_state.get(PAST, [])
    if past:
        st.session_state[PAST] = past[:-1]
        _put(past[-1])


def any_step() -> bool:
    """Tell whether there is a step to take back."""
    return bool(st.session_state.get(PAST))


def _put(scenario: Scenario) -> None:
    plain, terms = Terms(), scenario.terms
    told = {
        CLOSED: [str(one) for one in scenario.closed],
        PLANT: [f"{one.kind}:{one.municipality}:{one.size:g}" for one in scenario.plants],
        LIMIT: [f"{terms.limit_km:g}"] if terms.limit_km != plain.limit_km else [],
        VALUE: [f"{terms.eur_per_tonne:g}"] if terms.eur_per_tonne != plain.eur_per_tonne else [],
        TRANSPORT: [f"{terms.transport:g}"] if terms.transport != plain.transport else [],
        PRICE: [f"{one}:{value:g}" for one, value in terms.prices],
    }
    for key, values in told.items():
        if values:
            st.query_params[key] = values
        elif key in st.query_params:
            del st.query_params[key]
