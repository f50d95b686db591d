"""Keep the distances between all sites in the store."""

import time

from sqlalchemy import Engine

from commands import console
from config import settings
from config.errors import GeoProblem
from data.ready import ready
from data.store import distances
from geo import distance


def fill() -> dict[str, object]:
    """Compute what is missing, with its progress; give the figures of the answer."""
    began = time.monotonic()
    chosen = settings.load()
    try:
        with console.steps() as steps, ready(chosen, steps) as engine:
            filled = missing(engine, steps)
    except KeyboardInterrupt as stopped:
        raise GeoProblem("roads.fill_stopped") from stopped
    return {
        "sites": filled.sites,
        "pairs": filled.pairs,
        "computed": filled.computed,
        "hash": distance.default_engine(chosen).hash,
        "seconds": round(time.monotonic() - began, 2),
    }


def missing(engine: Engine, steps: console.Steps) -> distances.Filled:
    """Compute what is missing, each chunk a step."""
    chosen = settings.load()

    def progress(done: int, total: int) -> None:
        steps("roads.filling", done=done, total=total)

    return distances.fill(engine, chosen.user, distance.default_engine(chosen), progress)
