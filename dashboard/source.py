"""What pages read: the engine once a process, and frames from data.queries, cached as long as the data is the same.

A cached function takes `stamp()` as its first argument: it changes whenever a row of the store does, whoever wrote it,
so a page never shows yesterday's figures and 30 viewers of the same page cost one query.
"""

import streamlit as st
from sqlalchemy import Engine

from config import settings
from data import cluster, queries, store


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """Open the pool of connections, once a process."""
    chosen = settings.load()
    return store.engine(cluster.url(chosen), chosen.pool_size)


def stamp() -> str:
    """Tell the state of the data: another text after any change."""
    return queries.stamp(engine())


def refresh() -> None:
    """Forget every cached frame: for the moment after one's own change, which the stamp may tell a second late."""
    st.cache_data.clear()
