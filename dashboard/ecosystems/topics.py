"""Keep up what each resource is about: read anew what was added or changed since, before sums by material are drawn."""

import streamlit as st

from dashboard import match_index, source
from data.queries import topics as queries
from data.store import topics as store
from data.viewer import SYSTEM, viewing
from matching import concepts, topics
from matching.concepts import Taxonomy

PIECE = 5_000
# Reading takes about a third of a millisecond a resource: what is left beyond this is read at the next look.
MOST_AT_ONCE = 20_000


def taxonomy() -> Taxonomy:
    """Give the table of concepts with the words that coordinators have taught."""
    return concepts.taught(match_index.taught(source.engine()))


def keep_up(stamp: str) -> int:
    """Read what is new; tell how many resources are still left to be read."""
    return _kept(source.of_all(stamp))


@st.cache_resource(max_entries=2, show_spinner=False)
def _kept(stamp: str) -> int:  # noqa: ARG001 - the key of the cache
    with viewing(SYSTEM):
        return read(MOST_AT_ONCE)


def read(most: int) -> int:
    """Read up to so many resources and keep what each is about; tell how many are left."""
    known = taxonomy()
    reading = topics.reading(known)
    for _ in range(0, most, PIECE):
        rows = queries.unread(source.engine(), reading, PIECE)
        if rows.empty:
            return 0
        store.keep(source.engine(), reading, rows, topics.leading(rows, known))
    return queries.left(source.engine(), reading)
