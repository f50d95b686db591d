"""Saved what-if views: keep this one, open another, compare several side by side."""

import pandas as pd
import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source
from dashboard.ecosystems import whatif_link
from dashboard.ecosystems import whatif_source as reads
from dashboard.ecosystems.choice import Choice
from dashboard.forms import undo
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.views import ecosystem_whatif as views
from data import viewer
from data.queries import scenarios as queries
from data.store import scenarios
from data.viewer import Role
from matching.whatif import Answer, Scenario, of_json

NAME, SAID = "whatif_name", "whatif_said"
COMPARED_MOST = 4
MAY = frozenset({Role.NATIONAL, Role.REGIONAL, Role.PLANNER})


def show(stamp: str, choice: Choice, scenario: Scenario, found: Answer) -> None:
    """Show them to those who may keep any."""
    who = viewer.current()
    if who is None or who.role not in MAY:
        return
    st.subheader(say("whatif.kept"), anchor=False)
    if not scenario.nothing:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(say("whatif.name"), max_chars=100, key=NAME)
            st.button(say("whatif.save"), on_click=_save, args=(scenario,))
    if said := st.session_state.pop(SAID, ""):
        st.markdown(literal(said))
    kept = queries.kept(source.engine())
    if len(kept):
        _compared(stamp, choice, scenario, (found, kept))


def _save(scenario: Scenario) -> None:
    name = str(st.session_state.get(NAME, ""))
    try:
        scenarios.add(source.engine(), frame.user(), name, scenario.as_json())
    except SynergiaError as error:
        st.session_state[SAID] = undo.refusal(error)
        return
    st.session_state[SAID] = say("whatif.saved", name=name)
    st.session_state[NAME] = ""


def _compared(stamp: str, choice: Choice, scenario: Scenario, known: tuple[Answer, pd.DataFrame]) -> None:
    found, kept = known
    names = dict(zip(kept["id"].astype(int), kept["name"].astype(str), strict=True))
    told = dict(zip(kept["id"].astype(int), kept["told"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = st.selectbox(
            say("whatif.open_one"), list(names), index=None, format_func=names.__getitem__, key="whatif_saved"
        )
        st.button(
            say("whatif.open"), disabled=one is None, on_click=_open, args=(of_json(told[one]) if one else Scenario(),)
        )
    picked = st.multiselect(
        say("whatif.compare"),
        list(names),
        format_func=names.__getitem__,
        max_selections=COMPARED_MOST,
        key="whatif_compare",
    )
    if picked:
        beside = [(say("whatif.today"), found.before)]
        if not scenario.nothing:
            beside.append((say("whatif.this"), found.after))
        beside += [(names[at], reads.answer(stamp, choice, of_json(told[at])).after) for at in picked]
        st.dataframe(views.side_by_side(beside, language()), hide_index=True, key="whatif_beside")


def _open(scenario: Scenario) -> None:
    whatif_link.write(scenario)
