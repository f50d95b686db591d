"""The match index of this installation: on a shelf below its home, made by a process of its own where it is large.

Half a million listings take minutes to read and a gigabyte to work in. A process beside the server has its own
interpreter, so that nobody's page waits for it, and gives all of its memory back when it ends.
"""

import os
import subprocess
import sys
from contextlib import suppress
from functools import partial
from threading import Thread

import structlog
from sqlalchemy import Engine

from config import settings
from config.settings import ROOT, Settings
from data import cluster, store
from data.queries import matching as queries
from data.queries import terms
from data.viewer import Role, Viewer, viewing
from matching import concepts
from matching.concepts import Term
from matching.index import MatchIndex
from matching.live import Builder, LiveIndex, Store, put
from matching.shelf import Shelf

# Not -m: the package would be loaded a second time under another name.
COMMAND = [sys.executable, "-c", "from dashboard.match_index import main; main()"]
NICENESS = 10  # pages go first

SERVER = Viewer("server", Role.NATIONAL)

log = structlog.get_logger(__name__)


def live(engine: Engine, chosen: Settings, *, beside: bool) -> LiveIndex:
    """Give the live index of a store; a large base is made `beside`, or by this very process."""
    own = partial(make, engine, chosen)
    builder: Builder = _make_beside if beside else own
    asked = Store(
        now=partial(queries.now, engine),
        changed=partial(queries.changed, engine),
        ids=partial(queries.live_ids, engine),
        read=partial(queries.pieces, engine),
        tally=partial(queries.tally, engine),
        taught=partial(taught, engine),
    )
    return LiveIndex(asked, shelf(engine, chosen), builder)


def shelf(engine: Engine, chosen: Settings) -> Shelf:
    """Give the shelf on which the bases of a store lie."""
    return Shelf(chosen.home / "matching", queries.identity(engine))


def taught(engine: Engine) -> tuple[Term, ...]:
    """Give the words that coordinators have taught, the oldest first."""
    known = terms.taught(engine).sort_values("id")[["concept", "language", "word"]]
    return tuple(Term(*row) for row in known.itertuples(index=False))


def make(engine: Engine, chosen: Settings) -> None:
    """Make a new base of everything and put it on the shelf."""
    mark = queries.now(engine)
    known = concepts.taught(taught(engine))
    put(shelf(engine, chosen), MatchIndex.build(queries.pieces(engine), known), mark)


def _make_beside() -> None:
    # It reads from a pipe that ends when this process does, however it ends.
    with subprocess.Popen(COMMAND, cwd=ROOT, stdin=subprocess.PIPE) as child:  # noqa: S603 - our own module
        status = child.wait()
    if status:
        log.error("match_index_failed", status=status)


def main() -> None:
    """Make a new base, as the process beside the server; end when the server does."""
    Thread(target=end_with_parent, daemon=True).start()
    os.nice(NICENESS)
    chosen = settings.load()
    engine = store.engine(cluster.url(chosen), 1)
    with viewing(SERVER):
        make(engine, chosen)
    engine.dispose()


def end_with_parent() -> None:
    """End this process when the pipe that it reads from does: when the one that started it ends."""
    # Not sys.stdin: its lock would be held when the interpreter ends, which then aborts.
    with suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(1)
