"""What the pages of planners read: sums by material, place and way, cached as long as the data is the same."""

import pandas as pd
import streamlit as st

from dashboard.source import engine
from data.queries import balance


@st.cache_resource(max_entries=8, show_spinner=False)
def balance_atoms(stamp: str, year: int) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Sum up offers and needs of a year; never to be changed in place, for all who look share it."""
    return balance.atoms(engine(), year)
