"""What the pages of planners read: sums by material, place and way, cached as long as the data is the same."""

import pandas as pd
import streamlit as st

from dashboard.ecosystems import materials
from dashboard.source import engine
from dashboard.views import ecosystem_balance
from data import viewer
from data.model import ROLLUP, Stage
from data.queries import balance, flows, indicators, protected
from data.viewer import Role
from geo import regions, sub_regions


@st.cache_resource(max_entries=8, show_spinner=False)
def balance_atoms(stamp: str, year: int, types: tuple[str, ...] = ()) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Sum up offers and needs of a year; never to be changed in place, for all who look share it."""
    return balance.atoms(engine(), year, types or ecosystem_balance.THINGS)


@st.cache_resource(max_entries=8, show_spinner=False)
def balance_cells(stamp: str, year: int) -> pd.DataFrame:
    """Sum up every cell of a balance for those who may only be told sums, and for files: few companies are hidden."""
    paths, subs = materials.tree().paths, sub_regions.of_municipality()
    within = {code: (subs[code], place.region) for code, place in regions.load().municipalities.items()}
    if only_sums():
        return balance.shared(engine(), year, paths, within, ecosystem_balance.THINGS)
    atoms = balance_atoms(stamp, year)
    return protected.cells(atoms, paths, within)


def only_sums() -> bool:
    """Tell whether the one who asks is told sums of what is not public, and so none of few companies."""
    who = viewer.current()
    return who is not None and who.role is Role.PLANNER


@st.cache_resource(max_entries=8, show_spinner=False)
def flow_atoms(stamp: str, year: int) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Sum up synergies of a year by the regions they lead from and to; never to be changed in place."""
    return flows.atoms(engine(), year)


@st.cache_data(max_entries=32, show_spinner=False)
def flow_pairs(stamp: str, year: int, start: str, end: str) -> pd.DataFrame:  # noqa: ARG001 - part of the cache's key
    """List the synergies from one region to another with their roll-up."""
    rows = flows.pairs(engine(), year, start, end)
    return rows.assign(rollup=[str(ROLLUP[Stage(one)]) for one in rows["stage"]])


@st.cache_resource(max_entries=8, show_spinner=False)
def companies_by_year(stamp: str, years: tuple[int, ...]) -> pd.DataFrame:  # noqa: ARG001 - part of the cache's key
    """Count companies by region and year."""
    return indicators.companies(engine(), years)
