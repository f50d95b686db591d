"""What the pages of planners read: sums by material, place and way, cached as long as the data is the same."""

import pandas as pd
import streamlit as st

from dashboard.source import engine
from data.model import ROLLUP, Stage
from data.queries import balance, flows


@st.cache_resource(max_entries=8, show_spinner=False)
def balance_atoms(stamp: str, year: int) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Sum up offers and needs of a year; never to be changed in place, for all who look share it."""
    return balance.atoms(engine(), year)


@st.cache_resource(max_entries=8, show_spinner=False)
def flow_atoms(stamp: str, year: int) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Sum up synergies of a year by the regions they lead from and to; never to be changed in place."""
    return flows.atoms(engine(), year)


@st.cache_data(max_entries=32, show_spinner=False)
def flow_pairs(stamp: str, year: int, start: str, end: str) -> pd.DataFrame:  # noqa: ARG001 - part of the cache's key
    """List the synergies from one region to another with their roll-up."""
    rows = flows.pairs(engine(), year, start, end)
    return rows.assign(rollup=[str(ROLLUP[Stage(one)]) for one in rows["stage"]])
