"""Keep up what each resource is about: read anew what was added or changed since, before sums by material are drawn."""

import os
import subprocess
import sys
from threading import Lock, Thread

import streamlit as st
import structlog

from config import settings
from config.settings import ROOT
from dashboard import match_index, source
from data import cluster
from data.queries import topics as queries
from data.store import topics as store
from data.viewer import SYSTEM, viewing
from matching import concepts, topics
from matching.concepts import Taxonomy

PIECE = 5_000
# Reading takes 0.7 ms a resource: what a page may wait for. More is read by a process beside the server.
MOST_AT_ONCE = 6_000
COMMAND = [sys.executable, "-c", "from dashboard.ecosystems.topics import main; main()"]

log = structlog.get_logger(__name__)
_beside = Lock()


def taxonomy() -> Taxonomy:
    """Give the table of concepts with the words that coordinators have taught."""
    return concepts.taught(match_index.taught(source.engine()))


def keep_up(stamp: str) -> int:
    """Read what is new; tell how many resources are still left to be read, by a process beside this one.

    What is kept changes the stamp, so no sum is remembered that was made before.
    """
    return _kept(source.of_all(stamp))


@st.cache_resource(max_entries=2, show_spinner=False)
def _kept(stamp: str) -> int:  # noqa: ARG001 - the key of the cache
    with viewing(SYSTEM):
        left = queries.left(source.engine(), topics.reading(taxonomy()))
        if 0 < left <= MOST_AT_ONCE:
            read()
            return 0
    if left and _beside.acquire(blocking=False):
        Thread(target=_read_beside, daemon=True).start()
    return left


def read() -> None:
    """Read every resource that is left and keep what each is about."""
    known = taxonomy()
    reading = topics.reading(known)
    while len(rows := queries.unread(source.engine(), reading, PIECE)):
        store.keep(source.engine(), reading, rows, topics.leading(rows, known))


def _read_beside() -> None:
    try:
        # It reads from a pipe that ends when this process does, however it ends.
        with subprocess.Popen(COMMAND, cwd=ROOT, stdin=subprocess.PIPE) as child:  # noqa: S603 - our own module
            if status := child.wait():
                log.error("topics_failed", status=status)
    finally:
        _beside.release()


def main() -> None:
    """Read all that is left, as the process beside the server; end when the server does."""
    Thread(target=match_index.end_with_parent, daemon=True).start()
    os.nice(match_index.NICENESS)
    with cluster.running(settings.load()), viewing(SYSTEM):
        read()
