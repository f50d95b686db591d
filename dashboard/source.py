"""What pages read: the engine once a process, and frames from data.queries, cached as long as the data is the same.

A cached function takes `stamp()` as its first argument: it changes whenever a row of the store does, whoever wrote it,
so a page never shows yesterday's figures and 30 viewers of the same page cost one query.
"""

from math import inf
from time import monotonic, time

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from config import settings
from data import cluster, queries, store, viewer
from data.queries import benefits as benefits_read
from data.queries import overview
from data.queries import synergies as synergies_read
from data.queries.scope import Scope

STAMP_HOLDS_S = 0.2
SIGHT = "~"
ADDRESS_S = 12 * 3600


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """Open the pool of connections, once a process; each transaction of it is in the eyes of who asks."""
    chosen = settings.load()
    return store.bound(cluster.app_url(chosen), chosen.pool_size)


class _Stamp:
    """Remember the stamp for a moment, so that thirty pages at once ask for it once, and count our own changes."""

    asked_s = -inf
    told = ""
    changes = 0


def stamp() -> str:
    """Tell the state of the data and what of it the one who asks may see: another text after any change.

    Whoever sees the same shares what is cached under it, and nobody else; and not for longer than addresses last that
    are a part of it.
    """
    if monotonic() - _Stamp.asked_s > STAMP_HOLDS_S:
        _Stamp.told = f"{queries.stamp(engine())}.{_Stamp.changes}"
        _Stamp.asked_s = monotonic()
    who = viewer.current()
    return f"{_Stamp.told}{SIGHT}{who.sight if who else ''}@{period()}"


def of_all(stamp: str) -> str:
    """Give the part of a stamp that is the same for everybody: the state of the data."""
    return stamp.partition(SIGHT)[0]


def period() -> int:
    """Give the number of this half day: an address that is given out holds for it and the next."""
    return int(time() // ADDRESS_S)


def refresh() -> None:
    """Take another stamp at once: after one's own change, which the store's stamp may tell a second late."""
    _Stamp.changes += 1
    _Stamp.asked_s = -inf


@st.cache_data(max_entries=128, show_spinner=False)
def resources(stamp: str, scope: Scope) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Count resources by region and municipality."""
    return overview.resources(engine(), scope)


@st.cache_resource(max_entries=1, show_spinner=False)
def _synergy_facts(stamp: str) -> synergies_read.Facts:  # noqa: ARG001 - the stamp is a part of the cache's key
    return synergies_read.facts(engine())


@st.cache_resource(max_entries=1, show_spinner=False)
def _benefit_facts(stamp: str) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    return benefits_read.facts(engine())


@st.cache_data(max_entries=16, show_spinner=False)
def _left_after(stamp: str, year: int) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    return synergies_read.left_after(engine(), year)


@st.cache_data(max_entries=128, show_spinner=False)
def synergies(stamp: str, scope: Scope) -> pd.DataFrame:
    """Count synergies by region, municipality, flow and stage."""
    return synergies_read.summed(_synergy_facts(stamp), _left_after(stamp, scope.year), scope)


@st.cache_data(max_entries=32, show_spinner=False)
def standing(stamp: str, year: int, region: str) -> pd.DataFrame:
    """List the synergies that were completed or moving ahead at the end of a year."""
    return synergies_read.standing(_synergy_facts(stamp), _left_after(stamp, year), Scope(year), region)


@st.cache_data(max_entries=128, show_spinner=False)
def benefits(stamp: str, scope: Scope) -> pd.DataFrame:
    """Sum benefits by region, municipality and metric."""
    return benefits_read.summed(_benefit_facts(stamp), _synergy_facts(stamp), scope)


@st.cache_data(max_entries=32, show_spinner=False)
def sites(stamp: str, scope: Scope, region: str, most: int) -> pd.DataFrame:  # noqa: ARG001 - part of the cache's key
    """List sites, those with the most resources first."""
    return overview.sites(engine(), scope, region, most)


@st.cache_data(max_entries=64, show_spinner=False)
def site(stamp: str, scope: Scope, site_id: int) -> pd.DataFrame:  # noqa: ARG001 - part of the cache's key
    """Read one site; no row when it is gone or has nothing to show."""
    return overview.sites(engine(), scope, site_id=site_id)


@st.cache_data(max_entries=4, show_spinner=False)
def first_year(stamp: str) -> int | None:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Tell the year of the oldest row; None while there are none."""
    return overview.first_year(engine())


@st.cache_data(max_entries=256, show_spinner=False)
def search(stamp: str, words: str) -> pd.DataFrame:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Find municipalities and companies by name."""
    return overview.search(engine(), words)


@st.cache_data(max_entries=4, show_spinner=False)
def any_synergy(stamp: str) -> bool:  # noqa: ARG001 - the stamp is a part of the cache's key
    """Tell whether there is a synergy that can be shown."""
    return overview.any_synergy(engine())


def load_demo() -> None:
    """Fill an empty store with invented companies."""
    from data.store import demo  # noqa: PLC0415 - needed once in a store's life, and it brings its archetypes along

    chosen = settings.load()
    demo.load(store.engine(cluster.url(chosen), 1), chosen)
    refresh()
