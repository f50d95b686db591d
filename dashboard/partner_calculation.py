"""The dialog that reckons a haul out: vehicle, price and value as the user sets them, for all partners of the page."""

from html import escape

import streamlit as st

from config import factors
from config.errors import SynergiaError
from config.factors import Factor
from dashboard import frame
from dashboard.partner_shown import Shown
from dashboard.views import partner_calculation as view
from dashboard.views import partner_terms
from dashboard.views.partner_terms import FIGURES, SHARES, VALUE, Terms
from dashboard.views.partners import Row
from data.importers import numbers
from geo import vehicles
from matching.proposals import moved

WISH = "haul_wish"  # what the user has set: vehicle, and figures by name
OPEN = "haul_open"
TYPED = (VALUE, *(name for name in FIGURES if name not in SHARES))
LARGEST = 100_000.0


def terms() -> Terms:
    """Give what hauls are reckoned with in this session."""
    wish = st.session_state.get(WISH, {})
    return partner_terms.of(wish.get("vehicle", vehicles.DEFAULT), wish.get("own"))


def button(row: Row) -> None:
    """Draw the button that opens the dialog of a partner."""
    label = frame.say("partners.calculation")
    st.button(label, icon=":material/calculate:", type="tertiary", key="haul", on_click=_open, args=(row.partner,))


def _open(partner: int) -> None:
    st.session_state[OPEN] = partner


def _close() -> None:
    st.session_state.pop(OPEN, None)


def show(shown: Shown) -> None:
    """Draw the dialog if it is open; the last thing that the page draws."""
    row = shown.view.selected
    if row is not None and st.session_state.get(OPEN) == row.partner and partner_terms.haul(row.match, terms()):
        name = row.name or frame.say("frame.unnamed")
        title = frame.say("calc.title", name=f"{name}, {row.place.name}")
        st.dialog(title, width="large", on_dismiss=_close)(_draw)(row)


def _draw(row: Row) -> None:
    st.html(view.sheet(frame.colours()))
    left, right = st.columns((40, 60), gap="large")
    with left:
        _inputs()
    with right:
        tonnes = moved(row.match)
        st.html(view.table(view.parts(row.match, terms(), tonnes, frame.language())))
    frame.note(frame.say("calc.note"))
    with st.expander(frame.say("calc.sources")):
        st.html(view.sources(row.match, terms(), _worth(), frame.language()))


def _worth() -> Factor:
    default = factors.load()["exchange.value"]
    return default.model_copy(update={"value": terms().value_eur_per_t})


def _inputs() -> None:
    now = terms()
    st.session_state.setdefault(_key("vehicle"), now.vehicle.name)
    st.selectbox(
        frame.say("calc.vehicle"),
        list(vehicles.load()),
        format_func=frame.labels("vehicle.", vehicles.load()),
        key=_key("vehicle"),
        placeholder=frame.say("calc.vehicle"),
        on_change=_choose_vehicle,
    )
    first, second = st.columns(2)
    for at, name in enumerate(TYPED):
        with (first, second)[at % 2]:
            _typed(name, now)
    for name in sorted(SHARES, reverse=True):
        st.session_state.setdefault(_key(name), round(100 * now.vehicle.value(name)))
        least = 0 if name == "empty_return" else 10
        label = frame.say(f"calc.input_{name}")
        st.slider(label, least, 100, step=5, format="%d %%", key=_key(name), on_change=_keep_share, args=(name,))
    st.button(frame.say("calc.reset"), type="tertiary", key="haul_reset", disabled=not _changed(), on_click=_reset)


def _changed() -> bool:
    return bool(st.session_state.get(WISH))


def _typed(name: str, now: Terms) -> None:
    value = now.value_eur_per_t if name == VALUE else now.vehicle.value(name)
    st.session_state.setdefault(_key(name), view.plainly(value, frame.language()))
    label = frame.say(f"calc.input_{name}")
    st.text_input(label, key=_key(name), max_chars=12, on_change=_keep_typed, args=(name,))
    if said := st.session_state.get(_fault(name)):
        st.html(f'<p class="note" role="alert" style="color:{frame.colours().error_text}">{escape(said)}</p>')


def _key(name: str) -> str:
    return f"haul_{name}"


def _fault(name: str) -> str:
    return f"haul_fault_{name}"


def _keep_typed(name: str) -> None:
    typed = str(st.session_state[_key(name)])
    read = numbers.number(typed, "." if frame.language() == "en" else ",", large=LARGEST)
    st.session_state.pop(_fault(name), None)
    if read.value is None:
        st.session_state[_fault(name)] = frame.say("calc.not_a_number", value=typed)
    else:
        _keep(name, read.value)


def _keep_share(name: str) -> None:
    _keep(name, st.session_state[_key(name)] / 100)


def _keep(name: str, value: float) -> None:
    wish = st.session_state.get(WISH, {})
    chosen, own = wish.get("vehicle", vehicles.DEFAULT), {**wish.get("own", {}), name: value}
    try:
        partner_terms.of(chosen, own)
    except SynergiaError:
        st.session_state[_fault(name)] = frame.say("calc.too_small", value=str(st.session_state[_key(name)]))
        return
    st.session_state[WISH] = {"vehicle": chosen, "own": own}


def _choose_vehicle() -> None:
    """Take another vehicle with its own figures; what a tonne is worth has nothing to do with it."""
    own = st.session_state.get(WISH, {}).get("own", {})
    st.session_state[WISH] = {"vehicle": st.session_state[_key("vehicle")], "own": _only_value(own)}
    _forget(*FIGURES)


def _only_value(own: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in own.items() if name == VALUE}


def _reset() -> None:
    st.session_state.pop(WISH, None)
    _forget("vehicle", VALUE, *FIGURES)


def _forget(*names: str) -> None:
    for name in names:
        st.session_state.pop(_key(name), None)
        st.session_state.pop(_fault(name), None)
