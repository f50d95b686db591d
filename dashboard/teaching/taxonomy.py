"""The concepts as the matcher reads them today: the table, and what coordinators have taught."""

import streamlit as st

from dashboard import source
from data.queries import terms as queries
from matching import concepts
from matching.concepts import Taxonomy, Term


@st.cache_resource(max_entries=2, show_spinner=False)
def current(stamp: str) -> Taxonomy:  # noqa: ARG001 - the stamp is the cache's key
    """Give the concepts with the words that have been taught."""
    taught = queries.taught(source.engine())[["concept", "language", "word"]]
    return concepts.load().with_terms(Term(*row) for row in taught.itertuples(index=False))
