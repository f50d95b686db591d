"""Saved what-if views: keep this one, open another, compare several side by side."""

import pandas as pd
import streamlit as st

from config.errors import SynergiaError
from dashboard import filters, frame, source
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
from matching.whatif_terms import Figures

NAME, SAID = "whatif_name", "whatif_said"
COMPARED_MOST = 4
COMPARED = "compare"  # in the link, too
ROW_PX = 35
Beside = list[tuple[str, Figures]]

MAY = frozenset({Role.NATIONAL, Role.REGIONAL, Role.PLANNER})


def show(stamp: str, choice: Choice, scenario: Scenario, found: Answer) -> Beside:
    """Show them to those who may keep any; give what stands side by side."""
    beside = [(say("whatif.today"), found.before)]
    if not scenario.nothing:
        beside.append((say("whatif.this"), found.after))
    who = viewer.current()
    if who is None or who.role not in MAY:
        return beside
    st.subheader(say("whatif.kept"), anchor=False)
    if not scenario.nothing:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(say("whatif.name"), max_chars=100, key=NAME)
            st.button(say("whatif.save"), on_click=_save, args=(scenario,))
    if said := st.session_state.pop(SAID, ""):
        st.markdown(literal(said))
    kept = queries.kept(source.engine())
    if len(kept):
        beside += _compared(stamp, choice, beside, kept)
    elif scenario.nothing:
        frame.note(say("whatif.kept_none"))
    return beside


def _save(scenario: Scenario) -> None:
    name = str(st.session_state.get(NAME, ""))
    try:
        scenarios.add(source.engine(), frame.user(), name, scenario.as_json())
    except SynergiaError as error:
        st.session_state[SAID] = undo.refusal(error)
        return
    st.session_state[SAID] = say("whatif.saved_as", name=name)
    st.session_state[NAME] = ""


def _compared(stamp: str, choice: Choice, beside: Beside, kept: pd.DataFrame) -> Beside:
    """Let kept views be opened and compared; give the figures of those that are picked."""
    names = dict(zip(kept["id"].astype(int), kept["name"].astype(str), strict=True))
    told = dict(zip(kept["id"].astype(int), kept["told"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = st.selectbox(
            say("whatif.open_one"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=say("form_help.choose"),
            key="whatif_saved",
        )
        st.button(
            say("whatif.open"), disabled=one is None, on_click=_open, args=(of_json(told[one]) if one else Scenario(),)
        )
    options = [str(at) for at in names]
    filters.seed(COMPARED, options, [])
    st.session_state[COMPARED] = [one for one in st.session_state[COMPARED] if one in options][:COMPARED_MOST]
    picked = st.multiselect(
        say("whatif.compare"),
        options,
        format_func=lambda one: names[int(one)],
        max_selections=COMPARED_MOST,
        placeholder=say("form_help.choose"),
        select_all=False,
        key=COMPARED,
    )
    filters.keep(COMPARED, [])
    more = [(names[at], reads.answer(stamp, choice, of_json(told[at])).after) for at in map(int, picked)]
    if more:
        table = views.side_by_side([*beside, *more], language())
        st.dataframe(table, hide_index=True, row_height=ROW_PX, key="whatif_beside")
    return more


def _open(scenario: Scenario) -> None:
    whatif_link.write(scenario)
