"""Limit and prices of a what-if view: of all that is carried, and of single materials."""

from dataclasses import replace

import streamlit as st

from dashboard.ecosystems import materials, whatif_link
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.wording import number
from matching.whatif_terms import Terms

FIELDS = {
    whatif_link.LIMIT: ("limit_km", 10.0),
    whatif_link.VALUE: ("eur_per_tonne", 5.0),
    whatif_link.TRANSPORT: ("transport", 0.1),
}
OF, PRICE = "whatif_price_of", "whatif_price"
USUAL = 20.0


def draw(terms: Terms) -> None:
    """Draw what holds for all, and the form that gives a material its own price."""
    for name, (field, step) in FIELDS.items():
        low, high = whatif_link.LIMITS[name]
        value = float(getattr(terms, field))
        # The value is part of the key: what undo or another link brings is shown at once.
        key = f"whatif_{name}_{value:g}"
        st.number_input(say(f"whatif.{name}"), low, high, value, step, key=key, on_change=_turn, args=(name, key))
    names = {one: name for one, name in materials.choices(language()).items() if one}
    st.selectbox(say("whatif.price_of"), list(names), format_func=names.__getitem__, key=OF)
    st.number_input(say("whatif.price"), *whatif_link.LIMITS[whatif_link.PRICE], USUAL, 5.0, key=PRICE)
    st.button(say("whatif.price_add"), on_click=_more)


def told(terms: Terms) -> None:
    """List the prices of their own, each with a button that takes it away."""
    for at, (concept, value) in enumerate(terms.prices):
        price = number(value, language(), 0 if value == round(value) else 2)
        words = literal(say("whatif.price_remove", material=materials.name(concept, language()), price=price))
        key = f"whatif_price_less_{at}"
        st.button(words, key=key, icon=":material/close:", type="tertiary", on_click=_less, args=(concept,))


def _turn(name: str, key: str) -> None:
    scenario, value = whatif_link.read(), float(st.session_state[key])
    whatif_link.write(replace(scenario, terms=_with(scenario.terms, FIELDS[name][0], round(value, 3))))


def _with(terms: Terms, field: str, value: float) -> Terms:
    told = {name: value if name == field else float(getattr(terms, name)) for name, _ in FIELDS.values()}
    return Terms(**told, prices=terms.prices)


def _more() -> None:
    scenario, concept = whatif_link.read(), str(st.session_state[OF])
    prices = dict(scenario.terms.prices) | {concept: round(float(st.session_state[PRICE]), 2)}
    whatif_link.write(replace(scenario, terms=replace(scenario.terms, prices=tuple(sorted(prices.items())))))


def _less(concept: str) -> None:
    scenario = whatif_link.read()
    prices = tuple(one for one in scenario.terms.prices if one[0] != concept)
    whatif_link.write(replace(scenario, terms=replace(scenario.terms, prices=prices)))
