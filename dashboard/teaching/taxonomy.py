"""The concepts as the matcher reads them today: the table, and what coordinators have taught."""

import streamlit as st

from dashboard import match_index, source
from matching import concepts
from matching.concepts import Taxonomy


@st.cache_resource(max_entries=2, show_spinner=False)
def current(stamp: str) -> Taxonomy:  # noqa: ARG001 - the stamp is the cache's key
    """Give the concepts with the words that have been taught."""
    return concepts.taught(match_index.taught(source.engine()))
